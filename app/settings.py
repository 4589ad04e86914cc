"""What the user prefers: ``config.toml``. What is not there, or of no use, has its default here."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.console import Console
from app.messages import Message, describe
from app.paths import RECORDINGS_KEY, Paths
from app.recording_rules import AutoRecord, format_apps, parse_apps
from app.words.wording import BadValue, Sentence
from capture.encoding.catalogue import describe_profiles
from capture.recording import DEFAULT_DEVICE, DeviceId, EchoMode, PauseMode
from capture.transcription.choice import EngineName
from uploader.destinations.dialects import DIALECTS
from uploader.errors import InvalidEndpoint
from uploader.realtime.endpoints import KNOWN, endpoint_at
from uploader.rules import Hours

LOCAL = "local"
"""As a destination: the recordings backend on this machine."""

FASTEST_FPS = 60
MOST_DIGITS = 5
LONGEST_PREROLL_S = 120
"""Of sound that is 69 MB of memory."""

LONGEST_COUNTDOWN_S = 3600


Value = str | int


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


class Deliveries(StrEnum):
    ON = "on"
    PAUSED = "paused"


class When(StrEnum):
    """What a delivery does in a certain circumstance."""

    SEND = "send"
    WAIT = "wait"


class Language(StrEnum):
    """In which windows speak."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


class Look(StrEnum):
    """How windows are coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


WINDOW, REGION = "window", "region"
AREA = re.compile(r"-?\d+,-?\d+,[1-9]\d*,[1-9]\d*")
"""X, Y, width and height in pixels of the whole desktop."""

NEVER = "never"
NO_ENGINE = "none"
LEAST_RATE_BYTES_PER_S = 10_000
"""A meeting of an hour takes half a day then."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``name`` is the local participant's."""

    microphone: DeviceId = DEFAULT_DEVICE
    system_audio: DeviceId = DEFAULT_DEVICE
    profile: str = "balanced"
    fps: int = 30
    destination: str = LOCAL
    name: str = field(default="", repr=False)
    pause_mode: PauseMode = PauseMode.CUT
    echo: EchoMode = EchoMode.KEEP
    deliveries: Deliveries = Deliveries.ON
    upload_while_recording: Switch = Switch.ON
    metered_network: When = When.WAIT
    battery: When = When.SEND
    delivery_hours: str = ""
    """As in ``22:00-06:30``, by the local clock; empty for any time."""
    upload_limit: int = 0
    """Bytes per second; 0 for as fast as it goes."""
    release_after_days: str = NEVER
    """How long sound and picture are kept here after another machine has proved that it holds them."""
    realtime: str = field(default="", repr=False)
    """Addresses that are told live events, with commas between them. Each may let in whoever knows it."""
    realtime_events: str = ""
    """Their names, with commas; without any, all but sound and pictures."""
    auto_record: AutoRecord = AutoRecord.OFF
    auto_record_apps: str = ""
    """Other rules for single apps and platforms, as in ``zoom=always, slack=off``."""
    preroll_s: int = 30
    """How much of what was before an offer is answered is in the recording; 0 for none."""
    end_countdown_s: int = 15
    """How long a recording goes on after its meeting, for somebody to say that it shall not end."""
    consent_notice: str = ""
    """For pasting into the meeting's chat; shown when a meeting is recorded."""
    transcription_engine: str = NO_ENGINE
    """What makes a transcript of each recording, after it."""
    transcription_model: str = ""
    """As the engine has it: a name or a path; empty for its own default."""
    transcription_url: str = ""
    """Of a service; empty for the engine's own."""
    transcription_language: str = ""
    """As in ``en``; empty where the engine shall find out."""
    transcription_terms: str = field(default="", repr=False)
    """Names and terms that are said, with commas, for engines that can be told."""
    live_transcript: Switch = Switch.OFF
    """Whether words are told while they are spoken."""
    screen: str = "1"
    """What the tray records: a screen by the id that ``devices`` lists, ``all``, ``none``, ``window:ID`` or
    ``region:X,Y,WIDTH,HEIGHT``."""
    pill: Switch = Switch.OFF
    """Whether a small window floats above the others while it records."""
    hotkeys: Switch = Switch.ON
    look: Look = Look.SYSTEM
    language: Language = Language.SYSTEM
    recordings: str = ""
    """The folder where new ones go; empty for the one among the program's own data."""


