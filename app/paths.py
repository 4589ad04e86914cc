"""Where Afterword keeps things. The only door to platformdirs."""

import os
from dataclasses import dataclass
from pathlib import Path

NAME = "afterword"
BASEDIR_VARIABLE = "AFTERWORD_BASEDIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """Nothing is created by naming it."""

    config: Path
    data: Path
    logs: Path

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"

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


def find_paths(basedir: Path | None = None) -> Paths:
    """All of it below ``basedir``, or below ``AFTERWORD_BASEDIR``, or where the platform wants it."""
    chosen = basedir or os.environ.get(BASEDIR_VARIABLE)
    if chosen:
        base = Path(chosen).expanduser().absolute()
        return Paths(base / "config", base / "data", base / "logs")
    import platformdirs  # noqa: PLC0415 - for who needs it

    folders = platformdirs.PlatformDirs(NAME, appauthor=False)
    return Paths(folders.user_config_path, folders.user_data_path, folders.user_log_path)
