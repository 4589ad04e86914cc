"""One recording in a real browser: played, sought, read, deleted."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.uploader.rig import FakeWallClock, served
from tests.uploader.viewer.conftest import Library, Meetings
from tests.uploader.viewer.devtools import Browser, Page
from tests.uploader.viewer.meeting import HEIGHT_PX, LENGTH_S, SPEED_PX_PER_S, TITLE, WIDTH_PX, make_meeting

MEDIUM = "document.querySelector('video, audio')"
BRIGHT_COLUMNS = f"""(() => {{
  const canvas = new OffscreenCanvas({WIDTH_PX}, {HEIGHT_PX});
  const context = canvas.getContext("2d");
  context.drawImage({MEDIUM}, 0, 0);
  const {{ data }} = context.getImageData(0, 0, {WIDTH_PX}, {HEIGHT_PX});
  const columns = new Array({WIDTH_PX}).fill(0);
  data.forEach((value, place) => {{ if (place % 4 === 1) columns[(place >> 2) % {WIDTH_PX}] += value / {HEIGHT_PX}; }});
  return columns.flatMap((mean, x) => mean > 230 ? [x] : []);
}})()"""


def time_of(page: Page) -> float:
    return float(page.evaluate(f"{MEDIUM}.currentTime"))


def is_at(page: Page, seconds: float) -> None:
    """The player is there, and shows the picture of that moment."""
    page.until(f"!!{MEDIUM}")
    page.until(f"!{MEDIUM}.seeking && {MEDIUM}.readyState > 1 && Math.abs({MEDIUM}.currentTime - {seconds}) < 0.3")
    marker_px = page.until(f"(found => found.length && found)({BRIGHT_COLUMNS})")
    assert marker_px[0] == pytest.approx(time_of(page) * SPEED_PX_PER_S, abs=2)


def test_it_plays_with_sound(plan: Page) -> None:
    assert plan.evaluate("document.title") == f"{TITLE} · Afterword"
    assert "40 s" in plan.text(".hint")
    plan.click("button", "Play")
    plan.until(f"{MEDIUM}.currentTime > 0.5")
    assert plan.evaluate(f"{MEDIUM}.webkitAudioDecodedByteCount") > 1000
    plan.click("button", "Pause")
    plan.until(f"{MEDIUM}.paused")
    plan.wait_for("Play", ".controls .strong")


def test_seeking_fetches_that_part_of_the_file_alone(plan: Page) -> None:
    plan.click("[data-word]", "signature")
    is_at(plan, 1 + 10 * 3 + 4 * 2.5 / 7)
    plan.click(".speaker .track", across=0.25)
    is_at(plan, LENGTH_S / 4)
    plan.click(".mark")
    is_at(plan, 15)
    plan.click(".happenings .stamp", "0:12")
    is_at(plan, 12)
    answers = [event["response"] for event in plan.events("Network.responseReceived") if event["type"] == "Media"]
    assert {answer["status"] for answer in answers} == {206}
    starts = {httpx.Headers(answer["headers"])["content-range"].split("-")[0] for answer in answers}
    assert len(starts) > 1


def test_the_transcript_follows_until_it_is_scrolled_and_again_when_asked(plan: Page) -> None:
    plan.evaluate("document.querySelector('.words').style.maxHeight = '180px'")
    assert "<b>today</b>" in plan.text(".words")
    plan.click("button", "Play")
    for _ in range(3):
        plan.press("l")
    plan.until(f"{MEDIUM}.currentTime > 31.2")
    plan.until("document.querySelector('.now')?.innerText.length")
    assert "wait for a signature" in plan.text(".utterance[aria-current]")
    first = plan.evaluate("document.querySelector('.now').dataset.word")
    plan.until(f"document.querySelector('.now').dataset.word > {first}")
    plan.until("document.querySelector('.words').scrollTop > 200")
    plan.evaluate("document.querySelector('.words').dispatchEvent(new WheelEvent('wheel', {bubbles: true}))")
    plan.evaluate("document.querySelector('.words').scrollTop = 0")
    plan.press("j")
    plan.until(f"{MEDIUM}.currentTime < 25")
    assert plan.evaluate("document.querySelector('.words').scrollTop") == 0
    plan.click("button", "Follow")
    plan.until("document.querySelector('.words').scrollTop > 100")


def test_who_speaks_has_one_colour(plan: Page) -> None:
    """Whatever the order of the lanes, which goes by how long each speaks."""
    colours = plan.evaluate("""(() => {
      const of = (selector) => Object.fromEntries(Array.from(document.querySelectorAll(selector),
        (each) => [each.textContent, getComputedStyle(each).color]));
      return [of(".speaker .name"), of(".utterance strong")];
    })()""")
    assert colours[0] == colours[1]
    assert len(set(colours[0].values())) == len(colours[0]) > 1


def test_words_are_found_in_the_transcript(plan: Page) -> None:
    plan.press("/")
    plan.type("two customers")
    plan.wait_for("1 of 2", ".transcript")
    plan.press("Enter")
    plan.wait_for("2 of 2", ".transcript")
    assert plan.evaluate("document.querySelector('.here').textContent") == "two"
    assert plan.text("#announcer") == "2 of 2, at 23 seconds"
    plan.evaluate("document.activeElement.select()")
    plan.type("xylophone")
    plan.wait_for("not said", ".transcript")


def test_keys(plan: Page) -> None:
    plan.press("l")
    is_at(plan, 10)
    plan.press("ArrowRight")
    is_at(plan, 15)
    plan.press("ArrowLeft")
    plan.press("j")
    is_at(plan, 0)
    plan.press("]")
    is_at(plan, 1)
    plan.press("]")
    is_at(plan, 4)
    plan.press("[")
    is_at(plan, 1)
    plan.press(">")
    assert plan.evaluate(f"{MEDIUM}.playbackRate") == 1.25
    plan.press(" ")
    plan.until(f"!{MEDIUM}.paused")
    plan.evaluate(f"{MEDIUM}.focus()")
    plan.press(" ")
    plan.until(f"{MEDIUM}.paused")
    plan.press("k")
    plan.until(f"!{MEDIUM}.paused")
    plan.press("c")
    assert plan.evaluate(f"{MEDIUM}.textTracks[0].mode") == "showing"
    plan.press("?")
    plan.wait_for("Forward 10 seconds", "dialog")
    plan.press("Escape")
    plan.until("!document.querySelector('dialog')")


def test_files_are_downloaded_also_by_addresses_that_expired(plan: Page, sound: Path, tmp_path: Path) -> None:
    link = "[aria-label='Download Sound: MP3']"
    assert plan.downloaded(link, tmp_path).read_bytes() == sound.read_bytes()
    plan.wire.events.clear()
    plan.evaluate("(now => { Date.now = () => now() + 6 * 3600e3; window.trueNow = now; })(Date.now)")
    plan.evaluate(f"document.querySelector({json.dumps(link)}).href = '/gone'")
    assert plan.downloaded(link, tmp_path).read_bytes() == sound.read_bytes()
    plan.evaluate("Date.now = trueNow")


def test_who_speaks_when_and_what_happened(plan: Page) -> None:
    plan.until("document.querySelectorAll('.lanes .label').length === 4")
    lanes = plan.evaluate("[...document.querySelectorAll('.lanes .label')].map(each => each.textContent)")
    assert "יעל כהן" in lanes[0]
    assert "speaks 6 times" in lanes[0]
    assert "Ada Example45 % · 15 s" in lanes[1]
    assert "nothing from the microphone for 1.5 s (device lost)" in lanes[3]
    happened = plan.evaluate("[...document.querySelectorAll('.happenings li')].map(each => each.innerText)")
    assert happened[0].endswith("Ada Example joined")
    assert happened[2].endswith("The figures: see page <i>four</i>")
    assert happened[5] == "0:30Paused here; the pause is cut out"
    assert "400 seen, 3 repeated, 1 lost" in plan.text(".facts")
    assert plan.evaluate("[...document.querySelectorAll('[aria-labelledby=files-title] tbody tr')].length") == 5


@contextmanager
def opened(library: Library, place: str) -> Iterator[Page]:
    """Also where there is no picture."""
    with library.browser.page(f"{library.service.url}/#key={library.key}&recording={place}") as page:
        yield page


def test_sound_alone(meetings: Meetings) -> None:
    with opened(meetings.library, meetings.sound_alone) as page:
        page.until("document.querySelector('audio')?.readyState > 1")
        page.until("document.querySelectorAll('[data-word]').length > 20")
        page.click("[data-word]", "signature")
        page.until(f"Math.abs({MEDIUM}.currentTime - 32.4) < 0.1")
        page.press("k")
        page.until(f"{MEDIUM}.currentTime > 32.8")


BARS = "[...document.querySelectorAll('.sound .track i')].map(bar => bar.getBoundingClientRect().height)"


def test_sound_alone_is_seen(meetings: Meetings) -> None:
    with opened(meetings.library, meetings.sound_alone) as page:
        heights_px = page.until(f"(bars => bars.length > 100 && bars)({BARS})")
        assert max(heights_px) > 40
        assert min(heights_px) < 5
        page.click(".sound .track", across=0.5)
        page.until(f"Math.abs({MEDIUM}.currentTime - {LENGTH_S / 2}) < 0.5")


def test_long_sound_is_heard_in_pieces(library: Library, tmp_path: Path) -> None:
    sound = tmp_path / "audio_mixed.mp3"
    tone = f"sine=440:d={LENGTH_S},volume='if(gt(t,{LENGTH_S / 2}),0.9,0)':eval=frame"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone, "-b:a", "320k", str(sound)]
    subprocess.run(command, check=True, timeout=60)
    place = library.add(make_meeting(tmp_path, [sound]))
    with opened(library, place) as page:
        heights_px = page.until(f"(bars => bars.length === 160 && bars)({BARS})")
        assert max(heights_px[:78]) < 5
        assert min(heights_px[82:158]) > 30
        pieces = page.events("Network.responseReceived")
        assert {each["response"]["status"] for each in pieces if "/download/file/" in each["response"]["url"]} >= {206}


def test_notes_are_changed(meetings: Meetings) -> None:
    library = meetings.library
    with opened(library, meetings.weekly) as page, library.service.client(library.key) as client:
        page.until("document.querySelector('.facts div')")
        page.click("button", "Change notes")
        page.click(".notes input")
        page.type("case")
        page.evaluate("document.querySelectorAll('.notes input')[1].focus()")
        page.type("<b>A-17</b>")
        page.click("dialog button", "Save")
        page.wait_for("<b>A-17</b>", ".facts")
        recording = f"recording/{meetings.weekly}/"
        assert client.get(recording).json()["metadata"] == {"case": "<b>A-17</b>"}
        page.click("button", "Change notes")
        page.click(".notes button", "Remove")
        page.click("dialog button", "Cancel")
        page.until("!document.querySelector('dialog')")
        assert client.get(recording).json()["metadata"] == {"case": "<b>A-17</b>"}
        page.click("button", "Change notes")
        page.click(".notes button", "Remove")
        page.click("dialog button", "Save")
        page.until("!document.querySelector('.facts').innerText.includes('A-17')")
        assert client.get(recording).json()["metadata"] == {}
        assert page.complaints() == []


def test_a_link_to_a_moment(meetings: Meetings) -> None:
    with meetings.library.opened(meetings.plan) as page:
        page.evaluate("location.hash += '?t=21'")
        is_at(page, 21)


def test_deleting_asks_first(library: Library, sound: Path, tmp_path: Path) -> None:
    made = library.add(make_meeting(tmp_path, [sound]))
    with library.opened() as page:
        page.click(".recordings a", TITLE)
        page.click("button", "Delete this recording")
        page.wait_for("leave this server for good", "dialog")
        assert page.evaluate("document.activeElement.textContent") == "Keep it"
        page.press("Enter")
        page.until("!document.querySelector('dialog')")
        page.click("button", "Delete this recording")
        page.click("dialog button", "Delete")
        page.wait_for("No recordings yet")
        assert page.text("#announcer") == "The recording is deleted."
        with library.service.client(library.key) as client:
            assert client.get(f"recording/{made}/").json()["status"]["code"] == "deleted"
        page.evaluate("history.back()")
        page.wait_for("This recording was deleted")


def test_what_cannot_be_shown_is_told_and_keeps_nothing_back(library: Library, sound: Path, tmp_path: Path) -> None:
    directory = make_meeting(tmp_path, [sound])
    made = library.add(directory)
    with library.service.client(library.key) as client:
        shortcuts = client.get(f"recording/{made}/").json()["media_shortcuts"]
    file = shortcuts["transcript"]["data"]["download_url"].split("/file/")[1].split("/")[0]
    (library.service.backend.data / "blobs" / file[:2] / file).unlink()
    with library.opened() as page:
        page.click(".recordings a", TITLE)
        page.wait_for("The server failed (file_damaged). Its log tells why.")
        page.wait_for("Ada Example joined")
        page.until("document.querySelector('audio')?.readyState > 1")
        page.evaluate("location.hash = '#/recording/not-there'")
        page.wait_for("This is not here, or not any more.")
        assert all("status of" in complaint for complaint in page.complaints())


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock()


def test_an_address_that_expired_is_renewed_while_it_plays(
    chromium: Browser, movie: Path, tmp_path: Path, clock: FakeWallClock
) -> None:
    with served(tmp_path / "backend", now_s=clock) as service:
        library = Library(service, service.backend.api_key, chromium)
        made = library.add(make_meeting(tmp_path, [movie]))
        with library.opened(made) as page:
            page.press("k")
            page.until(f"{MEDIUM}.currentTime > 0.2")
            before = page.evaluate(f"{MEDIUM}.src")
            clock.now_s += 6 * 3600
            page.click(".happenings .stamp", "0:38")
            page.until(f"{MEDIUM}.src !== {before!r} && {MEDIUM}.currentTime > 38.2 && !{MEDIUM}.paused")
            assert any("403" in complaint for complaint in page.complaints())
