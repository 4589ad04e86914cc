"""Models that are downloaded from a hub of the tests, which breaks off, lies, and is away."""

import hashlib
import io
import json
import random
import threading
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.paths import find_paths
from app.speech_models import model_for, model_store
from capture.errors import DiskFull, ModelBusy, ModelDamaged, ModelUnavailable, UnknownModel
from capture.transcription.choice import EngineName
from capture.transcription.models import download
from capture.transcription.models.catalogue import known_models, read_models
from capture.transcription.models.progress import ModelProgress
from capture.transcription.models.source import Source
from capture.transcription.models.store import ModelState, ModelStore
from tests.capture.transcription.hub import REPOSITORY, REVISION, Hub, begins, catalogue, hub, named
from tests.capture.transcription.provider import Answer
from tests.fakes.full_disk import no_room_beyond

FILES: Mapping[str, bytes] = {
    "model.bin": random.Random(1).randbytes(300_000),
    "config.json": b'{"small": true}',
    "deeper/words.txt": b"one two three",
}
NEVER = threading.Event()


def store(there: Hub, folder: Path, text: str | None = None, waits_s: tuple[float, ...] = ()) -> ModelStore:
    return ModelStore(folder, read_models(named(FILES) if text is None else text), Source(there.url, 20.0, waits_s))


def held(path: Path) -> Mapping[str, bytes]:
    return {
        each.relative_to(path).as_posix(): each.read_bytes()
        for each in path.rglob("*")
        if each.is_file() and each.name != "origin.json"
    }


def promises(path: Path) -> set[str]:
    return {file["promise"] for file in json.loads((path / "origin.json").read_bytes())["files"]}


def test_a_model_comes_whole_and_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[ModelProgress] = []
    with hub(FILES) as there:
        models = store(there, tmp_path)
        assert [each.state for each in models.all()] == [ModelState.ABSENT]
        path = models.download("tiny", told.append, NEVER)
        assert path is not None
        assert held(path) == FILES
        assert promises(path) == {"catalogue"}
        assert models.download("tiny", told.append, NEVER) == path
        assert len(there.ranges) == len(FILES), "what was there was fetched again"
    total = sum(map(len, FILES.values()))
    assert (told[0], told[-1]) == (ModelProgress(0, total), ModelProgress(total, total))
    assert [each.done_bytes for each in told] == sorted(each.done_bytes for each in told)
    (listed,) = models.of(EngineName.FASTER_WHISPER)
    assert (listed.state, listed.path) == (ModelState.PRESENT, path)
    models.remove("tiny")
    assert (models.path("tiny"), path.exists()) == (None, False)


def test_what_the_catalogue_does_not_know_its_server_promises(tmp_path: Path) -> None:
    for number, text in enumerate((catalogue("files = []"), catalogue('files = [{path = "model.bin"}]'))):
        with hub({".gitattributes": b"nobody's", **FILES}) as there:
            path = store(there, tmp_path / str(number), text).download("tiny", lambda _: None, NEVER)
        assert path is not None
        assert held(path) == (FILES if number == 0 else {"model.bin": FILES["model.bin"]})
        assert promises(path) == {"server"}


@pytest.mark.parametrize("ignores_ranges", [False, True])
def test_a_connection_that_breaks_is_gone_on_with(tmp_path: Path, *, ignores_ranges: bool) -> None:
    with hub(FILES) as there:
        there.ignores_ranges = ignores_ranges
        there.troubles = [100_000, Answer(503), 50_000]
        path = store(there, tmp_path, waits_s=(0.0, 0.0, 0.0)).download("tiny", lambda _: None, NEVER)
        assert path is not None
        assert held(path) == FILES
        assert begins(there.ranges)[:4] == [0, 100_000, 100_000, 50_000 if ignores_ranges else 150_000]


def test_who_gives_up_goes_on_another_day(tmp_path: Path) -> None:
    told: list[ModelProgress] = []
    with hub(FILES) as there:
        there.troubles = [200_000]
        models = store(there, tmp_path)
        with pytest.raises(ModelUnavailable):
            models.download("tiny", told.append, NEVER)
        assert [each.state for each in models.all()] == [ModelState.PARTIAL]
        told.clear()
        assert models.download("tiny", told.append, NEVER) is not None
        assert begins(there.ranges)[:2] == [0, 200_000]
    assert told[0].done_bytes == 200_000


def test_a_stop_keeps_what_came(tmp_path: Path) -> None:
    stop = threading.Event()

    def watch(progress: ModelProgress) -> None:
        if progress.done_bytes:
            stop.set()

    with hub(FILES) as there:
        models = store(there, tmp_path)
        assert models.download("tiny", watch, stop) is None
        assert [each.state for each in models.all()] == [ModelState.PARTIAL]
        assert models.download("tiny", lambda _: None, NEVER) is not None
        assert begins(there.ranges)[1] > 0


@pytest.mark.parametrize(
    ("file", "text"),
    [("model.bin", named(FILES)), ("model.bin", catalogue("files = []")), ("config.json", catalogue("files = []"))],
    ids=["by the catalogue", "large, by its server", "small, by its server"],
)
def test_what_is_not_as_promised_is_not_kept(tmp_path: Path, file: str, text: str) -> None:
    with hub(FILES) as there:
        there.sends = {file: bytes(reversed(FILES[file]))}
        models = store(there, tmp_path, text)
        with pytest.raises(ModelDamaged):
            models.download("tiny", lambda _: None, NEVER)
        assert [each.state for each in models.all()] == [ModelState.PARTIAL]
        there.sends = {}
        path = models.download("tiny", lambda _: None, NEVER)
    assert path is not None
    assert held(path) == FILES


