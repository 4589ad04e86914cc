"""What people read when a screen, a sound or a meeting cannot be had: what happened, and what to do about it."""

from collections.abc import Mapping

from app.words.wording import ExitStatus, Wording

_NO_SOUND_SERVER = Wording(
    "No sound can be recorded: {reason}.",
    "On Linux, start PulseAudio or PipeWire and log in again; or record without sound: --no-microphone "
    "--no-system-audio.",
    ExitStatus.SOURCE_MISSING,
)

_UNKNOWN_SOUND_DEVICE = Wording(
    "There is no sound device called {device}.",
    "`afterword devices` lists what there is. Plug it in, or choose another one or `default`.",
    ExitStatus.SOURCE_MISSING,
)

_UNKNOWN_MICROPHONE = Wording(
    "There is no microphone {device}.",
    "Plug it in, or take another: --microphone ID for once, `afterword config set microphone ID` from now on; as ID, "
    "`default` is the one that the system prefers. There is: {known}.",
    ExitStatus.SOURCE_MISSING,
)

_UNKNOWN_SYSTEM_AUDIO = Wording(
    "There is no {device} to listen to for what this machine plays.",
    "Plug it in, or take another: --system-audio ID for once, `afterword config set system_audio ID` from now on; as "
    "ID, `default` is the one that the system prefers. There is: {known}.",
    ExitStatus.SOURCE_MISSING,
)

_LINK_HINT = "Check its cable or wireless link. The recording goes on, and takes it up again by itself."

WORDINGS: Mapping[str, Wording] = {
    "source_unavailable:screen": Wording(
        "The screen cannot be recorded: {reason}.",
        "Run this inside a graphical X11 session (DISPLAY must name it), or record sound alone with --no-video.",
        ExitStatus.SOURCE_MISSING,
    ),
    "source_unavailable": _NO_SOUND_SERVER,
    "unknown_device:screen": Wording(
        "There is no screen {device}; there is: {known}.",
        "`afterword devices` lists the screens; --screen all records every one of them.",
        ExitStatus.SOURCE_MISSING,
    ),
    "unknown_device:region": Wording(
        "The region {device} does not lie on the desktop, which has {known} pixels.",
        "Give --region as X,Y,WIDTH,HEIGHT in pixels, at least 16 by 16.",
        ExitStatus.SOURCE_MISSING,
    ),
    "unknown_device:window": Wording(
        "There is no window {device}.",
        "`afterword devices` lists the windows that are open.",
        ExitStatus.SOURCE_MISSING,
    ),
    "source_unavailable:window": Wording(
        "The window cannot be recorded: {reason}.",
        "`afterword devices` lists the windows that are open; --screen records all that is seen.",
        ExitStatus.SOURCE_MISSING,
    ),
    "extra_missing": Wording(
        "A part of Afterword is missing: {reason}.",
        "pip install 'afterword[{extra}]' adds it.",
        ExitStatus.SOURCE_MISSING,
    ),
    "extra_missing:system": Wording(
        "What this machine plays cannot be recorded: {reason}.",
        "pip install 'afterword[{extra}]' adds it; or record without the other side: --no-system-audio.",
        ExitStatus.SOURCE_MISSING,
    ),
    "permission_denied:system": Wording(
        "The system does not let Afterword hear what it plays: {reason}.",
        "Allow it in the privacy settings, on macOS under Screen & System Audio Recording, and start Afterword again.",
        ExitStatus.SOURCE_MISSING,
    ),
    "source_unavailable:screen_list": Wording(
        "Screens and windows are not listed here: {reason}.",
        "Record without --screen; it asks the first time, and remembers the answer.",
        ExitStatus.SOURCE_MISSING,
    ),
    "source_unavailable:accessibility": Wording(
        "Programs do not tell here what windows they have: {reason}.",
        "Switch the desktop's accessibility on; without it a meeting is known by its microphone alone.",
        ExitStatus.SOURCE_MISSING,
    ),
    "source_unavailable:exclusion": Wording(
        "No window can be left out here: {reason}.",
        "Record a single one with --window, or leave --exclude-window away and close that window.",
        ExitStatus.SOURCE_MISSING,
    ),
    "unknown_device": _UNKNOWN_SOUND_DEVICE,
    "unknown_device:microphone": _UNKNOWN_MICROPHONE,
    "unknown_device:system": _UNKNOWN_SYSTEM_AUDIO,
    "window_closed": Wording(
        "The window that was recorded has been closed.",
        "What was recorded until then is kept; `afterword devices` lists the windows that are open.",
        ExitStatus.SOURCE_MISSING,
    ),
    "permission_denied": Wording(
        "The system does not allow it: {reason}.",
        "Allow Afterword to record the screen and the microphone in the system's privacy settings.",
        ExitStatus.SOURCE_MISSING,
    ),
    "encoder_failed": Wording(
        "Encoding failed: {reason}.", "Try --profile balanced; what was recorded until then is kept."
    ),
    "speech_model_unusable": Wording(
        "Who speaks is told by loudness alone, which takes music for speech: the speech model cannot be used.",
        "Install Afterword again: its file resources/silero_vad.npz is missing or damaged. All sound is recorded.",
    ),
    "no_data": Wording("Nothing has come from the {source} for 10 seconds.", _LINK_HINT),
    "no_data:microphone": Wording(
        "Nothing has come from the microphone for 10 seconds; your side is missing from the recording.", _LINK_HINT
    ),
    "no_data:system": Wording(
        "Nothing has come from the system for 10 seconds; the other side is missing from the recording.", _LINK_HINT
    ),
    "digital_silence:microphone": Wording(
        "The microphone has delivered nothing but zeros for 10 seconds.",
        "Is it muted, by a switch of its own or in the sound settings? If not, choose another with --microphone.",
    ),
    "digital_silence:system": Wording(
        "A program has been playing for 10 seconds, but only silence arrives from the system.",
        "If you hear the others, their program plays to another device: `afterword devices`, then --system-audio. "
        "A muted loudspeaker is recorded as silence too, and so is, on macOS, all that Afterword may not hear.",
    ),
    "catalogue_invalid": Wording(
        "The list of meeting programs in {path} cannot be used: {reason}.",
        "Mend or remove it; until then only the built-in list is known.",
    ),
    "meetings_unseen": Wording(
        "Meetings cannot be detected on this system.",
        "Start the recording by hand: `afterword record`.",
        ExitStatus.SOURCE_MISSING,
    ),
}
