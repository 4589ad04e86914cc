"""The last seconds before a recording is asked for: in memory only, bounded, and gone unless somebody asks.

Sound is kept as it came. Of the picture every change that was looked for is kept, as a JPEG by itself: the oldest can
be dropped without the next ones suffering, and whatever encoder the recording has can take them.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from capture.audio.base import AudioBlock, AudioEvent, DeviceRecovered
from capture.encoding.converter import Converter, Picture
from capture.encoding.still import StillDecoder, StillEncoder
from capture.recording import NS_PER_S, DeviceId, Side
from capture.screen.base import Frame

PICTURES_BYTES: Final = 64 * 2**20
"""What 30 s of text at 1080p take if all of it changes all the time. Where that is not enough, every other one goes."""

PIECE_NS: Final = NS_PER_S // 2

SLACK_NS: Final = NS_PER_S // 10
"""Longer than a block, which may begin before the stretch that is kept."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Still:
    at_ns: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Sound:
    """``what`` came from the source of ``side``, of an instant ``at_ns``."""

    at_ns: int
    side: Side
    what: AudioBlock | AudioEvent


@dataclass(frozen=True, slots=True)
class Piece:
    """What belongs before ``end_ns`` and to no piece before."""

    pictures: tuple[Picture, ...]
    sounds: tuple[Sound, ...]
    end_ns: int


@dataclass(frozen=True, slots=True)
class Past:
    """What was kept, from ``began_ns`` to ``end_ns`` of the monotonic clock. ``latest``: the last still, as seen."""

    began_ns: int
    end_ns: int
    sounds: tuple[Sound, ...] = ()
    stills: tuple[Still, ...] = ()
    latest: Picture | None = None

    @property
    def length_ns(self) -> int:
        return self.end_ns - self.began_ns

    def devices(self) -> Mapping[Side, DeviceId]:
        """To which a side went over."""
        return {sound.side: sound.what.device for sound in self.sounds if isinstance(sound.what, DeviceRecovered)}

    def pieces(self) -> Iterator[Piece]:
        """In their order, short enough for sound and picture to lie side by side. Raises ``EncoderError``."""
        decoder = StillDecoder()
        stills, sounds = deque(self.stills), deque(sorted(self.sounds, key=lambda sound: sound.at_ns))
        for begin_ns in range(self.began_ns, self.end_ns, PIECE_NS):
            end_ns = begin_ns + PIECE_NS
            seen = [self._picture(still, decoder) for still in _before(end_ns, stills, lambda still: still.at_ns)]
            heard = _before(end_ns, sounds, lambda sound: sound.at_ns)
            yield Piece(tuple(seen), tuple(heard), min(end_ns, self.end_ns))

    def _picture(self, still: Still, decoder: StillDecoder) -> Picture:
        at_ns = max(still.at_ns, self.began_ns)
        if self.latest is not None and still is self.stills[-1]:
            return replace(self.latest, captured_ns=at_ns)
        return Picture(decoder.decode(still.jpeg), at_ns)


NOTHING: Final = Past(0, 0)


class Preroll:
    """Sounds are for one thread at a time, pictures for another one; ``past`` for when neither comes."""

    def __init__(self, length_ns: int, began_ns: int) -> None:
        self._length_ns = length_ns
        self._began_ns = began_ns
        self._sounds: dict[Side, deque[Sound]] = {side: deque() for side in Side}
        self._stills: deque[Still] = deque()
        self._converter = Converter()
        self._encoder = StillEncoder()
        self._latest: Picture | None = None

    @property
    def stills_bytes(self) -> int:
        return sum(len(still.jpeg) for still in self._stills)

    def hear(self, sound: Sound) -> None:
        """Forgets what is older than it has to be."""
        kept = self._sounds[sound.side]
        kept.append(sound)
        while kept[0].at_ns < sound.at_ns - self._length_ns - SLACK_NS:
            kept.popleft()

    def see(self, frame: Frame) -> None:
        """Raises ``EncoderError``."""
        picture = self._latest = self._converter.convert(frame)
        self._stills.append(Still(picture.captured_ns, self._encoder.encode(picture)))
        self._forget_stills(picture.captured_ns - self._length_ns)

    def past(self, end_ns: int) -> Past:
        began_ns = max(self._began_ns, end_ns - self._length_ns)
        self._forget_stills(began_ns)
        sounds = tuple(sound for kept in self._sounds.values() for sound in kept)
        return Past(began_ns, end_ns, sounds, tuple(self._stills), self._latest)

    def _forget_stills(self, before_ns: int) -> None:
        """But for the one that stood then."""
        while len(self._stills) > 1 and self._stills[1].at_ns <= before_ns:
            self._stills.popleft()
        while self.stills_bytes > PICTURES_BYTES and len(self._stills) > 1:
            newest = self._stills.pop()
            self._stills = deque([*list(self._stills)[::2], newest])


def _before(end_ns: int, waiting: deque[T], at_ns: Callable[[T], int]) -> Iterator[T]:
    while waiting and at_ns(waiting[0]) < end_ns:
        yield waiting.popleft()
