"""Speech that is made for a test."""

import functools
import subprocess

import numpy as np

from capture.transcription.base import SPEECH_RATE_HZ, Speech

SAY = ("espeak-ng", "-s", "150", "--stdout")


@functools.cache
def spoken(text: str, *voice: str) -> Speech:
    """As the engines take it; begins and ends with almost no silence."""
    made = subprocess.run([*SAY, *voice, text], check=True, capture_output=True).stdout
    convert = (
        "sox",
        "-t",
        "wav",
        "-",
        "-t",
        "raw",
        "-r",
        str(SPEECH_RATE_HZ),
        "-c",
        "1",
        "-b",
        "16",
        "-e",
        "signed",
        "-",
    )
    raw = subprocess.run(convert, input=made, check=True, capture_output=True).stdout
    return np.frombuffer(raw, "<i2").astype(np.int16)
