"""A delivery as it goes on: a bar for people, an event for programs."""

import json
import time
from collections.abc import Callable

from app.console import Console
from app.delivery_document import WAITING_FOR
from uploader.session import Progress

EVERY_S = 0.25
BAR_CELLS = 24
UNITS = ("B", "kB", "MB", "GB")
STEP = 1000.0


class ProgressView:
    """Called for every piece; shows a few of them each second, and the last."""

    def __init__(self, console: Console, now_s: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._now_s = now_s
        self._shown_at_s = float("-inf")

    def __call__(self, progress: Progress) -> None:
        now_s = self._now_s()
        is_news = progress.waiting_for is not None or progress.safe_bytes >= progress.total_bytes
        if now_s - self._shown_at_s < EVERY_S and not is_news:
            return
        self._shown_at_s = now_s
        self._console.event(json.dumps(_event(progress)))
        self._console.show(line(progress))


def _event(progress: Progress) -> dict[str, object]:
    return {
        "type": "delivery_progress",
        "id": progress.recording_id,
        "destination": progress.destination,
        "bytes_sent": progress.sent_bytes,
        "bytes_safe": progress.safe_bytes,
        "bytes_total": progress.total_bytes,
        "rate_bytes_per_s": progress.rate_bytes_per_s,
        "remaining_s": progress.remaining_s,
        "waiting_for": progress.waiting_for,
    }


def line(progress: Progress) -> str:
    """The bar fills with what is acknowledged."""
    share = progress.safe_bytes / progress.total_bytes if progress.total_bytes else 1.0
    cells = int(share * BAR_CELLS)
    if progress.waiting_for:
        return WAITING_FOR[progress.waiting_for]
    text = f"{'█' * cells}{'·' * (BAR_CELLS - cells)} {sized(progress.sent_bytes)} of {sized(progress.total_bytes)}"
    if progress.rate_bytes_per_s:
        text += f", {sized(progress.rate_bytes_per_s)}/s"
    if progress.remaining_s:
        minutes, seconds = divmod(round(progress.remaining_s), 60)
        text += f", {minutes}:{seconds:02} left"
    return text


def sized(number_bytes: float) -> str:
    for unit in UNITS[:-1]:
        if number_bytes < STEP:
            return f"{number_bytes:.0f} {unit}" if unit == "B" else f"{number_bytes:.1f} {unit}"
        number_bytes /= STEP
    return f"{number_bytes:.2f} {UNITS[-1]}"
