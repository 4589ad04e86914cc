"""The desktop's leave to see a screen again without asking, by what was asked for. Such a token is good for once."""

import json
import logging
from pathlib import Path

from capture.errors import StorageError
from capture.manifest import write_json

logger = logging.getLogger(__name__)


class RestoreTokens:
    """In a file that only the user may read; without one, as long as the object lives. One thread at a time.

    A file that cannot be read or written costs a question to the user, never a recording.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._tokens: dict[str, str] = {}

    def get(self, target: str) -> str | None:
        return self._read().get(target)

    def replace(self, target: str, token: str | None) -> None:
        """What was kept for ``target`` is used up; ``None`` if nothing came in its place."""
        self._tokens = {name: kept for name, kept in self._read().items() if name != target}
        if token is not None:
            self._tokens[target] = token
        self._write()

    def _read(self) -> dict[str, str]:
        if self._path is None:
            return self._tokens
        try:
            document = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            logger.warning("the kept leave to see the screen cannot be read: %s", type(error).__name__)
            return self._tokens
        if not isinstance(document, dict):
            return {}
        return {str(name): token for name, token in document.items() if isinstance(token, str)}

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_json(self._tokens, self._path)
        except (OSError, StorageError) as error:
            logger.warning("the leave to see the screen cannot be kept: %s", type(error).__name__)
