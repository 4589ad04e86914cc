"""Who sends a file: this program, and those that others use for it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.rig.partners import RCLONE, Partner, folder_of, node_program

TUS_JS = Partner("tus-js-client", node=("tus-js-client@4.3.1",))

TUS_JS_SCRIPT = """
const tus = require('tus-js-client');
const fs = require('fs');
const [endpoint, path] = process.argv.slice(1);
new tus.Upload(fs.createReadStream(path), {
  endpoint, uploadSize: fs.statSync(path).size, chunkSize: 64 * 1024 * 1024, retryDelays: null,
  onError: error => { console.error(String(error)); process.exit(1); },
}).start();
"""


@dataclass(frozen=True)
class Sender:
    """``words``: its command, in which ``URL`` and ``FILE`` stand for those."""

    name: str
    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, url: str, file: Path) -> list[str]:
        return [word.replace("URL", url).replace("FILE", str(file)) for word in self.words]


def _ours(algorithm: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.benchmarks.delivery.ours", "URL/files/", "FILE", algorithm)


OURS = Sender("this program", _ours("none"))
OURS_CHECKED = Sender("this program, SHA-256 on the way", _ours("sha256"))
CURL = Sender("curl -T", ("curl", "--silent", "--fail", "--output", "/dev/null", "-T", "FILE", "URL/put"))


def tus_js() -> Sender:
    """The newest tus client of npm."""
    environment = {"NODE_PATH": str(folder_of(TUS_JS) / "node_modules")}
    return Sender(TUS_JS.name, (str(node_program()), "-e", TUS_JS_SCRIPT, "URL/files/", "FILE"), environment)


def rclone() -> Sender:
    """To S3, in one request, without asking before and after."""
    options = {
        "config": "",
        "retries": "1",
        "s3-provider": "Other",
        "s3-endpoint": "URL",
        "s3-access-key-id": "access",
        "s3-secret-access-key": "secret",
        "s3-upload-cutoff": "5Gi",
        "multi-thread-cutoff": "100Gi",
    }
    flags = ("--no-check-dest", "--s3-no-head", "--s3-no-check-bucket", "--s3-use-unsigned-payload=true")
    named = [word for name, value in options.items() for word in (f"--{name}", value)]
    program = str(folder_of(RCLONE) / "bin" / "rclone")
    return Sender("rclone to S3", (program, "copyto", "FILE", ":s3:bucket/file", *flags, *named))
