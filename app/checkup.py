"""The check before a meeting: what was found, in words, and what to do about it."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from app.destination_check import destination_trouble
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.recording_plan import chosen, target_of
from app.room import lasting
from app.settings import LOCAL, Settings
from app.sound_devices import explain
from app.transcripts import OWN_URLS, chosen_engine, engine_trouble
from app.words.reasons import known
from app.words.wording import Sentence
from capture.audio import open_microphone, open_system_audio, play, server_name
from capture.audio.base import AudioSource
from capture.audio.levels import SILENCE_DBFS
from capture.audio.sound_check import Hearing, SoundCheck, sound_check
from capture.clock import MonotonicClock
from capture.disk import RESERVE_BYTES, free_bytes, lasts_s
from capture.encoding.encoders import Choice, choose_encoder
from capture.encoding.known_encoders import RememberedTrial
from capture.encoding.profiles import Profile, load_profile
from capture.encoding.trial import ChildTrial
from capture.errors import CaptureError, PowerUnwatched, SpeechModelUnusable
from capture.participants.silero import load_network
from capture.power import watch_power
from capture.recording import Side
from capture.screen.screen_check import ScreenLook, look
from capture.transcription.choice import REMOTE
from uploader.backend import open_backend
from uploader.errors import UploaderError

GIGABYTE = 10**9
COMFORTABLE_BYTES = 5 * GIGABYTE
"""A day of meetings: a busy screen takes half a gigabyte an hour."""

NAMES = {Side.MICROPHONE: "microphone", Side.SYSTEM: "system_audio"}


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """``message`` and ``hint`` are a ``Sentence`` each; ``hint`` is empty where nothing is to be done."""

    name: str
    state: State
    message: str
    hint: str = ""


def check_all(paths: Paths, settings: Settings) -> Iterator[Check]:
    """One after the other; some take seconds."""
    yield from check_picture(paths, settings)
    yield from check_sound_server()
    yield from judge_sound(sound_check(_sides(settings), play, MonotonicClock()))
    yield check_speech(files("resources"))
    yield check_disk(paths)
    yield check_sleep()
    yield check_backend(paths)
    if settings.destination != LOCAL:
        yield check_destination(paths, settings)
    yield check_transcripts(paths, settings)


def _sides(settings: Settings) -> Mapping[Side, Callable[[], AudioSource]]:
    """Those that are recorded."""
    devices = {Side.MICROPHONE: chosen(settings.microphone), Side.SYSTEM: chosen(settings.system_audio)}
    opened = {Side.MICROPHONE: open_microphone, Side.SYSTEM: open_system_audio}
    return {side: partial(opened[side], device) for side, device in devices.items() if device is not None}


def check_picture(paths: Paths, settings: Settings) -> Iterator[Check]:
    """Of what the tray records."""
    target = target_of(settings.screen)
    if target is None:
        return
    try:
        seen = look(target, MonotonicClock(), tokens=paths.screen_permits)
    except CaptureError as error:
        yield failure("screen", error)
        return
    yield judge_screen(seen)
    profile = load_profile(settings.profile)
    if profile.hardware:
        trial = RememberedTrial(ChildTrial(), paths.encoder_trials)
        yield judge_encoder(profile, choose_encoder(profile, seen.size, settings.fps, trial))


def judge_encoder(profile: Profile, choice: Choice) -> Check:
    """Of the graphics card. What is found out is kept, so that no recording has to wait for it."""
    used = choice.profile.video_codec
    why = Sentence(" Not by others: {reason}.", reason=known(choice.reason)) if choice.reason else ""
    if used != profile.video_codec:
        words = Sentence("Pictures are encoded by the graphics card, through {codec}.{why}", codec=used, why=why)
        return Check("encoder", State.OK, words)
    words = Sentence("Pictures are encoded by the processor, through {codec}.{why}", codec=used, why=why)
    hint = Sentence("Install the graphics card's driver, or choose another profile.")
    return Check("encoder", State.WARN, words, hint)


def judge_screen(seen: ScreenLook) -> Check:
    size = f"{seen.size.width_px}x{seen.size.height_px}"
    how = Sentence("{size} pixels through {means}", size=size, means=seen.means.source)
    why = Sentence(" Not by the best means: {reason}.", reason=known(seen.means.reason)) if seen.means.reason else ""
    if seen.is_black:
        hint = Sentence("Wake the screen, or allow Afterword to record it in the system's privacy settings.")
        return Check("screen", State.WARN, Sentence("The screen is all black: {how}.{why}", how=how, why=why), hint)
    return Check("screen", State.OK, Sentence("The screen can be recorded: {how}.{why}", how=how, why=why))


def check_sound_server() -> Iterator[Check]:
    """Nothing on systems that have none."""
    try:
        name = server_name()
    except CaptureError as error:
        yield failure("sound_server", error)
        return
    if name is not None:
        yield Check("sound_server", State.OK, Sentence("The sound server is {name}.", name=name))


def judge_sound(found: SoundCheck) -> Iterator[Check]:
    for side, name in NAMES.items():
        heard = found.sides.get(side)
        if heard is None:  # it is not recorded
            continue
        yield failure(name, heard) if isinstance(heard, CaptureError) else judge_side(side, heard)
    hearings = {side: heard for side, heard in found.sides.items() if isinstance(heard, Hearing)}
    if Side.SYSTEM in found.sides:
        yield judge_tone(hearings, found.tone_error)
    if Side.MICROPHONE in hearings and any(heard.heard_tone for heard in hearings.values()):
        yield judge_leak(hearings[Side.MICROPHONE])


def judge_side(side: Side, heard: Hearing) -> Check:
    name = NAMES[side]
    if heard.loudness is None:
        words = Sentence("{device} is there, but delivers nothing.", device=heard.device)
        hint = Sentence("Check its cable or its wireless link, or choose another with `afterword devices`.")
        return Check(name, State.FAIL, words, hint)
    if heard.loudness.peak_dbfs > SILENCE_DBFS:
        level = f"{heard.loudness.rms_dbfs:.0f}"
        words = Sentence("{device} delivers, at {level} dBFS now.", device=heard.device, level=level)
        return Check(name, State.OK, words)
    if side is Side.SYSTEM:
        return Check(name, State.OK, Sentence("{device} delivers; nothing plays now.", device=heard.device))
    words = Sentence("{device} delivers nothing but zeros: it is muted, or not connected.", device=heard.device)
    hint = Sentence("Unmute it, by a switch of its own or in the sound settings.")
    return Check(name, State.WARN, words, hint)


def judge_tone(hearings: Mapping[Side, Hearing], error: CaptureError | None) -> Check:
    if error is not None:
        words = Sentence("No test tone could be played: {reason}.", reason=known(error.reason))
        return Check("tone", State.WARN, words, Sentence("Check the loudspeaker."))
    if Side.SYSTEM not in hearings:
        words = Sentence("A test tone was played, but there is nothing that could record it.")
        return Check("tone", State.WARN, words)
    if hearings[Side.SYSTEM].heard_tone:
        return Check("tone", State.OK, Sentence("What this machine plays is recorded: a test tone came back."))
    words = Sentence("A test tone was played and did not come back: the others would be missing.")
    hint = Sentence(
        "Unmute the loudspeaker and stop what is playing, then try again; a muted one is recorded as silence."
    )
    return Check("tone", State.FAIL, words, hint)


def judge_leak(microphone: Hearing) -> Check:
    if not microphone.heard_tone:
        return Check("leak", State.OK, Sentence("The microphone does not hear the loudspeaker."))
    hint = Sentence("Headphones keep the others out of it; without them they are recorded twice.")
    return Check("leak", State.WARN, Sentence("The microphone hears the loudspeaker."), hint)


def check_speech(resources: Traversable) -> Check:
    try:
        load_network(resources)
    except SpeechModelUnusable as error:
        return told("speech", State.WARN, describe(error.code, error.reason))
    return Check("speech", State.OK, Sentence("Speech is told from music and noise."))


def check_disk(paths: Paths) -> Check:
    folder = existing(paths.recordings)
    try:
        with tempfile.TemporaryFile(dir=folder):
            free = free_bytes(folder)
    except OSError as error:
        return told("disk", State.FAIL, describe("folder_not_writable", str(error), {"folder": str(folder)}))
    message = Sentence(
        "{free} GB are free for recordings in {folder}, enough for {time}.",
        free=f"{free / GIGABYTE:.1f}",
        folder=str(folder),
        time=lasting(lasts_s(free, with_picture=True)),
    )
    if free >= COMFORTABLE_BYTES:
        return Check("disk", State.OK, message)
    state = State.WARN if free > RESERVE_BYTES else State.FAIL
    hint = Sentence("Free some room, or choose another folder for recordings in the settings.")
    return Check("disk", state, message, hint)


def check_sleep() -> Check:
    """Whether a recording would be safe before the machine sleeps."""
    try:
        watch_power(lambda _: None).close()
    except PowerUnwatched as error:
        words = Sentence("Sleep of this machine is not watched: {reason}.", reason=known(error.reason))
        hint = Sentence("Keep the machine awake during a meeting; a sleep may cost the last second before it.")
        return Check("sleep", State.WARN, words, hint)
    words = Sentence("The machine stays awake while it records, and a sleep that is asked for waits.")
    return Check("sleep", State.OK, words)


def check_backend(paths: Paths) -> Check:
    """The one on this machine, which is made with the first recording."""
    if not paths.backend.exists() and os.access(existing(paths.backend), os.W_OK):
        words = Sentence("The recordings backend on this machine is made with the first recording.")
        return Check("backend", State.OK, words)
    try:
        open_backend(paths.backend).close()
    except UploaderError as error:
        return told("backend", State.FAIL, describe(error.code, error.reason, error.data))
    return Check("backend", State.OK, Sentence("The recordings backend on this machine is ready."))


def check_transcripts(paths: Paths, settings: Settings) -> Check:
    """The engine that is chosen is opened, model and all, by a process of its own; services are not asked."""
    try:
        choice = chosen_engine(settings, paths)
    except Failure as failure:
        return told("transcripts", State.WARN, failure.message)
    if choice is None:
        return Check("transcripts", State.OK, Sentence("No transcripts are made: no engine is chosen for them."))
    if choice.engine in REMOTE and choice.key is None and choice.url is None:
        words = Sentence("{engine} makes no transcripts without its key.", engine=choice.engine)
        hint = Sentence("`afterword key {url}` keeps it on this machine.", url=OWN_URLS[choice.engine])
        return Check("transcripts", State.WARN, words, hint)
    trouble = engine_trouble(choice)
    if trouble is not None:
        return told("transcripts", State.WARN, trouble)
    return Check("transcripts", State.OK, Sentence("Transcripts are made by {engine}.", engine=choice.engine))


def check_destination(paths: Paths, settings: Settings) -> Check:
    """The server that recordings go to."""
    trouble = destination_trouble(settings.destination, paths)
    if trouble is None:
        words = Sentence("{destination} would take recordings.", destination=settings.destination)
        return Check("destination", State.OK, words)
    return told("destination", State.WARN, trouble)


def failure(name: str, error: CaptureError) -> Check:
    return told(name, State.FAIL, explain(error.code, error.reason, error.data))


def told(name: str, state: State, message: Message) -> Check:
    return Check(name, state, message.message, message.hint)


def existing(folder: Path) -> Path:
    """It, or the nearest folder above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())
