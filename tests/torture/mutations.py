"""Manifests and journals with whatever a bad disk, a bad editor or a bad program may make of them."""

import json
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from capture.errors import CaptureError, ManifestError
from capture.joining import restore
from capture.journal import JOURNAL_NAME
from capture.manifest import MANIFEST_NAME, read_manifest
from capture.media import FILES, sha256
from capture.recording import RecordingStatus
from capture.unfinished import is_finished
from tests.capture.worker_process import running_worker, spec_of
from tests.torture.score import Trial
from tests.torture.stage import Stage

RECORDED_S = 2.0
DEFINED = {
    RecordingStatus.RECORDING,
    RecordingStatus.COMPLETE,
    RecordingStatus.INTERRUPTED,
    RecordingStatus.FAILED,
}
STRANGE: Sequence[Any] = (
    None,
    True,
    -1,
    0,
    2**70,
    1e308,
    "",
    "🎥" * 50,
    "../../..",
    [],
    {},
    [[[]]],
    {"type": "started"},
)

Mutation = Callable[[bytes, random.Random], bytes]


def mutate_documents(stage: Stage, chance: random.Random, folder: Path) -> Trial:
    """One or both of them, each by one or more mutations; the sound and the picture are as a kill left them."""
    directory = Path(shutil.copytree(_killed(stage), folder / "recording"))
    for name in chance.sample([MANIFEST_NAME, JOURNAL_NAME], chance.randint(1, 2)):
        data = (directory / name).read_bytes()
        for _ in range(chance.randint(1, 3)):
            data = chance.choice(MUTATIONS)(data, chance)
        (directory / name).write_bytes(data)
    before = {path: sha256(directory / path) for path, _ in FILES if (directory / path).exists()}
    problems = [] if (told := _recovered(directory)) is None else [told]
    problems += [f"{path} is gone" for path in before if not (directory / path).exists()]
    again = _recovered(directory)
    if again != told:
        problems.append(f"the second time it says {again}")
    if not problems:
        shutil.rmtree(folder)
    return Trial(tuple(problems))


def _recovered(directory: Path) -> str | None:
    """What is wrong with the outcome. A refusal in words is none, as long as all is left as it was."""
    before = _contents(directory)
    try:
        manifest = restore(directory)
    except CaptureError as error:
        changed = _contents(directory).keys() != before.keys()
        return f"{error.code} was said, and the folder changed" if changed and not _was_put_aside(directory) else None
    if manifest.status.code not in DEFINED:
        return f"its status is {manifest.status.code}"
    try:
        if is_finished(directory) and read_manifest(directory).status.code not in DEFINED:
            return "what is on the disk has no defined status"
    except ManifestError as error:
        return f"what is on the disk cannot be read: {error}"
    return None


def _contents(directory: Path) -> dict[str, int]:
    return {str(path.relative_to(directory)): path.stat().st_size for path in directory.rglob("*") if path.is_file()}


def _was_put_aside(directory: Path) -> bool:
    return any(directory.glob("recording.broken*.json"))


def _killed(stage: Stage) -> Path:
    """A recording whose worker was killed; made once, on the test signal."""
    directory = stage.folder / "killed"
    with stage.once:
        if not directory.exists():
            with running_worker() as worker:
                worker.start(spec_of(directory))
                worker.record_until(RECORDED_S)
                worker.process.kill()
                worker.close()
    return directory


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _zeros(data: bytes, chance: random.Random) -> bytes:
    """As some file systems leave behind."""
    first = chance.randrange(len(data) + 1)
    return data[:first] + bytes(len(data) - first)


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.choice((chance.shuffle, lambda each: each.extend(each[:5]), lambda each: each.pop()))(lines)
    return b"\n".join(lines)


def _values(data: bytes, chance: random.Random) -> bytes:
    """Something else somewhere in one of the documents."""
    lines = data.split(b"\n") if chance.random() < 1 / 2 else [data]
    at = chance.randrange(len(lines))
    try:
        document = json.loads(lines[at])
    except ValueError:
        return _flip(data, chance)
    lines[at] = json.dumps(_changed(document, chance)).encode()
    return b"\n".join(lines)


def _changed(node: Any, chance: random.Random) -> Any:  # noqa: ANN401 - a JSON document has no better type
    if chance.random() < 1 / 4 or not isinstance(node, dict | list) or not node:
        return chance.choice(STRANGE)
    if isinstance(node, list):
        at = chance.randrange(len(node))
        return [*node[:at], _changed(node[at], chance), *node[at + 1 :]]
    key = chance.choice(sorted(node))
    if chance.random() < 1 / 4:
        return {name: value for name, value in node.items() if name != key}
    return {**node, key: _changed(node[key], chance)}


MUTATIONS: Sequence[Mutation] = (_flip, _cut, _zeros, _lines, _values, _values, _values)
