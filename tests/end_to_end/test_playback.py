"""A real browser plays the movie, fetched from the backend by its download URL."""

import http.server
import queue
import subprocess
import threading
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.end_to_end.afterword import afterword, serving
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop

PAGE = """<!doctype html><video muted autoplay src="{movie}"></video><script>
const video = document.querySelector("video");
const tell = text => fetch("/seen?" + new URLSearchParams({{text}}));
video.onerror = () => tell("error " + video.error.message);
video.ontimeupdate = () => {{
  if (video.currentTime > 1) tell(`played ${{video.videoWidth}}x${{video.videoHeight}} ${{video.duration.toFixed(1)}}`);
}};
</script>"""

CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
LIMIT_S = 40


class Witness(http.server.BaseHTTPRequestHandler):
    """Serves the page, and hears from it what the browser does."""

    page: ClassVar[bytes] = b""
    seen: ClassVar["queue.SimpleQueue[str]"] = queue.SimpleQueue()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/seen":
            self.seen.put(parse_qs(address.query)["text"][0])
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page if address.path == "/" else b"")

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_chromium_plays_the_recording(desktop: Desktop, tmp_path: Path, basedir: Path) -> None:
    with showing(Mode.SLIDES, desktop.environment):
        done = afterword(desktop.environment, "--basedir", basedir, "record", "--duration", "3")
    assert done.exit_status == 0, done.words
    with serving(desktop.environment, basedir) as backend:
        answer = httpx.get(
            f"{backend.url}/api/v1/recording/{done.document['id']}/",
            headers={"Authorization": f"Token {backend.api_key}"},
        )
        movie = answer.raise_for_status().json()["media_shortcuts"]["video_mixed"]["data"]["download_url"]
        act, size, length_s = played(movie, tmp_path / "profile").split()
        assert (act, size) == ("played", "1280x720")
        assert float(length_s) == pytest.approx(3, abs=0.2)


def played(movie: str, profile: Path) -> str:
    """What the browser says of it first."""
    Witness.page = PAGE.format(movie=movie).encode()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Witness) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = f"http://127.0.0.1:{server.server_port}/"
        command = (*CHROMIUM, f"--user-data-dir={profile}", "--remote-debugging-port=0", page)
        browser = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            return Witness.seen.get(timeout=LIMIT_S)
        except queue.Empty:
            pytest.fail("the browser said nothing")
        finally:
            browser.kill()
            browser.wait()
            server.shutdown()
