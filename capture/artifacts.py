"""The JSON artifacts of a recording: who took part, who spoke, and what the meeting was."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from capture.manifest import write_json
from capture.participants.log import ParticipantLog
from capture.recording import Meeting
from capture.wire import to_document


def write_artifacts(
    directory: Path, log: ParticipantLog, meeting: Meeting, wall_clock: Callable[[int], datetime]
) -> None:
    """``wall_clock`` tells the date and time of an instant of the timeline. Raises ``StorageError``."""
    made = log.artifacts(wall_clock)
    write_json(made.participant_events, directory / "participant_events.json")
    write_json(made.participants, directory / "participants.json")
    write_json(made.speaker_timeline, directory / "speaker_timeline.json")
    write_json(to_document(meeting), directory / "meeting_metadata.json")
