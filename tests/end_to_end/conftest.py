import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def voices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two people: what the local one says, and what the remote one says."""
    folder = tmp_path_factory.mktemp("voices")
    local, remote = folder / "local.wav", folder / "remote.wav"
    say = ("espeak-ng", "-s", "150")
    subprocess.run([*say, "-w", str(local), "Good morning, can you hear me? Let us begin with the budget."], check=True)
    remote_words = "Yes, loud and clear. I have three points about the schedule today."
    subprocess.run([*say, "-v", "en+f3", "-p", "70", "-w", str(remote), remote_words], check=True)
    return local, remote
