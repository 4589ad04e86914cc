"""What people read when something goes wrong: what happened, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.words import deliveries, recordings, settings, sources, transcripts
from app.words.reasons import known
from app.words.wording import ExitStatus, Sentence, Wording

__all__ = ["WORDINGS", "ExitStatus", "Failure", "Message", "describe"]


@dataclass(frozen=True, slots=True)
class Message:
    """``message`` and ``hint`` are a ``Sentence`` each, where they were made in this process."""

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


def describe(code: str, reason: str = "", data: Mapping[str, str] | None = None) -> Message:
    """The words for an error's code. A code without words of its own says its technical reason.

    A ``reason`` that is a ``Sentence`` can be said in another language, too.
    """
    wording = _by_source(code, data or {}) or WORDINGS.get(code) or UNWORDED
    places = {"reason": known(reason) or code, **(data or {})}
    return Message(code, Sentence(wording.message, **places), Sentence(wording.hint, **places), wording.exit_status)


def _by_source(code: str, data: Mapping[str, str]) -> Wording | None:
    """The same code asks for other advice at the screen than at the microphone."""
    return WORDINGS.get(f"{code}:{data.get('source') or data.get('side')}")


UNWORDED = Wording("{reason}", "Run the command again; if it stays so, please report it with these words.")

WORDINGS: Mapping[str, Wording] = {
    **sources.WORDINGS,
    **settings.WORDINGS,
    **recordings.WORDINGS,
    **deliveries.WORDINGS,
    **transcripts.WORDINGS,
}
