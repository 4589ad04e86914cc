"""A headless Chromium, driven by its DevTools protocol: real clicks and keys, and whatever it complains of."""

import base64
import contextlib
import itertools
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

LIMIT_S = 30.0
LISTENS = re.compile(r"DevTools listening on (ws://\S+)")
COMMAND = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
    "--password-store=basic",
    "--remote-debugging-port=0",
)
KEY_CODES = {" ": 32, "ArrowLeft": 37, "ArrowRight": 39, "Enter": 13, "Escape": 27, "Tab": 9}
UNTIL = """new Promise((resolve, reject) => {{
  const began = performance.now();
  (function look() {{
    let found;
    try {{ found = {expression}; }} catch (error) {{ reject(error); return; }}
    if (found) resolve(found);
    else if (performance.now() - began > {limit_ms}) reject(new Error("in vain"));
    else setTimeout(look, 20);
  }})();
}})"""
PLACE = """new Promise((resolve, reject) => {{
  const began = performance.now();
  let before;
  (function look() {{
    const found = [...document.querySelectorAll({selector})].find(each => each.textContent.includes({text}));
    found?.scrollIntoView({{block: "center", behavior: "instant"}});
    const box = found?.getBoundingClientRect();
    const place = box && [box.left + box.width * {across}, box.top + box.height / 2];
    const top = place && !document.querySelector("[aria-busy=true]") && document.elementFromPoint(...place);
    if (top && (found.contains(top) || top.contains(found)) && String(place) === String(before)) resolve(place);
    else if (performance.now() - began > {limit_ms}) reject(new Error("nothing to click"));
    else requestAnimationFrame(() => requestAnimationFrame(look));
    before = place;
  }})();
}})"""


class PageFailed(AssertionError):
    """What the page threw, or the browser refused."""


@dataclass
class Wire:
    """One connection for all pages; used by one thread."""

    connection: ClientConnection
    events: list[dict[str, Any]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def call(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        self.connection.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(self.connection.recv(LIMIT_S * 2))
            if answer.get("id") != number:
                self.events.append(answer)
                continue
            if "error" in answer:
                message_text = f"{method}: {answer['error']}"
                raise PageFailed(message_text)
            result: dict[str, Any] = answer["result"]
            return result


@dataclass(frozen=True)
class Browser:
    wire: Wire

    @contextlib.contextmanager
    def page(self, address: str, width_px: int = 1200, height_px: int = 900) -> Iterator["Page"]:
        """In a profile of its own, gone afterwards. Whatever it complains of, nobody has asked for, fails the test."""
        context = self.wire.call("Target.createBrowserContext")["browserContextId"]
        target = self.wire.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.wire.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self.wire, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.resize(width_px, height_px)
        try:
            page.call("Page.navigate", url=address)
            page.until("document.readyState === 'complete' && location.protocol !== 'about:'")
            yield page
            assert page.complaints() == []
        finally:
            self.wire.call("Target.disposeBrowserContext", browserContextId=context)


@dataclass(frozen=True)
class Page:
    wire: Wire
    session: str

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        return self.wire.call(method, self.session, **parameters)

    def resize(self, width_px: int, height_px: int) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width_px, height=height_px, deviceScaleFactor=1, mobile=False
        )

    def prefer(self, **features: str) -> None:
        """As in ``prefers_color_scheme="dark"``."""
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=named)

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - a JSON value
        """What a promise resolves to, too."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"].get("exception", {}).get("description", answer["exceptionDetails"])
            message = f"{expression}: {thrown}"
            raise PageFailed(message)
        return answer["result"].get("value")

    def until(self, expression: str, limit_s: float = LIMIT_S) -> Any:  # noqa: ANN401 - a JSON value
        """What it gives as soon as that is truthy."""
        return self.evaluate(UNTIL.format(expression=expression, limit_ms=limit_s * 1000))

    def text(self, selector: str = "body") -> str:
        """What is far from being seen, too."""
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).textContent"))

    def wait_for(self, text: str, selector: str = "body") -> None:
        """Until it is to be read there."""
        place = f"document.querySelector({json.dumps(selector)})"
        self.until(f"{place} && {place}.innerText.includes({json.dumps(text)})")

    def click(self, selector: str, text: str = "", across: float = 0.5) -> None:
        """With the mouse, on the first with such a text, once it stands still; ``across``: from its left edge."""
        named = {"selector": json.dumps(selector), "text": json.dumps(text), "across": across}
        x_px, y_px = self.evaluate(PLACE.format(**named, limit_ms=LIMIT_S * 1000))
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x_px, y=y_px, button="left", clickCount=1)

    def press(self, key: str, modifiers: int = 0) -> None:
        code = KEY_CODES.get(key, ord(key[0].upper()))
        text = {"text": "\r" if key == "Enter" else key} if len(key) == 1 or key == "Enter" else {}
        named = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.call("Input.dispatchKeyEvent", type="keyDown", **named, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    def type(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def downloaded(self, selector: str, folder: Path) -> Path:
        """Clicks there, and waits until what that downloads is in ``folder``."""
        context = self.call("Target.getTargetInfo")["targetInfo"]["browserContextId"]
        self.wire.call(
            "Browser.setDownloadBehavior",
            behavior="allowAndName",
            browserContextId=context,
            downloadPath=str(folder),
            eventsEnabled=True,
        )
        self.click(selector)
        while True:
            self.evaluate("new Promise(resolve => setTimeout(resolve, 20))")
            told = [event["params"] for event in self.wire.events if event["method"] == "Browser.downloadProgress"]
            if told and told[-1]["state"] != "inProgress":
                return folder / str(told[-1]["guid"])

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def events(self, method: str) -> list[dict[str, Any]]:
        """Told until now."""
        self.evaluate("0")
        own = [event for event in self.wire.events if event.get("sessionId") == self.session]
        return [event["params"] for event in own if event["method"] == method]

    def complaints(self) -> list[str]:
        """Errors and warnings of its console, what it threw, and what the policy forbade; told once."""
        said = [event["entry"]["text"] for event in self.events("Log.entryAdded") if is_bad(event["entry"]["level"])]
        said += [str(event["args"]) for event in self.events("Runtime.consoleAPICalled") if is_bad(event["type"])]
        said += [str(event["exceptionDetails"]) for event in self.events("Runtime.exceptionThrown")]
        self.wire.events.clear()
        return said


def is_bad(level: str) -> bool:
    return level in {"error", "warning", "assert"}


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Needs Debian's ``chromium``; ``folder`` takes all that it keeps."""
    command = (*COMMAND, f"--user-data-dir={folder}")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            with connect(_address(process), max_size=None, proxy=None) as connection:
                yield Browser(Wire(connection))
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    said = ""
    for line in process.stderr or ():
        said += line
        if match := LISTENS.search(line):
            return match[1]
    raise PageFailed(said)
