"""Which meetings are recorded by themselves: one rule for all, and others for single apps and platforms."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.words.wording import BadValue, Sentence
from capture.meetings.verdicts import UNKNOWN_PLATFORM, DetectedMeeting


class AutoRecord(StrEnum):
    OFF = "off"
    """Neither recorded nor asked about."""
    ASK = "ask"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Rules:
    """``apps``: by the app's name for people or its platform, in small letters."""

    default: AutoRecord = AutoRecord.OFF
    apps: Mapping[str, AutoRecord] = field(default_factory=dict)

    def of(self, *names: str) -> AutoRecord:
        """The first name that has a rule of its own decides."""
        own = (self.apps[name.casefold()] for name in names if name.casefold() in self.apps)
        return next(own, self.default)

    def names(self, *names: str) -> bool:
        """Whether there is a rule for one of them."""
        return any(name.casefold() in self.apps for name in names)

    def with_app(self, name: str, rule: AutoRecord) -> "Rules":
        return replace(self, apps={**self.apps, name.casefold(): rule})


def names_of(meeting: DetectedMeeting) -> tuple[str, ...]:
    """By which the rules may know it, what tells most first."""
    known = () if meeting.platform == UNKNOWN_PLATFORM else (meeting.platform,)
    return (*known, meeting.app)


def parse_apps(text: str) -> Mapping[str, AutoRecord]:
    """``zoom=always, Google Chrome=off``. Raises ``BadValue`` that says what would be right."""
    apps = {}
    for part in filter(None, map(str.strip, text.split(","))):
        name, _, rule = (piece.strip() for piece in part.partition("="))
        if not name or rule not in set(AutoRecord):
            reason = Sentence(
                "it must be like `zoom=always, slack=off`, each with one of {known}", known=", ".join(AutoRecord)
            )
            raise BadValue(reason)
        apps[name.casefold()] = AutoRecord(rule)
    return apps


def format_apps(apps: Mapping[str, AutoRecord]) -> str:
    return ", ".join(f"{name}={rule}" for name, rule in apps.items())
