# long: a table of words, two lines for each thing that can go wrong
"""What people read when something goes wrong: what happened, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from app.transcript_words import NO_SUCH_THING, TRANSCRIPT_WORDS


class ExitStatus(IntEnum):
    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    UNKNOWN = 3
    """There is no such recording, transcript or model."""
    SOURCE_MISSING = 4
    """A screen, a device or a permission."""


@dataclass(frozen=True, slots=True)
class Message:
    code: str
    message: str
    hint: str
    exit_status: ExitStatus = ExitStatus.FAILED


class Failure(Exception):
    """Ends a verb. ``data`` fills the places in the message's words."""

    def __init__(self, code: str, reason: str = "", **data: str) -> None:
        super().__init__(code)
        self.message = describe(code, reason, data)

    @classmethod
    def of(cls, message: Message) -> Self:
        """With words that were found before."""
        failure = cls(message.code)
        failure.message = message
        return failure


@dataclass(frozen=True, slots=True)
class Wording:
    message: str
    hint: str
    exit_status: ExitStatus = ExitStatus.FAILED


class _Known(dict[str, str]):
    """A place that nobody filled stays readable."""

    def __missing__(self, name: str) -> str:
        return f"({name} unknown)"


def describe(code: str, reason: str = "", data: Mapping[str, str] | None = None) -> Message:
    """The words for an error's code. A code without words of its own says its technical reason."""
    wording = _by_source(code, data or {}) or WORDINGS.get(code) or Wording("{reason}", UNWORDED_HINT)
    places = _Known({"reason": reason or code, **(data or {})})
    return Message(code, wording.message.format_map(places), wording.hint.format_map(places), wording.exit_status)


def _by_source(code: str, data: Mapping[str, str]) -> Wording | None:
    """The same code asks for other advice at the screen than at the microphone."""
    return WORDINGS.get(f"{code}:{data.get('source') or data.get('side')}")


