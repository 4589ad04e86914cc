"""Changes ``config.toml`` and leaves all else in it as the user wrote it. The only door to tomlkit."""

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from app.messages import Failure
from app.settings import Value
from capture.manifest import replace_file, storage_error


def write_setting(path: Path, key: str, value: Value) -> None:
    """The whole file or none of it. Raises ``Failure`` for a file that is no TOML, ``StorageError``."""
    target = path.resolve()  # a link, to where somebody keeps all such files, stays one
    try:
        document = tomlkit.parse(target.read_text(encoding="utf-8")) if target.exists() else tomlkit.document()
        target.parent.mkdir(parents=True, exist_ok=True)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise Failure("settings_unchanged", str(error), path=str(path)) from error
    except OSError as error:
        raise storage_error(error, path) from error
    document[key] = int(value) if isinstance(value, int) else str(value)
    replace_file(tomlkit.dumps(document), target)
