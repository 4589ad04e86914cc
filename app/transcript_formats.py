"""A transcript as people and other programs read it. Times count from the recording's beginning."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.transcript_arguments import TextFormat
from capture.recording import LOCAL_PARTICIPANT_ID
from capture.transcription.shelf import Transcript

CAPTION_CHARACTERS = 84
"""Two lines of 42, as broadcasters have it."""

CAPTION_S = 7.0
SHORTEST_CAPTION_S = 0.5
SENTENCE_ENDS = (".", "?", "!")


@dataclass(frozen=True, slots=True)
class Caption:
    start_s: float
    end_s: float
    speaker: str
    text: str


def formatted(transcript: Transcript, form: TextFormat, title: str | None) -> str:
    return FORMATS[form](transcript, title)


def captions(transcript: Transcript) -> Iterator[Caption]:
    """As much as can be read at a glance, of one speaker each. None goes on into the same speaker's next."""
    for entry in transcript:
        waiting: list[Mapping[str, Any]] = []
        for word in entry["words"]:
            if waiting and not _fits(waiting, word):
                yield _caption(entry, waiting)
                waiting = []
            waiting.append(word)
        if waiting:
            yield _caption(entry, waiting)


def speaker_name(participant: Mapping[str, Any]) -> str:
    if participant.get("name"):
        return " ".join(str(participant["name"]).split())
    return "Me" if participant["id"] == LOCAL_PARTICIPANT_ID else "Other side"


def text_of(entry: Mapping[str, Any]) -> str:
    return " ".join(" ".join(word["text"].split()) for word in entry["words"])


def _fits(waiting: list[Mapping[str, Any]], word: Mapping[str, Any]) -> bool:
    characters = sum(len(each["text"]) + 1 for each in waiting) + len(word["text"])
    lasts_s = _end_s(word) - _start_s(waiting[0])
    ended = waiting[-1]["text"].endswith(SENTENCE_ENDS) and characters > CAPTION_CHARACTERS / 2
    return characters <= CAPTION_CHARACTERS and lasts_s <= CAPTION_S and not ended


def _caption(entry: Mapping[str, Any], words: list[Mapping[str, Any]]) -> Caption:
    start_s = _start_s(words[0])
    end_s = max(_end_s(words[-1]), start_s + SHORTEST_CAPTION_S)
    return Caption(start_s, end_s, speaker_name(entry["participant"]), text_of({"words": words}))


def _start_s(word: Mapping[str, Any]) -> float:
    return float(word["start_timestamp"]["relative"])


def _end_s(word: Mapping[str, Any]) -> float:
    end = word.get("end_timestamp") or {}
    relative = end.get("relative")
    return _start_s(word) if relative is None else float(relative)


def clock(at_s: float) -> str:
    """As in 1:02:03."""
    minutes, seconds = divmod(int(at_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _precise(at_s: float, point: str) -> str:
    thousandths = round(at_s * 1000)
    seconds, thousandths = divmod(thousandths, 1000)
    hours, seconds = divmod(seconds, 3600)
    return f"{hours:02}:{seconds // 60:02}:{seconds % 60:02}{point}{thousandths:03}"


def _said(transcript: Transcript) -> Iterator[tuple[str, str, str]]:
    """When, who and what."""
    for entry in transcript:
        if entry["words"]:
            yield clock(_start_s(entry["words"][0])), speaker_name(entry["participant"]), text_of(entry)


def _text(transcript: Transcript, _: str | None) -> str:
    return "".join(f"[{when}] {who}: {what}\n" for when, who, what in _said(transcript))


def _markdown(transcript: Transcript, title: str | None) -> str:
    lines = [f"# {_plain(title or 'Transcript')}"]
    lines += [f"**{_plain(who)}** ({when}): {_plain(what)}" for when, who, what in _said(transcript)]
    return "\n\n".join(lines) + "\n"


def _srt(transcript: Transcript, _: str | None) -> str:
    return "\n".join(
        f"{number}\n{_precise(each.start_s, ',')} --> {_precise(each.end_s, ',')}\n{each.speaker}: {each.text}\n"
        for number, each in enumerate(captions(transcript), 1)
    )


def _vtt(transcript: Transcript, _: str | None) -> str:
    cues = (
        f"{_precise(each.start_s, '.')} --> {_precise(each.end_s, '.')}\n"
        f"<v {_escaped(each.speaker)}>{_escaped(each.text)}</v>\n"
        for each in captions(transcript)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def _json(transcript: Transcript, _: str | None) -> str:
    return json.dumps(transcript, ensure_ascii=False, indent=2) + "\n"


def _plain(text: str) -> str:
    """No part of it is Markdown's."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#|" else letter for letter in text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FORMATS: Mapping[TextFormat, Callable[[Transcript, str | None], str]] = {
    TextFormat.TEXT: _text,
    TextFormat.SRT: _srt,
    TextFormat.VTT: _vtt,
    TextFormat.MARKDOWN: _markdown,
    TextFormat.JSON: _json,
}
