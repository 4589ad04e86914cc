"""Recordings whose recorder died are finished as soon as somebody looks at them, without being asked."""

from pathlib import Path

from app.capture_process import last_words
from app.console import Console
from app.messages import Message, describe
from app.paths import Paths
from capture.errors import RecordingRunning, StorageError
from capture.events import Ended, Error
from capture.recording import NS_PER_S, RecordingStatus
from capture.unfinished import unfinished


def recover_dead(paths: Paths, console: Console) -> None:
    """Says what it saved, to people only. What cannot be recovered does not stand in anybody's way."""
    try:
        for place in paths.places:
            for directory in unfinished(place):
                recover_one(directory, console)
    except StorageError as error:
        console.complain_aside(describe(error.code, error.reason, error.data))


def recover_one(directory: Path, console: Console) -> Message | None:
    """What stood in the way, if anything did; somebody else who works on it does not."""
    last = last_words(directory)
    if isinstance(last, Error):
        trouble = describe(last.code, last.reason, last.data)
        if last.code != RecordingRunning.code:
            console.complain_aside(trouble)
        return trouble
    console.say(_saved(last))
    return None


def _saved(last: Ended) -> str:
    minutes, seconds = divmod(round(last.duration_ns / NS_PER_S), 60)
    match last.status:
        case RecordingStatus.FAILED:
            return f"Recording {last.recording_id} broke off before anything of it could be played; its files are kept."
        case RecordingStatus.COMPLETE:
            return f"Recording {last.recording_id} was not closed properly; it is complete: {minutes}:{seconds:02} min."
    return f"Recording {last.recording_id} broke off; {minutes}:{seconds:02} min of it are saved."
