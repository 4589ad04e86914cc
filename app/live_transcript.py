"""What is said in a recording, told while it is made. It may fail at any moment, and nothing else notices."""

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from json import dumps

from app.capture_process import COMMAND
from app.live_upload import Tell
from app.messages import Message, describe
from app.paths import Paths
from app.transcripts import LOG_NAME
from capture.errors import ProtocolError
from capture.events import Event, LiveSound, ParticipantChange, Speech
from capture.program import ENVIRONMENT
from capture.recording import (
    LOCAL_PARTICIPANT_ID,
    REMOTE_PARTICIPANT_ID,
    Participant,
    ParticipantAction,
    RecordingSpec,
    Side,
)
from capture.transcription.choice import EngineChoice
from capture.transcription.live import Missed, Said, Unable, Uttered, decode
from capture.wire import encode_event, to_document
from uploader.realtime.envelopes import Utterance, Word

LONGEST_BACKLOG = 100
"""Pieces of sound that the engine has not taken: some five seconds of both sides. What comes then is left out: words
that are late are no live ones, and the transcript that is made afterwards has them."""

FAREWELL_S = 5.0
"""For what was said last."""

Say = Callable[[Utterance], None]


@dataclass(frozen=True, slots=True)
class LiveTranscript:
    """The same for each recording. ``complain`` may be called on another thread."""

    choice: EngineChoice
    paths: Paths
    complain: Callable[[Message], None]

    @contextmanager
    def of(self, spec: RecordingSpec, say: Say) -> Iterator[Tell]:
        """Who is to be told of each event of one recording. ``say`` is called on another thread."""
        try:
            listening = _Listening(self, spec, say)
        except OSError as error:
            self.complain(describe("transcription_failed", str(error)))
            yield lambda _: None
            return
        try:
            yield listening.tell
        finally:
            listening.close()


class _Listening:
    """``tell`` never waits."""

    def __init__(self, live: LiveTranscript, spec: RecordingSpec, say: Say) -> None:
        """Raises ``OSError``."""
        self._say = say
        self._complain = live.complain
        self._is_missing = False
        self._people = {
            Side.MICROPHONE: Participant(LOCAL_PARTICIPANT_ID, spec.participant_name, is_host=True),
            Side.SYSTEM: Participant(REMOTE_PARTICIPANT_ID, None, is_host=None),
        }
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lines.put(dumps(to_document(live.choice)))
        log = live.paths.logs / LOG_NAME
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as log_file:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*COMMAND, "listen"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                encoding="utf-8",
                env=os.environ | ENVIRONMENT,
                start_new_session=True,
            )
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for target, name in ((self._write, "sound-out"), (self._read, "words-in"))
        ]
        for thread in self._threads:
            thread.start()

    def tell(self, event: Event) -> None:
        match event:
            case LiveSound(side=Side()) if self._lines.qsize() < LONGEST_BACKLOG:
                self._lines.put(encode_event(event))
            case Speech():
                self._lines.put(encode_event(event))
            case ParticipantChange(action=ParticipantAction.SPEECH_ON, participant=participant):
                if participant.id != LOCAL_PARTICIPANT_ID:
                    self._people[Side.SYSTEM] = participant

    def close(self) -> None:
        """What was said last is waited for, not for long."""
        self._lines.put(None)
        try:
            self._process.wait(FAREWELL_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        for thread in self._threads:
            thread.join()
        self._process.wait()

    def _write(self) -> None:
        stream = self._process.stdin
        if stream is None:
            return
        with suppress(BrokenPipeError):  # it has died, and said why
            while (line := self._lines.get()) is not None:
                stream.write(line + "\n")
                stream.flush()
        with suppress(BrokenPipeError):
            stream.close()

    def _read(self) -> None:
        stream = self._process.stdout
        if stream is None:
            return
        with stream:
            for line in stream:
                with suppress(ProtocolError):  # a library that prints
                    self._take(decode(line))

    def _take(self, said: Said) -> None:
        """A service that stays away is complained of once."""
        match said:
            case Uttered():
                self._is_missing = False
                self._say(self._utterance(said))
            case Unable(error):
                self._complain(describe(error.code, error.reason, error.data))
            case Missed(error) if not self._is_missing:
                self._is_missing = True
                self._complain(describe(error.code, error.reason, error.data))

    def _utterance(self, said: Uttered) -> Utterance:
        words = [Word(word.text, word.start_ns, word.end_ns) for word in said.words]
        return Utterance(self._people[said.side], words, said.is_final, said.language_code)
