from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.uploader.rig import Service, upload_recording
from tests.uploader.viewer.devtools import Browser, Page, browser
from tests.uploader.viewer.meeting import TITLE, make_meeting, make_movie, make_sound

AS_IT_WAS = """new Promise(resolve => {
  const medium = document.querySelector("video");
  medium.pause();
  medium.playbackRate = 1;
  document.activeElement.blur();
  document.querySelector(".follow").click();
  if (medium.currentTime === 0) resolve();
  medium.onseeked = () => { medium.onseeked = null; resolve(); };
  medium.currentTime = 0;
})"""


@dataclass(frozen=True)
class Library:
    """A workspace of a served backend, as somebody with its key sees it."""

    service: Service
    key: str
    browser: Browser

    @contextmanager
    def opened(self, place: str = "", **size_px: int) -> Iterator[Page]:
        """``place``: a recording's id. The list is there, or the recording's transcript, when this is entered."""
        recording = f"&recording={place}" if place else ""
        with self.browser.page(f"{self.service.url}/#key={self.key}{recording}", **size_px) as page:
            page.until("document.querySelector('.recordings li, .empty, [data-word]')")
            if place:
                page.until("document.querySelector('[data-word]') && document.querySelector('video').readyState > 1")
            yield page

    def add(self, directory: Path) -> str:
        with self.service.client(self.key) as client:
            upload_recording(self.service, client, directory)
        return directory.name


@pytest.fixture(scope="package")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture(scope="package")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sound(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="package")
def movie(tmp_path_factory: pytest.TempPathFactory, sound: Path) -> Path:
    return make_movie(tmp_path_factory.mktemp("movie"), sound)


@pytest.fixture
def library(service: Service, chromium: Browser) -> Library:
    """An empty one."""
    return Library(service, service.new_key(), chromium)


@pytest.fixture(scope="package")
def meetings(
    service: Service, chromium: Browser, movie: Path, sound: Path, tmp_path_factory: pytest.TempPathFactory
) -> "Meetings":
    """Three, for tests that leave them as they are."""
    folder = tmp_path_factory.mktemp("recordings")
    library = Library(service, service.new_key(), chromium)
    return Meetings(
        library,
        plan=library.add(make_meeting(folder, [movie, sound], TITLE)),
        sound_alone=library.add(make_meeting(folder, [sound], "Sound alone, " + "and a long title " * 12)),
        weekly=library.add(make_meeting(folder, [], "ישיבת צוות שבועית")),
    )


@pytest.fixture(scope="module")
def open_plan(meetings: "Meetings") -> Iterator[Page]:
    with meetings.library.opened(meetings.plan) as page:
        page.wait_for("Mark: Decision")
        yield page


@pytest.fixture
def plan(open_plan: Page) -> Iterator[Page]:
    """The page of that recording, which tests share: to load it takes longer than most of them."""
    yield open_plan
    assert open_plan.complaints() == []
    open_plan.evaluate(AS_IT_WAS)


@dataclass(frozen=True)
class Meetings:
    library: Library
    plan: str
    sound_alone: str
    weekly: str
