"""tus servers that others wrote, each with its own way of keeping files."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.partners import TUS_NODE_SERVER, TUSPYSERVER, folder_of, node_program, python_environment
from tests.uploader.programs import started

NODE_SCRIPT = """
const { Server } = require('@tus/server');
const { FileStore } = require('@tus/file-store');
const [directory, port] = process.argv.slice(1);
new Server({ path: '/files', datastore: new FileStore({ directory }) }).listen({ host: '127.0.0.1', port: +port });
"""

PYTHON_SCRIPT = """
import sys, uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router
directory, port = sys.argv[1:]
app = FastAPI()
app.include_router(create_tus_router(prefix="files", files_dir=directory, max_size=10 * 1024 ** 3))
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
"""


@contextmanager
def tus_node_server(folder: Path, port: int) -> Iterator["Running"]:
    """Npm's @tus/server."""
    environment = {"NODE_PATH": str(folder_of(TUS_NODE_SERVER) / "node_modules")}
    command = [str(node_program()), "-e", NODE_SCRIPT, str(folder), str(port)]
    with started(command, port, environment) as process:
        yield Running(f"http://127.0.0.1:{port}/files", folder, process.kill)


@contextmanager
def tuspyserver(folder: Path, port: int) -> Iterator["Running"]:
    """PyPI's tuspyserver."""
    command = ["python", "-c", PYTHON_SCRIPT, str(folder), str(port)]
    with started(command, port, python_environment(TUSPYSERVER)) as process:
        yield Running(f"http://127.0.0.1:{port}/files", folder, process.kill)


@dataclass(frozen=True)
class Running:
    url: str
    folder: Path
    kill: Callable[[], None]

    def stored(self, name: str) -> bytes:
        """The bytes of the upload with that file name; both keep what was told beside them."""
        for path in self.folder.iterdir():
            if path.suffix in {".json", ".info"} and _filename(json.loads(path.read_bytes())) == name:
                return path.with_suffix("").read_bytes()
        raise FileNotFoundError(name)


def _filename(told: Mapping[str, Mapping[str, str]]) -> str | None:
    return told.get("metadata", {}).get("filename")


Start = Callable[[Path, int], AbstractContextManager[Running]]
