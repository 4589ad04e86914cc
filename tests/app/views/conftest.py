from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.views.rig import Stage, stage
from tests.rig.library import Films


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Films:
    return Films(tmp_path_factory.mktemp("films"))


@pytest.fixture
def scene(basedir: Path, films: Films, qapp: object) -> Iterator[Stage]:
    assert qapp is not None
    with stage(basedir, films) as made:
        yield made
