"""A conversation: the two sides speak in turns, each where a recorder hears it."""

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from capture.recording import Side
from tests.rig.sound import RigFailed, SoundServer, end

PAUSE_S = 0.4
STOP_LIMIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Sentence:
    side: Side
    voice: str
    text: str


SENTENCES = (
    Sentence(Side.MICROPHONE, "en-us", "Good morning. Can you see my screen?"),
    Sentence(Side.SYSTEM, "en-gb+f3", "Yes, we can. Please go ahead."),
    Sentence(Side.MICROPHONE, "en-us", "Then let us begin with the plan for the quarter."),
    Sentence(Side.SYSTEM, "en-gb+f3", "I have one question about the exports."),
    Sentence(Side.MICROPHONE, "en-us", "That is on the next page. Two customers asked for it."),
    Sentence(Side.SYSTEM, "en-gb+f3", "Thank you. Let us write that down."),
)


def speak(text: str, sound: Path, voice: str = "en-us") -> None:
    """Writes a WAV file. Needs Debian's ``espeak-ng``; raises ``RigFailed``."""
    try:
        done = subprocess.run(
            ("espeak-ng", "-v", voice, "-w", str(sound), text), capture_output=True, text=True, timeout=20, check=False
        )
    except FileNotFoundError as error:
        message = "espeak-ng is not installed"
        raise RigFailed(message) from error
    if done.returncode:
        message = f"espeak-ng: {done.stderr.strip()}"
        raise RigFailed(message)


@contextlib.contextmanager
def conversation(server: SoundServer, folder: Path) -> Iterator[None]:
    """Goes on, from the beginning again, until the block is left. ``folder`` takes the sound files."""
    sounds = [(sentence.side, folder / f"{number}.wav") for number, sentence in enumerate(SENTENCES)]
    for sentence, (_, sound) in zip(SENTENCES, sounds, strict=True):
        speak(sentence.text, sound, sentence.voice)
    over = threading.Event()
    thread = threading.Thread(target=_talk, args=(server, sounds, over), name="conversation", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(STOP_LIMIT_S)


def _talk(server: SoundServer, sounds: list[tuple[Side, Path]], over: threading.Event) -> None:
    while True:
        for side, sound in sounds:
            player = server.say(side, sound)
            while player.poll() is None and not over.wait(0.05):
                pass
            if over.wait(PAUSE_S):
                end(player)
                return
