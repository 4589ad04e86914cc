"""Pictures on their way from the screen to the movie: converted, queued, and left out where the machine is too slow."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from capture.encoding.converter import Converter, Picture
from capture.encoding.curtain import black
from capture.encoding.ring import PictureRing
from capture.ladder import STEPS, Change, Ladder
from capture.manifest import FrameCount
from capture.recording import NS_PER_S, Quality
from capture.screen.base import Frame, Unchanged, VideoFormat
from capture.timeline import Timeline

logger = logging.getLogger(__name__)

SLICE_NS = 100_000_000
"""After so much work on pictures it is the sound's turn."""

LATEST_LOOK_NS = NS_PER_S
"""A screen that has not been looked at for so long hangs: its last picture stands, so that the sound can go on."""

PUSH_NS = 100_000_000
"""From picture to picture where they only serve to push others out of the encoder: it keeps the last one or two."""


def spacing_frames(quality: Quality) -> int:
    """From picture to picture. Where none is recorded some are looked at all the same: any may be the last."""
    return {Quality.FULL: 1, Quality.HALF_RATE: 2}.get(quality, 4)


class PictureTarget(Protocol):
    """What ``Movie`` is to a lane."""

    @property
    def can_be_coarse(self) -> bool: ...

    @property
    def repeated(self) -> int: ...

    def coarsen(self, *, coarse: bool) -> None: ...

    def show(self, picture: Picture, at_ns: int) -> None: ...

    def beat(self, at_ns: int) -> None: ...


