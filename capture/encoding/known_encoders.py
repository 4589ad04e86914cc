"""Which encoders work here, kept on the disk: to find out takes seconds, and a recording should begin at once."""

import ctypes
import hashlib
import json
import logging
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import av

from capture.encoding.encoders import Refusal, Trial
from capture.encoding.profiles import Profile
from capture.errors import ProtocolError, StorageError
from capture.manifest import write_json
from capture.screen.base import VideoFormat
from capture.wire import from_document, to_document

logger = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
INSTALLED_LIBRARIES = Path("/etc/ld.so.cache")
"""Written anew whenever a library is installed, drivers' included."""

NVIDIA_VERSION = Path("/proc/driver/nvidia/version")
CARDS = Path("/dev/dri")


@dataclass(frozen=True, slots=True)
class Known:
    """``answers``: by a digest of what was tried, why it does not work; ``None`` where it does."""

    machine: str
    answers: dict[str, str | None] = field(default_factory=dict)


class RememberedTrial:
    """A ``Trial`` that tries each thing once, as long as drivers, libraries and cards are the same.

    Without ``path``, or where nobody can say whether they are, it tries anew each time.
    """

    def __init__(
        self, trial: Trial, path: Path | None, describe_machine: Callable[[], str | None] | None = None
    ) -> None:
        self._trial = trial
        self._path = path
        self._describe_machine = describe_machine or machine

    def __call__(self, profile: Profile, video: VideoFormat, rate_fps: int) -> Refusal | None:
        state = self._describe_machine() if self._path is not None else None
        if self._path is None or state is None:
            return self._trial(profile, video, rate_fps)
        answers, task = self._read(self._path, state), _digest(profile, video, rate_fps)
        if task in answers:
            reason = answers[task]
            return None if reason is None else Refusal(reason)
        refusal = self._trial(profile, video, rate_fps)
        if refusal is None or refusal.is_lasting:
            answer = None if refusal is None else refusal.reason
            self._write(self._path, Known(state, {**self._read(self._path, state), task: answer}))
        return refusal

    def forget(self) -> None:
        """To be called when an encoder that worked does not: the next recording tries again."""
        if self._path is None:
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("which encoders work cannot be forgotten: %s", error)

    def _read(self, path: Path, state: str) -> dict[str, str | None]:
        try:
            known = from_document(json.loads(path.read_bytes()), Known)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, ProtocolError) as error:
            logger.warning("which encoders work is found out anew: %s", type(error).__name__)
            return {}
        return known.answers if known.machine == state else {}

    def _write(self, path: Path, known: Known) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(asdict(known), path)
        except (OSError, StorageError) as error:
            logger.warning("which encoders work cannot be kept: %s", type(error).__name__)


def machine() -> str | None:
    """A digest of all that encoders depend on, the start of the machine included.

    ``None`` on systems where it is not known when that was: Windows.
    """
    boot = _boot()
    if boot is None:
        return None
    cards = sorted(card.name for card in CARDS.iterdir()) if CARDS.is_dir() else []
    drivers = [NVIDIA_VERSION.read_text() if NVIDIA_VERSION.exists() else "", *cards]
    libraries = INSTALLED_LIBRARIES.stat().st_mtime_ns if INSTALLED_LIBRARIES.exists() else 0
    parts = [boot, platform.release(), libraries, *drivers, av.__version__, av.library_versions]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _boot() -> str | None:
    if sys.platform == "darwin":
        name, size = ctypes.create_string_buffer(64), ctypes.c_size_t(64)
        failed = ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", name, ctypes.byref(size), None, 0)
        return None if failed else name.value.decode()
    return BOOT_ID.read_text() if BOOT_ID.exists() else None


def _digest(profile: Profile, video: VideoFormat, rate_fps: int) -> str:
    task = json.dumps([to_document(profile), to_document(video), rate_fps], sort_keys=True)
    return hashlib.sha256(task.encode()).hexdigest()
