"""Where a verb speaks: documents for programs on standard output, words for people on standard error."""

import json
import sys
from contextlib import suppress
from typing import Any, TextIO

from app.messages import Message


class Console:
    """``as_json``: exactly one document on standard output; ``as_events``: a line for each event instead."""

    def __init__(self, *, as_json: bool, as_events: bool = False) -> None:
        self.as_json = as_json or as_events
        self.as_events = as_events
        self._line_is_open = False

    def document(self, document: Any, text: str) -> None:  # noqa: ANN401 - a JSON document has no better type
        """The verb's result, as the caller wants it."""
        self._end_line()
        if self.as_json:
            indent = None if self.as_events else 2
            _write(sys.stdout, json.dumps(document, ensure_ascii=False, indent=indent) + "\n")
        else:
            _write(sys.stdout, text + "\n")

    def event(self, line: str) -> None:
        if self.as_events:
            _write(sys.stdout, line + "\n")

    def say(self, text: str) -> None:
        """One line for people."""
        self._end_line()
        _write(sys.stderr, text + "\n")

    def show(self, text: str) -> None:
        """A line for people that the next one replaces; nothing where nobody watches."""
        if sys.stderr.isatty():
            self._line_is_open = True
            _write(sys.stderr, f"\r{text}\x1b[K")

    def complain(self, message: Message) -> None:
        """The verb has failed; this is its result."""
        if self.as_json:
            _write(sys.stdout, json.dumps({"error": error_document(message)}, ensure_ascii=False) + "\n")
        self.complain_aside(message)

    def complain_aside(self, message: Message) -> None:
        """In words only: the verb has a result all the same."""
        self.say(f"{message.message}\n{message.hint}")

    def _end_line(self) -> None:
        if self._line_is_open:
            _write(sys.stderr, "\n")
        self._line_is_open = False


def error_document(message: Message) -> dict[str, str]:
    return {"code": message.code, "message": message.message, "hint": message.hint}


def _write(stream: TextIO, text: str) -> None:
    """A reader that has gone must not end a recording: standard error, and then events, go into the void."""
    with suppress(BrokenPipeError):
        stream.write(text)
        stream.flush()