class PictureLane:
    """``put_look`` is for the thread that looks, ``step`` and ``drain`` for the one that encodes; the rest for any."""

    def __init__(
        self,
        movie: PictureTarget,
        video: VideoFormat,
        rate_fps: int,
        timeline: Timeline,
        on_quality: Callable[[Change, int], None],
    ) -> None:
        """``on_quality`` is called by ``step``, with the timeline's instant."""
        self._movie = movie
        self._video = video
        self._frame_ns = NS_PER_S // rate_fps
        self._timeline = timeline
        self._on_quality = on_quality
        self._limit = Change(Quality.FULL, "")
        self._quality = Quality.FULL
        self._ladder = Ladder([step for step in STEPS if step is not Quality.COARSE or movie.can_be_coarse])
        self._ring = PictureRing()
        self._converter = Converter()
        self._seam = threading.Lock()
        self._latest: Picture | None = None
        self._unseen: Picture | None = None
        self._looked_ns = 0
        self._screen_is_lost = False
        self._held: Picture | None = None
        self._shown_ns: int | None = None
        self._left_out = self._replayed = 0

    def put_look(self, look: Frame | Unchanged) -> None:
        """Converts on the caller's thread, so that the ring holds a third of the bytes.

        What changes during a pause is seen when that is over.
        """
        picture = self._converter.convert(look) if isinstance(look, Frame) else None
        with self._seam:
            if picture is not None:
                self._latest = self._unseen = picture
            if self._unseen is not None and self._timeline.is_running and not self._timeline.is_blank:
                self._ring.put(replace(self._unseen, captured_ns=look.captured_ns))
                self._unseen = None
        self._looked_ns = look.captured_ns

    def blank(self) -> None:
        """Begins a pause that is black."""
        with self._seam:
            self._ring.put(black(self._video, self._timeline.blank()))

    def resume(self) -> None:
        """Ends a pause of any kind. After a black one the picture is there again at once."""
        with self._seam:
            was_blank, now_ns = self._timeline.ends_blank, self._timeline.begin()
            if was_blank and self._latest is not None:
                self._ring.put(replace(self._latest, captured_ns=now_ns, is_seam=True))
                self._unseen = None

    def rest(self, length_ns: int) -> None:
        """A black stretch of so long, encoded at once with all that comes before it.

        For the thread that encodes. Raises as ``step`` does.
        """
        with self._seam:
            dark = black(self._video, self._timeline.rest(length_ns))
            self._ring.put(dark)
        self._show_all()
        end_ns = self._timeline.now_ns()
        for at_ns in range(end_ns - length_ns + PUSH_NS, end_ns, PUSH_NS):
            self._movie.show(dark, at_ns)

    def replay(self, pictures: Iterable[Picture], until_ns: int) -> None:
        """What was seen before the recording was asked for, up to ``until_ns`` of the timeline, before all else.

        For the thread that encodes. Raises as ``step`` does.
        """
        for picture in pictures:
            self._show(picture)
            self._replayed += 1
            with self._seam:
                if self._latest is None or self._latest.captured_ns < picture.captured_ns:
                    self._latest = picture
        self._movie.beat(until_ns)

    def lose_screen(self) -> None:
        """There is nothing to see: the last picture stands."""
        self._screen_is_lost = True

    def recover_screen(self) -> None:
        self._screen_is_lost = False

    def seen(self) -> Picture | None:
        """The last picture, for others to look at; ``None`` in a pause, or where there is no time for that."""
        with self._seam:
            latest, is_shown = self._latest, self._timeline.is_running and not self._timeline.is_blank
        return latest if is_shown and self._quality is Quality.FULL else None

    def limit(self, quality: Quality, reason: str) -> None:
        """No better than that, however calm it is."""
        self._limit = Change(quality, reason)

    def frames(self) -> FrameCount:
        captured = self._ring.captured + self._replayed
        return FrameCount(captured, self._movie.repeated, self._ring.dropped + self._left_out)

    def step(self) -> bool:
        """Encodes what waits, as far as there is time. Whether some was left: then there is no time to rest.

        Raises ``StorageError``, ``EncoderError``.
        """
        began_ns = self._timeline.now_ns()
        looked_ns = max(self._timeline.at(self._looked_ns), began_ns - LATEST_LOOK_NS)
        if self._screen_is_lost:
            looked_ns = began_ns
        while (picture := self._ring.take()) is not None:
            self._read(self._timeline.now_ns() - self._timeline.at(picture.captured_ns))
            self._offer(picture)
            if self._timeline.now_ns() - began_ns > SLICE_NS:
                return True
        self._read(0)
        if self._held is not None and self._is_due(looked_ns):
            self._show(self._held)
        self._movie.beat(looked_ns)
        return False

    def drain(self) -> None:
        """Encodes what is left, once, when nothing more comes. Raises as ``step`` does."""
        self._show_all()
        self._movie.beat(self._timeline.now_ns() if self._screen_is_lost else self._timeline.at(self._looked_ns))

    def _show_all(self) -> None:
        for picture in self._ring.take_all():
            self._offer(picture)
        if self._held is not None:
            self._show(self._held)

    def _read(self, behind_ns: int) -> None:
        now_ns = self._timeline.now_ns()
        stepped, limit = self._ladder.read(now_ns, behind_ns, self._ring.dropped), self._limit
        quality = max(self._ladder.quality, limit.quality, key=STEPS.index)
        if quality is self._quality:
            return
        self._quality = quality
        change = Change(quality, limit.reason if stepped is None or quality is not stepped.quality else stepped.reason)
        logger.warning("picture quality is %s: %s", change.quality, change.reason)
        self._movie.coarsen(coarse=quality in {Quality.COARSE, Quality.AUDIO_ONLY})
        self._on_quality(change, now_ns)

    def _offer(self, picture: Picture) -> None:
        """Shows it, or keeps it until it is due: what comes before that takes its place.

        Who looks at the screen is told to look less often; this is for what was seen before.
        """
        if picture.is_seam or self._is_due(self._timeline.at(picture.captured_ns)):
            self._show(picture)
            return
        if self._held is not None:
            self._left_out += 1
        self._held = picture

    def _is_due(self, at_ns: int) -> bool:
        if self._quality is Quality.FULL or self._shown_ns is None:
            return True
        if self._quality is Quality.AUDIO_ONLY:
            return False
        spacing_ns = spacing_frames(self._quality) * self._frame_ns
        return at_ns - self._shown_ns >= spacing_ns - self._frame_ns // 2

    def _show(self, picture: Picture) -> None:
        if self._held is not None and self._held is not picture:
            self._left_out += 1
        self._held = None
        self._shown_ns = self._timeline.at(picture.captured_ns)
        self._movie.show(picture, self._shown_ns)
