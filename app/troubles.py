"""What the recorder tells of trouble, in words, and when it is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.continued_capture import WORKER
from app.messages import describe
from app.room import ROOMS
from app.words.wording import Sentence
from capture.events import Event, Level, QualityChanged, RoomChanged, SourceLost, SourceRecovered, Warned
from capture.recording import Quality, Room, Side
from capture.room import ROOM_ON_DISK

QUALITIES: Mapping[Quality, Sentence] = {
    Quality.FULL: Sentence("The machine keeps up again: the picture is recorded in full."),
    Quality.HALF_RATE: Sentence(
        "The machine is busy: the picture is recorded at half its frame rate. The sound is complete."
    ),
    Quality.QUARTER_RATE: Sentence(
        "The machine is busy: a quarter of the frame rate is recorded. The sound is complete."
    ),
    Quality.COARSE: Sentence(
        "The machine is very busy: the picture is recorded with less detail. The sound is complete."
    ),
    Quality.AUDIO_ONLY: Sentence("The machine is too busy for the picture, which stands still. The sound is complete."),
}

SILENCE_DBFS = -120.0
"""What a level says of nothing but zeros."""

SOURCES: Mapping[str, Sentence] = {
    "screen": Sentence("The screen shows nothing. The recording goes on without a new picture."),
    Side.MICROPHONE: Sentence("The microphone delivers nothing. The recording goes on without it."),
    Side.SYSTEM: Sentence(
        "Nothing of the other side is heard: its sound device is gone. The recording goes on without it."
    ),
    WORKER: Sentence("The recorder died. Another one goes on with the recording."),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """``topic``: of two about the same the later one counts."""

    topic: str
    words: str
    hint: str = ""


Troubles = tuple[Trouble, ...]


def after(troubles: Troubles, event: Event) -> Troubles:
    """What is still wrong once ``event`` was told."""
    match event:
        case SourceLost(source=source, reason=reason):
            troubles = _with(troubles, Trouble(source, SOURCES.get(source, f"{source}: {reason}")))
        case SourceRecovered(source=source):
            troubles = _without(troubles, source)
        case Level(side=side, peak_dbfs=peak_dbfs) if peak_dbfs > SILENCE_DBFS:
            troubles = _without(troubles, f"{side} sound")
        case Warned(code=code, source=source):
            message = describe(code, data={"source": source})
            topic = f"{source} sound" if source in set(Side) else code
            troubles = _with(troubles, Trouble(topic, message.message, message.hint))
        case QualityChanged(step=step, reason=reason) if reason != ROOM_ON_DISK:
            words = None if step is Quality.FULL else QUALITIES[step]
            troubles = _standing(troubles, "quality", words)
        case RoomChanged(room=room):
            troubles = _standing(troubles, "room", None if room is Room.AMPLE else ROOMS[room])
    return troubles


def _standing(troubles: Troubles, topic: str, words: str | None) -> Troubles:
    return _without(troubles, topic) if words is None else _with(troubles, Trouble(topic, words))


def _with(troubles: Troubles, trouble: Trouble) -> Troubles:
    return (*_without(troubles, trouble.topic), trouble)


def _without(troubles: Troubles, topic: str) -> Troubles:
    return tuple(each for each in troubles if each.topic != topic)
