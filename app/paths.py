"""Where Afterword keeps things. The only door to platformdirs."""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

NAME = "afterword"
BASEDIR_VARIABLE = "AFTERWORD_BASEDIR"
RECORDINGS_KEY = "recordings"


@dataclass(frozen=True, slots=True)
class Paths:
    """Nothing is created by naming it."""

    config: Path
    data: Path
    logs: Path

    @property
    def recordings(self) -> Path:
        """Where new ones go, as the settings have it now; where those are of no use, where they go without any."""
        try:
            chosen = tomllib.loads(self.settings.read_text(encoding="utf-8")).get(RECORDINGS_KEY)
        except (OSError, ValueError):  # whoever reads the settings tells of it
            return self.usual_recordings
        return Path(chosen) if isinstance(chosen, str) and Path(chosen).is_absolute() else self.usual_recordings

    @property
    def usual_recordings(self) -> Path:
        return self.data / "recordings"

    @property
    def former_places_note(self) -> Path:
        return self.data / "former_places.json"

    @property
    def former_places(self) -> tuple[Path, ...]:
        """Folders that were chosen for recordings before. One that is not noted is found again once it is chosen."""
        try:
            noted = json.loads(self.former_places_note.read_bytes())
        except (OSError, ValueError):
            return ()
        return tuple(Path(each) for each in noted if isinstance(each, str)) if isinstance(noted, list) else ()

    @property
    def known_places(self) -> tuple[Path, ...]:
        """Every folder that may hold recordings, the one for new ones first. What is in two of them is in the first."""
        return tuple(dict.fromkeys((self.recordings, *self.former_places, self.usual_recordings)))

    @property
    def places(self) -> tuple[Path, ...]:
        """Those of them that can be looked into, or are not there yet; a disk that was pulled out may be neither."""
        return tuple(each for each in self.known_places if each == self.usual_recordings or _can_be_asked(each))

    @property
    def ledger(self) -> Path:
        return self.data / "ledger.sqlite"

    @property
    def backend(self) -> Path:
        """Of the recordings backend that ships with the app."""
        return self.data / "backend"

    @property
    def screen_permits(self) -> Path:
        return self.data / "screen_permits.json"

    @property
    def encoder_trials(self) -> Path:
        return self.data / "encoder_trials.json"

    @property
    def sockets(self) -> Path:
        """At which what runs takes orders."""
        return self.data / "run"

    @property
    def settings(self) -> Path:
        return self.config / "config.toml"

    @property
    def credentials(self) -> Path:
        return self.config / "credentials.json"


def _can_be_asked(place: Path) -> bool:
    try:
        with os.scandir(place) as entries:
            next(entries, None)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def find_paths(basedir: Path | None = None) -> Paths:
    """All of it below ``basedir``, or below ``AFTERWORD_BASEDIR``, or where the platform wants it."""
    chosen = basedir or os.environ.get(BASEDIR_VARIABLE)
    if chosen:
        base = Path(chosen).expanduser().absolute()
        return Paths(base / "config", base / "data", base / "logs")
    import platformdirs  # noqa: PLC0415 - for who needs it

    folders = platformdirs.PlatformDirs(NAME, appauthor=False)
    return Paths(folders.user_config_path, folders.user_data_path, folders.user_log_path)