DEFAULTS = Settings()
KEYS = tuple(each.name for each in fields(Settings))


@dataclass(frozen=True, slots=True)
class Found:
    """``unknown``: keys of another version, or mistyped ones. They are left as they are. ``bad``: reasons by key."""

    settings: Settings
    warnings: tuple[Message, ...] = ()
    unknown: tuple[str, ...] = ()
    bad: Mapping[str, Sentence] = field(default_factory=dict)


def load(paths: Paths, console: Console) -> Settings:
    """What is wrong with the file is said aside."""
    found = read(paths.settings)
    for warning in found.warnings:
        console.complain_aside(warning)
    return found.settings


def read(path: Path) -> Found:
    """Raises nothing: a file that cannot be read, or a bad value in it, is a warning."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Found(DEFAULTS)
    except (OSError, ValueError) as error:
        return Found(DEFAULTS, (describe("settings_unreadable", str(error), {"path": str(path)}),))
    values: dict[str, Any] = {}
    warnings = []
    bad: dict[str, Sentence] = {}
    for key in KEYS:
        if key not in document:
            continue
        try:
            values[key] = checked(key, document[key])
        except BadValue as error:
            data = {"key": key, "path": str(path), "default": str(getattr(DEFAULTS, key))}
            warnings.append(describe("bad_setting", error.reason, data))
            bad[key] = error.reason
    return Found(Settings(**values), tuple(warnings), tuple(key for key in document if key not in KEYS), bad)


def checked(key: str, value: object) -> Value:
    """``value`` if it is one for ``key``. Raises ``BadValue`` that says what would be."""
    wanted = type(getattr(DEFAULTS, key))
    if wanted is int and type(value) is not int:
        reason = Sentence("it must be a whole number")
        raise BadValue(reason)
    if wanted is not int and not isinstance(value, str):
        reason = Sentence("it must be text in quotation marks")
        raise BadValue(reason)
    return RULES[key](value)


def from_words(key: str, text: str) -> Value:
    """As typed at a command line. Raises ``BadValue`` that says what would be a value."""
    is_number = isinstance(getattr(DEFAULTS, key), int)
    return checked(key, int(text) if is_number and text.isdecimal() else text)


def _device(value: str) -> DeviceId:
    if not value:
        reason = Sentence("it must be the id of a device, `default` or `none`")
        raise BadValue(reason)
    return DeviceId(value)


def _screen(value: str) -> str:
    kind, _, rest = value.partition(":")
    is_sound = {WINDOW: bool(rest), REGION: AREA.fullmatch(rest) is not None}.get(kind, bool(value))
    if not is_sound:
        reason = Sentence("it must be the id of a screen, `all`, `none`, `window:ID` or `region:X,Y,WIDTH,HEIGHT`")
        raise BadValue(reason)
    return value


def _profile(value: str) -> str:
    return _among(tuple(describe_profiles()), value)


def _fps(value: int) -> int:
    if not 1 <= value <= FASTEST_FPS:
        reason = Sentence("it must be from 1 to {most}", most=str(FASTEST_FPS))
        raise BadValue(reason)
    return value


def _destination(value: str) -> str:
    if value == LOCAL:
        return value
    dialect = next((prefix for prefix in DIALECTS if value.startswith(prefix)), "")
    if not _is_url(value.removeprefix(dialect)):
        reason = Sentence(
            "it must be `{local}`, or a URL that begins with http:// or https:// and holds no password", local=LOCAL
        )
        raise BadValue(reason)
    return value


def _is_url(value: str) -> bool:
    """Of a server, without a password in it."""
    try:
        address = urlsplit(value)
        is_complete = bool(address.hostname) and address.port != 0
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and is_complete and "@" not in address.netloc


def _one_of(kind: type[StrEnum]) -> Callable[[str], Value]:
    def check(value: str) -> Value:
        return kind(_among(tuple(kind), value))

    return check


def _among(known: Sequence[str], value: str) -> str:
    if value not in known:
        reason = Sentence("it must be one of {known}", known=", ".join(known))
        raise BadValue(reason)
    return value


def _hours(value: str) -> str:
    try:
        if value:
            Hours.parse(value)
    except ValueError:
        reason = Sentence("it must be two times of day, as in 22:00-06:30, or empty")
        raise BadValue(reason) from None
    return value


def _limit(value: int) -> int:
    if value != 0 and value < LEAST_RATE_BYTES_PER_S:
        least = str(LEAST_RATE_BYTES_PER_S)
        reason = Sentence("it must be at least {least} bytes a second, or 0 for no limit", least=least)
        raise BadValue(reason)
    return value


def _days(value: str) -> str:
    if value != NEVER and not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
        reason = Sentence("it must be a number of days, or `{never}`", never=NEVER)
        raise BadValue(reason)
    return value


def listed(value: str) -> list[str]:
    return [entry.strip() for entry in value.split(",") if entry.strip()]


def _realtime(value: str) -> str:
    try:
        for url in listed(value):
            endpoint_at(url)
    except InvalidEndpoint:
        reason = Sentence(
            "each address must begin with http://, https://, ws:// or wss:// and name a host, with a / before its ?"
        )
        raise BadValue(reason) from None  # no more of the address than that
    return value


def _realtime_events(value: str) -> str:
    unknown = set(listed(value)) - KNOWN
    if unknown:
        reason = Sentence("these are no live events: {names}", names=", ".join(sorted(unknown)))
        raise BadValue(reason)
    return value


def _apps(value: str) -> str:
    return format_apps(parse_apps(value))


def _seconds(longest_s: int, value: int) -> int:
    if not 0 <= value <= longest_s:
        reason = Sentence("it must be from 0 to {most} seconds", most=str(longest_s))
        raise BadValue(reason)
    return value


def _engine(value: str) -> str:
    return _among((NO_ENGINE, *EngineName), value)


def _service(value: str) -> str:
    if value and not _is_url(value):
        reason = Sentence("it must be a URL that begins with http:// or https:// and holds no password")
        raise BadValue(reason)
    return value


def _folder(value: str) -> str:
    if value and not Path(value).is_absolute():
        reason = Sentence("it must be the whole path of a folder, or empty for the usual one")
        raise BadValue(reason)
    return value


RULES: Mapping[str, Callable[..., Value]] = {
    "microphone": _device,
    "system_audio": _device,
    "profile": _profile,
    "fps": _fps,
    "destination": _destination,
    "name": str,
    "pause_mode": _one_of(PauseMode),
    "echo": _one_of(EchoMode),
    "deliveries": _one_of(Deliveries),
    "upload_while_recording": _one_of(Switch),
    "metered_network": _one_of(When),
    "battery": _one_of(When),
    "delivery_hours": _hours,
    "upload_limit": _limit,
    "release_after_days": _days,
    "realtime": _realtime,
    "realtime_events": _realtime_events,
    "auto_record": _one_of(AutoRecord),
    "auto_record_apps": _apps,
    "preroll_s": partial(_seconds, LONGEST_PREROLL_S),
    "end_countdown_s": partial(_seconds, LONGEST_COUNTDOWN_S),
    "consent_notice": str,
    "transcription_engine": _engine,
    "transcription_model": str,
    "transcription_url": _service,
    "transcription_language": str,
    "transcription_terms": str,
    "live_transcript": _one_of(Switch),
    "screen": _screen,
    "pill": _one_of(Switch),
    "hotkeys": _one_of(Switch),
    "look": _one_of(Look),
    "language": _one_of(Language),
    RECORDINGS_KEY: _folder,
}
