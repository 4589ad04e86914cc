"""A file of ours whose writing was cut short, made an ordinary one again, in place."""

import logging
import os
from pathlib import Path
from typing import BinaryIO

from capture.encoding.hybrid import NotOurs, mend_movie
from capture.encoding.tails import last_frame_end, last_page_end
from capture.manifest import storage_error

logger = logging.getLogger(__name__)


def mend(path: Path) -> int:
    """How many bytes were torn, and are cut off. What is whole is not touched, nor what is damaged in its midst.

    An MP4 gets its index. What comes of it plays at least as much as before. Raises ``StorageError``.
    """
    try:
        with path.open("r+b", buffering=0) as file:
            if path.suffix == ".mp4":
                return mend_movie(file)
            return _cut(file, last_page_end(file) if path.suffix == ".ogg" else last_frame_end(file))
    except NotOurs as error:
        logger.info("%s is left as it is: %s", path.name, error)
        return 0
    except OSError as error:
        raise storage_error(error, path) from error


def _cut(file: BinaryIO, end: int | None) -> int:
    size = file.seek(0, os.SEEK_END)
    if end is None or end == size:
        return 0
    file.truncate(end)
    os.fsync(file.fileno())
    return size - end
