"""Programs that only look like others: copies of ``pacat`` under any name, which really record and play."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.rig.sound import LATENCY, MICROPHONE, SoundServer, end


class Pretender:
    """Copies are put below ``folder``, which is theirs."""

    def __init__(self, folder: Path, server: SoundServer) -> None:
        self._folder = folder
        self._server = server
        self._processes: list[subprocess.Popen[bytes]] = []

    def record(
        self, name: str, device: str = MICROPHONE, properties: Mapping[str, str] | None = None, *options: str
    ) -> subprocess.Popen[bytes]:
        """``properties``: what it says of itself to the sound server."""
        return self._run(name, properties, "--record", "--raw", f"--device={device}", LATENCY, *options, "/dev/null")

    def play(self, name: str, properties: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Silence, for ever."""
        return self._run(name, properties, "--playback", "--raw", LATENCY, "/dev/zero")

    def end_all(self) -> None:
        while self._processes:
            end(self._processes.pop())

    def _run(self, name: str, properties: Mapping[str, str] | None, *arguments: str) -> subprocess.Popen[bytes]:
        program = self._folder / name
        if not program.exists():
            shutil.copy("/usr/bin/pacat", program)
        told = " ".join(f"{key}='{value}'" for key, value in (properties or {}).items())
        environment = {**self._server.environment, "PULSE_PROP": told}
        process = subprocess.Popen(
            (program, *arguments), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self._processes.append(process)
        return process