def test_a_full_disk_is_told_and_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub(FILES) as there:
        models = store(there, tmp_path)
        with no_room_beyond(120_000), pytest.raises(DiskFull):
            models.download("tiny", lambda _: None, NEVER)
        assert models.download("tiny", lambda _: None, NEVER) is not None
        assert begins(there.ranges)[1] == 120_000
        models.remove("tiny")
        monkeypatch.setattr(download, "free_bytes", lambda _: 1_000_000)
        asked = len(there.ranges)
        with pytest.raises(DiskFull) as caught:
            models.download("tiny", lambda _: None, NEVER)
    assert int(caught.value.data["needed_bytes"]) > sum(map(len, FILES.values()))
    assert len(there.ranges) == asked, "it was fetched all the same"


REFUSALS: Mapping[str, Answer] = {
    "not there": Answer(404),
    "for others": Answer(401),
    "no list": Answer(body=b"<html>"),
    "odd list": Answer(body=b'[{"type": "file"}]'),
    "leads out": Answer(body=json.dumps([{"type": "file", "path": "../../out", "size": 3, "oid": "0"}]).encode()),
    "empty": Answer(body=b"[]"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_server_that_does_not_give_it(tmp_path: Path, refusal: str) -> None:
    with hub(FILES) as there:
        there.refusal = REFUSALS[refusal]
        with pytest.raises(ModelUnavailable):
            store(there, tmp_path / "models", catalogue("files = []")).download("tiny", lambda _: None, NEVER)
    assert not (tmp_path / "out").exists()


def archive(*paths: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        for path in paths:
            writer.writestr(path, path)
    return packed.getvalue()


def test_an_archive_is_unpacked_and_nothing_beside_it(tmp_path: Path) -> None:
    for number, paths in enumerate((("speech/am/final.mdl", "speech/conf"), ("../out", "speech/conf"))):
        files = {"speech.zip": archive(*paths)}
        with hub(files) as there:
            text = named(files).replace(
                f'hub = "{REPOSITORY}"', f'archive = "{there.url}/cdn/speech.zip"\nopens = "speech"'
            )
            assert REVISION in text
            models = store(there, tmp_path / str(number), text)
            if number == 0:
                path = models.download("tiny", lambda _: None, NEVER)
                assert path == tmp_path / "0" / "tiny" / "speech"
                assert held(path.parent) == {each: each.encode() for each in paths}
            else:
                with pytest.raises(ModelDamaged):
                    models.download("tiny", lambda _: None, NEVER)
    assert not list(tmp_path.rglob("out"))


def test_one_at_a_time(tmp_path: Path) -> None:
    caught: list[str] = []
    with hub(FILES) as there:
        models = store(there, tmp_path)

        def watch(_: ModelProgress) -> None:
            with pytest.raises(ModelBusy) as busy:
                models.remove("tiny")
            caught.append(busy.value.data["model"])

        assert models.download("tiny", watch, NEVER) is not None
    assert set(caught) == {"tiny"}
    with pytest.raises(UnknownModel):
        models.download("none", lambda _: None, NEVER)


def test_what_was_downloaded_is_found_by_its_name_or_without_one(tmp_path: Path) -> None:
    paths = find_paths(tmp_path)
    assert model_for(EngineName.FASTER_WHISPER, None, paths) is None
    assert model_for(EngineName.FASTER_WHISPER, "small", paths) == "small"
    place = tmp_path / "data/speech_models/ggml-tiny"
    place.mkdir(parents=True)
    assert model_store(paths).path("ggml-tiny") == place / "ggml-tiny.bin"
    for name in (None, "ggml-tiny"):
        assert model_for(EngineName.WHISPER_CPP, name, paths) == str(place / "ggml-tiny.bin")


def test_the_verbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> tuple[int, Any]:
        status = run(["--basedir", str(tmp_path), "models", *words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    status, document = said("list")
    assert (status, {each["state"] for each in document["models"]}) == (0, {"absent"})
    assert {each["name"] for each in document["models"]} == set(known_models())
    with hub(FILES) as there:
        monkeypatch.setenv("HF_ENDPOINT", there.url)
        status, document = said("download", "ggml-tiny")
        assert (status, document["error"]["code"]) == (1, "model_unavailable"), "that hub has no such repository"
    assert said("remove", "ggml-tiny") == (0, {"removed": "ggml-tiny"})
    status, document = said("download", "nothing")
    assert (status, document["error"]["code"]) == (3, "unknown_model")


def test_the_catalogue_makes_sense() -> None:
    models = known_models().values()
    assert {model.engine for model in models} == set(EngineName) - {
        *(EngineName.POCKETSPHINX, EngineName.OPENAI, EngineName.DEEPGRAM, EngineName.ASSEMBLY_AI)
    }
    for model in models:
        assert (model.hub is None) != (model.archive is None), model.name
        assert model.archive is None or model.bytes is not None, model.name
        for file in model.files:
            assert file.sha256 is None or len(bytes.fromhex(file.sha256)) == hashlib.sha256().digest_size
