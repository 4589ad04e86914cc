"""For everybody: screen readers, both colour schemes, narrow windows; judged by axe, which others wrote."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.rig.partners import Partner, folder_of
from tests.uploader.viewer.conftest import Library, Meetings
from tests.uploader.viewer.devtools import Browser, Page

AXE = Partner("axe-core", node=("axe-core@4.14.1",))
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast",)
SHIFT = 8
WITHIN = "document.scrollingElement.scrollWidth <= innerWidth"

pytestmark = pytest.mark.timeout(400)  # the first use installs axe


@pytest.fixture(scope="module")
def axe() -> str:
    return (folder_of(AXE) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def faults(page: Page, axe: str, within: str = "html", rules: Sequence[str] = RULES) -> list[str]:
    """Whatever breaks a rule there, in a few words. What cannot be decided is no fault."""
    page.call("Page.setBypassCSP", enabled=True)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe)
    options = {"resultTypes": ["violations"], "runOnly": list(rules)}
    asked = f"axe.run({json.dumps(within)}, {json.dumps(options)}).then(each => each.violations)"
    found: list[dict[str, Any]] = page.evaluate(asked)
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.fixture
def narrow(meetings: Meetings) -> Iterator[Page]:
    with meetings.library.opened(meetings.plan, width_px=360, height_px=740) as page:
        page.wait_for("Mark: Decision")
        yield page


def test_axe_is_able_to_find_faults(chromium: Browser, axe: str) -> None:
    with chromium.page("data:text/html,<title>x</title><img src=x><input>") as page:
        page.complaints()
        assert {fault.split(":")[0] for fault in faults(page, axe)} >= {"html-has-lang", "image-alt", "label"}


def test_the_list_and_its_search(meetings: Meetings, axe: str) -> None:
    with meetings.library.opened() as page:
        page.wait_for("3 recordings")
        assert faults(page, axe) == []
        page.prefer(prefers_color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 21, 18)"
        assert faults(page, axe, rules=CONTRAST) == []
        page.click("#leave")
        page.wait_for("API key", "label")
        assert faults(page, axe) == []


def test_a_recording_in_both_schemes_with_dialogs_and_narrow(narrow: Page, axe: str) -> None:
    page = narrow
    assert page.evaluate(WITHIN)
    assert faults(page, axe) == []
    page.resize(1200, 900)
    page.prefer(prefers_color_scheme="dark")
    assert faults(page, axe, rules=CONTRAST) == []
    page.press("?")
    assert faults(page, axe, within="dialog") == []
    page.press("Escape")
    page.click("button", "Delete this recording")
    assert faults(page, axe, within="dialog") == []


def test_nothing_is_wider_than_a_phone(meetings: Meetings, library: Library) -> None:
    with meetings.library.opened(width_px=320, height_px=640) as page:
        page.wait_for("3 recordings")
        assert page.evaluate(WITHIN)
        page.evaluate("location.hash = '#/deliveries'")
        page.wait_for("No webhook was told anything.")
        assert page.evaluate(WITHIN)
    with library.opened(width_px=320, height_px=640) as page:
        assert page.evaluate(WITHIN)


def test_whoever_has_only_a_keyboard_gets_everywhere(meetings: Meetings) -> None:
    with meetings.library.opened() as page:
        page.wait_for("3 recordings")
        seen = []
        for _ in range(10):
            page.press("Tab")
            seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
        assert seen[:3] == ["search", "status", "ישיבת צוות שבועית"]
        assert "Quarterly plan" in seen
        while page.evaluate("document.activeElement.textContent") != "Quarterly plan":
            page.press("Tab", modifiers=SHIFT)
        page.press("Enter")
        page.until("document.activeElement.tagName === 'H1' && document.activeElement.textContent === 'Quarterly plan'")


def test_what_moves_can_be_still(narrow: Page) -> None:
    narrow.prefer(prefers_reduced_motion="reduce")
    narrow.evaluate("""document.querySelector(".words").scrollTo = ({behavior}) => window.how = behavior""")
    narrow.press("l")
    narrow.press("l")
    narrow.press("l")
    assert narrow.until("window.how") == "instant"