KEY_HINT = (
    "Give a key of that backend to `afterword key URL`, or in AFTERWORD_API_KEY, then `afterword deliver`. "
    "The recording is safe here."
)
UNWORDED_HINT = "Run the command again; if it stays so, please report it with these words."

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
    "bad_setting": Wording(
        "`{key}` in {path} is of no use: {reason}.",
        "Until it is corrected, {default} is taken; `afterword config set {key} VALUE` does that.",
    ),
    "bad_value": Wording(
        "This cannot be `{key}`: {reason}.", "`afterword config get` shows what is set.", ExitStatus.WRONG_USAGE
    ),
    "unknown_settings": Wording("{path} holds what this version does not know: {keys}.", "What it knows is: {known}."),
    "settings_unreadable": Wording(
        "The settings in {path} cannot be read: {reason}.",
        "Correct or remove the file; until then the defaults are taken.",
    ),
    "settings_unchanged": Wording(
        "Nothing was changed, for {path} is not in order: {reason}.", "Correct or remove the file, then try again."
    ),
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
    "disk_full": Wording(
        "The disk is full: {reason}.",
        "Free some room in {folder}, or put the recordings elsewhere with --basedir.",
    ),
    "folder_not_writable": Wording(
        "Recordings cannot be written to {folder}: {reason}.",
        "Make the folder writable, or put the recordings elsewhere with --basedir.",
    ),
    "storage_failed": Wording("Writing failed: {reason}.", "Check the disk that holds {folder}."),
    "encoder_failed": Wording(
        "Encoding failed: {reason}.", "Try --profile balanced; what was recorded until then is kept."
    ),
    "ledger_unusable": Wording("The list of deliveries cannot be kept: {reason}.", "Check the disk and its rights."),
    "invalid_spec": Wording("This cannot be recorded: {reason}.", "`afterword record --help`.", ExitStatus.WRONG_USAGE),
    "worker_died": Wording(
        "The recorder stopped unexpectedly.",
        "What was recorded until then was saved and is listed by `afterword recordings`; the log is {log}.",
    ),
    "worker_died_with_all": Wording(
        "The recorder stopped unexpectedly, and nothing that it recorded can be played.",
        "What there is lies in {folder}; the log is {log}.",
    ),
    "worker_failed": Wording("The recorder could not be started: {reason}.", "The log is {log}."),
    "unknown_recording": Wording(
        "There is no recording {id}.", "`afterword recordings` lists them.", ExitStatus.UNKNOWN
    ),
    "recording_running": Wording("Recording {id} is still running.", "Stop it first."),
    "manifest_unreadable": Wording(
        "The recording's manifest cannot be read: {path}.", "Its media files are untouched beside it."
    ),
    "invalid_manifest": Wording(
        "The recording's manifest does not say what a delivery needs: {reason}.",
        "Its media files are untouched beside it; `afterword verify` tells which are whole.",
    ),
    "manifest_too_new": Wording(
        "The recording was made by a newer Afterword: {path}.", "Update Afterword to work with it."
    ),
    "authentication_failed": Wording("The destination does not accept the API key.", KEY_HINT),
    "key_missing": Wording("There is no API key for {destination}.", KEY_HINT),
    "no_key_given": Wording(
        "No key was given.", "Type it when it is asked for, or send it to standard input.", ExitStatus.WRONG_USAGE
    ),
    "credentials_unreadable": Wording(
        "The file of API keys cannot be read: {path}.",
        "Mend or remove it, or set AFTERWORD_API_KEY. The recording is safe here.",
    ),
    "network_trouble": Wording(
        "The destination cannot be reached.",
        "The recording is safe on this machine; `afterword deliver` sends it when the network is back.",
    ),
    "delivery_interrupted": Wording(
        "The delivery was stopped.", "`afterword deliver` goes on where it was. The recording is safe here."
    ),
    "copy_different": Wording(
        "What {destination} holds is not what was recorded.", "`afterword deliver ID` sends it again."
    ),
    "copy_missing": Wording(
        "{destination} does not hold the whole recording any more.",
        "`afterword deliver ID` sends it again, unless it was deleted there.",
    ),
    "being_sent": Wording("Another program is sending it just now.", "`afterword show ID` tells how far it has come."),
    "recording_unfinished": Wording("The recording is still being made.", "It is delivered when it has ended."),
    "released": Wording(
        "Sound and picture of the recording are not on this machine any more.",
        "`afterword show ID` tells where they were delivered to.",
    ),
    "deliveries_paused": Wording(
        "Deliveries are paused.", "`afterword deliver --resume` lets them go on. The recording is safe here."
    ),
    "metered_network": Wording(
        "It waits for a network that does not cost by the amount.",
        "`afterword deliver --now` sends all the same; `afterword config set metered_network send` always.",
    ),
    "on_battery": Wording(
        "It waits until the machine is plugged in.",
        "`afterword deliver --now` sends all the same; `afterword config set battery send` always.",
    ),
    "outside_hours": Wording(
        "It waits for its time of day.",
        "`afterword deliver --now` sends all the same; `afterword config get delivery_hours` tells when it goes.",
    ),
    "captive_portal": Wording(
        "This network wants somebody to log in before it lets anything through.",
        "Open a web page in a browser and log in. The recording is safe here and is sent after that.",
    ),
    "certificate_untrusted": Wording(
        "The destination's certificate is not trusted: {reason}.",
        "Check this machine's date and time. A server with a certificate authority of its own needs --ca-file.",
    ),
    "proxy_refused": Wording(
        "The proxy does not let us through: {reason}.",
        "Check HTTPS_PROXY and the proxy's own user and password. The recording is safe here.",
    ),
    "refused": Wording(
        "The destination does not take this recording (HTTP {status}).",
        "Check its address with `afterword deliver --destination URL`. The recording is safe here.",
    ),
    "recording_deleted": Wording(
        "The recording was deleted at the destination, which does not take it again.",
        "It is still whole on this machine: `afterword deliver ID --destination URL` sends it elsewhere.",
    ),
    "recording_id_taken": Wording(
        "The destination holds a recording of somebody else under the same id.",
        "Use the key it was delivered with before, in AFTERWORD_API_KEY.",
    ),
    "upload_gone": Wording(
        "The upload that was prepared at the destination is not there any more.",
        "Ask whoever prepared it for another address. The recording is safe here.",
    ),
    "too_large": Wording(
        "A file of the recording is larger than the destination takes.",
        "Ask whoever runs it for a higher limit, or deliver elsewhere with --destination. The recording is safe here.",
    ),
    "destination_trouble": Wording(
        "The destination has trouble of its own.",
        "The recording is safe on this machine; try `afterword deliver` later.",
    ),
    "unknown_answer": Wording(
        "What answers there is no recordings backend (HTTP {status}).", "Check its address. It is tried again anyway."
    ),
    "destination_full": Wording(
        "The destination has no room left.", "Free some there, then `afterword deliver`. The recording is safe here."
    ),
    "unknown_destination": Wording(
        "{reason} is no address to deliver to.",
        "Give a URL that begins with http:// or https://.",
        ExitStatus.WRONG_USAGE,
    ),
    "invalid_endpoint": Wording(
        "Live events cannot go where --realtime says: {reason}.",
        "Give a webhook (https://…) or a websocket (wss://…), and events as --realtime-events lists them.",
        ExitStatus.WRONG_USAGE,
    ),
    "invalid_webhook_secret": Wording(
        "The secret for webhooks cannot be used.",
        "It is whsec_ and at least 16 bytes in Base64: AFTERWORD_WEBHOOK_SECRET, else the keyring's or the file's.",
        ExitStatus.WRONG_USAGE,
    ),
    "endpoint_failed": Wording(
        "The {kind} number {number} was given up ({reason}); events that did not arrive: {unsent} or more.",
        "The recording is complete all the same. See whether the other end was running.",
    ),
    "digest_mismatch": Wording(
        "What the destination holds is not what was recorded.",
        "Run `afterword deliver` again; the recording is safe here.",
    ),
    "local_file_changed": Wording(
        "A file of the recording was changed after it was recorded: {path}.", "`afterword verify` tells which."
    ),
    "store_unusable": Wording(
        "The S3 store cannot be used: {reason}.",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and `pip install 'afterword[s3]'`.",
    ),
    "database_unusable": Wording(
        "The database cannot be used: {reason}.",
        "For PostgreSQL: `pip install 'afterword[postgres]'`, and the same signing_key in every data folder.",
    ),
    "invalid_location": Wording(
        "{option} cannot be used: {reason}.",
        "Give postgresql://… or s3://bucket. Passwords go into AFTERWORD_DATABASE_URL or PGPASSFILE, keys into AWS_….",
        ExitStatus.WRONG_USAGE,
    ),
    "port_in_use": Wording(
        "Port {port} on {host} is in use.", "Choose another with --port, or leave it out to take a free one."
    ),
    "address_unusable": Wording(
        "The backend cannot listen on {host}, port {port}: {reason}.", "Give --host an address of this machine."
    ),
    "data_not_writable": Wording(
        "The backend cannot keep its data in {folder}: {reason}.", "Choose another folder with --data."
    ),
    "no_data": Wording(
        "Nothing has come from the {source} for 10 seconds; that side is missing from the recording.",
        "Check its cable or wireless link. The recording goes on, and takes it up again by itself.",
    ),
    "speech_model_unusable": Wording(
        "Who speaks is told by loudness alone, which takes music for speech: the speech model cannot be used.",
        "Install Afterword again: its file resources/silero_vad.npz is missing or damaged. All sound is recorded.",
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
    "file_changed": Wording(
        "{path} was changed: {recorded} bytes were recorded, {found} are there.",
        "What a backend was delivered before is still as it was recorded; `afterword show ID` tells where.",
    ),
    "file_missing": Wording(
        "{path} is missing.",
        "Put it back, or take it from the backend that it was delivered to.",
    ),
    "file_unreadable": Wording("{path} cannot be read: {reason}.", "Check the disk and the rights of the file."),
    "unknown_file": Wording("There is no file {path}.", "Check its name.", ExitStatus.UNKNOWN),
    "not_repairable": Wording(
        "{path} cannot be mended: {reason}.",
        "It is left as it was. If it is a copy, the one that it was copied from may be whole.",
    ),
    "index_lost": Wording(
        "{path} has no index, and no fragments from which one could be made.",
        "Its recorder kept the index until the end. A tool that borrows the index of another recording of the same "
        "device may help; the file is left as it was.",
    ),
    "output_exists": Wording("{path} is there already, and is left as it is.", "Choose another name with -o."),
    "recovery_failed": Wording(
        "The recording in {folder} could not be recovered: {reason}.",
        "Its files are untouched. `python -m capture recover {folder}` says more.",
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
    "damaged": Wording("Not every file is as it was recorded.", "Each of them is named above."),
    "wrong_usage": Wording("{reason}", "`afterword --help` tells what there is.", ExitStatus.WRONG_USAGE),
    **{
        code: Wording(*words, ExitStatus.UNKNOWN if code in NO_SUCH_THING else ExitStatus.FAILED)
        for code, words in TRANSCRIPT_WORDS.items()
    },
}
