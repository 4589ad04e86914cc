"""What people said, of whom there are recordings with a licence: see ``tests/data/speech/people``."""

from dataclasses import dataclass
from pathlib import Path

from capture.encoding.speech import SpeechFile
from capture.recording import NS_PER_S
from capture.transcription.base import Speech

FOLDER = Path(__file__).parents[2] / "data" / "speech" / "people"
LONGEST_NS = 60 * NS_PER_S


@dataclass(frozen=True, slots=True)
class Recorded:
    name: str
    text: str

    @property
    def kind(self) -> str:
        """What they did: read a novel, or gave orders."""
        return "a reader" if self.name.startswith("reader") else "orders"


PEOPLE = (
    Recorded(
        "reader-0870",
        "and mister john dashwood had then leisure to consider how much there might be prudently in his power to do"
        " for them",
    ),
    Recorded("reader-0880", "he was not an ill disposed young man"),
    Recorded("reader-0890", "unless to be rather cold hearted and rather selfish is to be ill disposed"),
    Recorded(
        "reader-0920",
        "had he married a more amiable woman he might have been made still more respectable than he was",
    ),
    Recorded("reader-0930", "he might even have been made amiable himself"),
    Recorded("cards-001", "ten of clubs"),
    Recorded("cards-002", "four queen of clubs"),
    Recorded("cards-003", "seven of clubs"),
    Recorded("cards-004", "five five"),
    Recorded("cards-005", "eight of spades four of clubs seven of hearts"),
    Recorded("forward", "go forward ten meters"),
)


def recorded(person: Recorded) -> Speech:
    with SpeechFile(FOLDER / f"{person.name}.flac") as file:
        return file.between(0, LONGEST_NS)
