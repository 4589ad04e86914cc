"""A browser with a page like that of a meeting, on a private screen."""

import contextlib
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.rig.sound import end

PAGE = """\
<!doctype html><title>Meet - abc-defg-hij</title>
<main><div class="dkjMxf kssMZb"><span>Bob</span></div><div class="dkjMxf"><span>Dan</span></div></main>
<aside aria-label="Side panel"><h2>People</h2>
<div role="list" aria-label="1 raised hand"><div role="listitem" aria-label="Nobody">Nobody</div></div>
<div role="list" aria-label="Participants">
<div role="listitem" aria-label="Ada Example"><span>Ada Example</span> <span>Meeting host</span></div>
<div role="listitem" aria-label="Bob"><span>Bob</span></div>
<div role="listitem" aria-label="Cleo"><span>Cleo</span> <span>(You)</span>
<button disabled>You can't unmute someone else</button></div>
<div role="listitem" aria-label="Dan"><span>Dan</span> <span>Presentation</span></div>
</div></aside>
"""
OPTIONS = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--force-renderer-accessibility",
    "--password-store=basic",
)


@contextlib.contextmanager
def meeting_page(environment: Mapping[str, str], folder: Path) -> Iterator[None]:
    """Needs Debian's ``chromium``. ``folder`` takes the page and all that the browser keeps."""
    page = folder / "page.html"
    page.write_text(PAGE)
    command = ("chromium", *OPTIONS, f"--user-data-dir={folder / 'profile'}", page.as_uri())
    with (folder / "chromium.log").open("wb") as log:
        browser = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield
    finally:
        end(browser)
