"""The key, and the list of recordings, in a real browser."""

from pathlib import Path
from uuid import uuid4

from tests.uploader.rig import open_upload
from tests.uploader.viewer.conftest import Library, Meetings
from tests.uploader.viewer.devtools import Browser, Page
from tests.uploader.viewer.meeting import TITLE, make_meeting
from uploader.backend.tables import Recording, ResourceStatus

KEPT = "JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])"
ITEMS = "document.querySelectorAll('.recordings li').length"


def titles(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.recordings .title')].map(each => each.textContent)"
    )
    return found


def look_for(page: Page, words: str) -> None:
    page.press("/")
    page.evaluate("document.activeElement.select()")
    page.type(words)


def test_the_key_is_asked_for_once_and_kept_for_the_tab_alone(meetings: Meetings, chromium: Browser) -> None:
    library = meetings.library
    with chromium.page(library.service.url) as page:
        page.wait_for("API key")
        assert page.evaluate("document.activeElement.id") == "key"
        page.type("wrong key")
        page.press("Enter")
        page.wait_for("The server refused this key")
        assert page.evaluate("document.activeElement.id") == "key"
        assert all("401" in complaint for complaint in page.complaints())
        page.type(library.key)
        page.press("Enter")
        page.wait_for(TITLE)
        assert page.evaluate(KEPT) == f'[{{"afterword.key":"{library.key}"}},{{}},""]'
        page.call("Page.reload")
        page.wait_for(TITLE)
        page.click("#leave")
        page.wait_for("The key is forgotten")
        assert page.evaluate(KEPT) == '[{},{},""]'


def test_a_key_in_the_fragment_leaves_the_address_at_once(meetings: Meetings) -> None:
    library = meetings.library
    with library.opened() as page:
        page.wait_for(TITLE)
        assert page.evaluate("location.href") == f"{library.service.url}/#/"
        history = page.call("Page.getNavigationHistory")["entries"]
        assert not any(library.key in entry["url"] for entry in history)
        asked = [event["request"]["url"] for event in page.events("Network.requestWillBeSent")]
        assert len(asked) > 10
        assert not any(library.key in url for url in asked)


def test_titles_dates_states_and_pictures(meetings: Meetings) -> None:
    with meetings.library.opened() as page:
        page.until(f"{ITEMS} === 3")
        assert titles(page)[::2] == ["ישיבת צוות שבועית", TITLE]
        assert "long title and a long title" in titles(page)[1]
        page.until("document.querySelectorAll('[data-state=shown]').length === 1")
        bright = "[...canvas.getContext('2d').getImageData(0, 72, 256, 1).data].filter((_, place) => place % 4 === 1)"
        row = page.evaluate(f"(canvas => {bright})(document.querySelector('[data-state=shown]'))")
        assert all(value > 240 for value in row[26:33])
        assert sum(row[60:]) / 196 < 150
        assert "VideoSoundTranscriptParticipants" in page.text(".recordings li:last-child")


def test_dates_are_told_in_the_zone_of_whoever_looks(meetings: Meetings) -> None:
    with meetings.library.opened() as page:
        page.until(f"{ITEMS} === 3")
        here = page.evaluate("document.querySelector('.recordings time').textContent")
        page.call("Emulation.setTimezoneOverride", timezoneId="Asia/Tokyo")
        page.call("Page.reload")
        page.until(f"{ITEMS} === 3")
        there = page.evaluate("document.querySelector('.recordings time').textContent")
        assert there != here
        assert "6:00" in there


def test_search_by_title_people_and_what_was_said(meetings: Meetings) -> None:
    with meetings.library.opened() as page:
        page.until(f"{ITEMS} === 3")
        look_for(page, "sound alone")
        page.until(f"{ITEMS} === 1")
        assert page.evaluate("document.activeElement.id") == "search"
        look_for(page, 'יעל "lunch. fine"')
        page.wait_for("Nothing was found")
        page.evaluate("document.activeElement.select()")
        page.type('יעל "ZÜRICH. then we"')
        page.until(f"{ITEMS} === 3")
        page.click(".recordings a", TITLE)
        page.until("document.querySelectorAll('.found').length > 0")
        assert "q=" in page.evaluate("location.hash")
        assert "Zürich." in page.evaluate("[...document.querySelectorAll('.found')].map(each => each.textContent)")
        page.evaluate("history.back()")
        page.until(f"{ITEMS} === 3")
        assert page.evaluate("document.activeElement.textContent") == TITLE


def test_thousands_come_page_by_page(library: Library) -> None:
    workspace = library.service.backend.access.workspace(f"Token {library.key}")
    with library.service.backend.store.transaction() as transaction:
        for number in range(120):
            at = f"2026-11-01T09:{number // 60:02}:{number % 60:02}.000000Z"
            transaction.add(
                Recording(
                    str(uuid4()), workspace, at, at, None, 0, ResourceStatus.DONE, None, at, {"title": f"No {number}"}
                )
            )
    with library.opened() as page:
        page.until(f"{ITEMS} === 50")
        assert titles(page)[0] == "No 119"
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.until(f"{ITEMS} === 100")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.until(f"{ITEMS} === 120")
        assert len(set(titles(page))) == 120
        page.click(".recordings a", "No 30")
        page.wait_for("There is no sound and no picture to play.")
        page.evaluate("history.back()")
        page.until(f"{ITEMS} === 120")
        assert page.evaluate("document.activeElement.textContent") == "No 30"
        assert page.evaluate("scrollY") > 2000


def test_an_empty_library_says_what_to_do_and_shows_what_comes(library: Library, tmp_path: Path) -> None:
    with library.opened() as page:
        page.wait_for("No recordings yet")
        assert f"afterword key {library.service.url}" in page.text()
        with library.service.client(library.key) as client:
            open_upload(client, recording_config={"metadata": {"title": "Under way"}})
        library.add(make_meeting(tmp_path, [], "It came"))
        page.click("button", "Look again")
        page.until(f"{ITEMS} === 2")
        assert titles(page) == ["It came", "Under way"]
        assert "in the making" in page.text(".recordings li:last-child")
        page.evaluate("document.querySelector('#status').value = 'done'")
        page.evaluate("document.querySelector('#status').dispatchEvent(new Event('change'))")
        page.until(f"{ITEMS} === 1")


def test_a_server_that_is_gone_is_told_in_words(meetings: Meetings) -> None:
    with meetings.library.opened() as page:
        page.until(f"{ITEMS} === 3")
        page.call(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )
        look_for(page, "anything")
        page.wait_for("The server does not answer")
        page.call(
            "Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )
        page.click("button", "Try again")
        page.wait_for("Nothing was found")
        assert all("ERR_INTERNET_DISCONNECTED" in complaint for complaint in page.complaints())
