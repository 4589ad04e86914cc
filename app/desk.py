"""Where all that comes of recordings is seen to: shown, told live, sent, delivered, and rules remembered."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from app.flow_events import Effect
from app.flow_state import State
from app.live_upload import Tell
from app.messages import Failure, Message, describe
from app.outgoing import Outgoing
from app.paths import Paths
from app.recorder_inbox import Order
from app.recording_rules import AutoRecord, Rules, format_apps, parse_apps
from app.settings import read
from capture.errors import CaptureError
from capture.events import Event
from capture.recording import RecordingId, RecordingSpec


class DeskView(Protocol):
    """Told on the recorder's thread."""

    def on_state(self, state: State) -> None: ...

    def on_order(self, order: Order) -> None: ...

    def on_effect(self, effect: Effect, recording: RecordingId | None) -> None: ...

    def on_capture_event(self, event: Event) -> None: ...

    def complain(self, message: Message) -> None: ...


class Courier(Protocol):
    """``put`` takes a recording whose time has come, and what is to be called before it is sent. Must not block."""

    def put(self, directory: Path, before: Callable[[], None]) -> None: ...


class Desk:
    """A ``Listener``: shows what happens, sends and delivers, and keeps rules in the settings."""

    def __init__(self, view: DeskView, outgoing: Outgoing, courier: Courier, paths: Paths) -> None:
        self._outgoing = outgoing
        self._open = ExitStack()
        self._tell: Tell = lambda _: None
        self._courier = courier
        self._paths = paths
        self.on_state = view.on_state
        self.on_order = view.on_order
        self.on_effect = view.on_effect
        self.on_capture_event = view.on_capture_event
        self._complain = view.complain

    def redirect(self, outgoing: Outgoing) -> None:
        """From the next recording on. Any thread."""
        self._outgoing = outgoing

    def begin(self, spec: RecordingSpec) -> None:
        self.close()
        self._tell = self._open.enter_context(self._outgoing.of(spec))

    def on_recording_event(self, event: Event) -> None:
        self._tell(event)

    def deliver(self, directory: Path) -> None:
        """What goes out of it ends on the courier's thread: for seconds, and the next recording may begin now."""
        self._courier.put(directory, self._open.pop_all().close)

    def close(self) -> None:
        """Ends what goes out of a recording that is not delivered. Idempotent."""
        self._open.close()

    def remember_rule(self, name: str, rule: AutoRecord) -> None:
        """Where that is not possible it holds for this time."""
        from app.settings_file import write_setting  # noqa: PLC0415 - tomlkit, for who writes only

        try:
            rules = Rules(apps=parse_apps(read(self._paths.settings).settings.auto_record_apps))
            apps = format_apps(rules.with_app(name, rule).apps)
            write_setting(self._paths.settings, "auto_record_apps", apps)
        except Failure as failure:
            self._complain(failure.message)
        except CaptureError as error:
            self._complain(describe(error.code, error.reason, error.data))
