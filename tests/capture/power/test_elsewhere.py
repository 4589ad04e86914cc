"""Windows and macOS, over fakes of their libraries: the same promises, whatever lies below."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

from capture.errors import PowerUnwatched
from capture.power import macos, windows
from capture.power.base import PowerWatch
from capture.recording import PowerChange

LIMIT_S = 5.0


class Machine(Protocol):
    """What lies below a watch: it sleeps, and may be refused."""

    is_kept_awake: bool
    is_watched: bool

    def watch(self) -> PowerWatch: ...

    def refuse(self) -> None: ...

    def sleep(self) -> threading.Event:
        """Set when the machine has been allowed to."""
        ...

    def wake(self) -> None: ...


@dataclass
class FakeWindows:
    """Both libraries of Windows at once."""

    is_kept_awake: bool = False
    is_watched: bool = False
    error: int = 0
    _routine: Any = None

    def watch(self) -> PowerWatch:
        return windows.WindowsPower(windows.Libraries(self, self))

    def refuse(self) -> None:
        self.error = 5

    def sleep(self) -> threading.Event:
        asleep = threading.Event()

        def suspend() -> None:
            assert self._routine(None, windows.PBT_APMSUSPEND, None) == 0
            asleep.set()

        threading.Thread(target=suspend, daemon=True).start()
        return asleep

    def wake(self) -> None:
        self._routine(None, windows.PBT_APMRESUMEAUTOMATIC, None)

    def PowerRegisterSuspendResumeNotification(self, flags: int, recipient: Any, handle: Any) -> int:  # noqa: N802, ANN401 - the library's
        assert flags == windows.DEVICE_NOTIFY_CALLBACK
        if not self.error:
            self._routine, self.is_watched = recipient._obj.callback, True
            handle._obj.value = 42
        return self.error

    def PowerUnregisterSuspendResumeNotification(self, handle: Any) -> int:  # noqa: N802, ANN401 - the library's
        assert handle.value == 42
        self.is_watched = False
        return 0

    def SetThreadExecutionState(self, state: int) -> int:  # noqa: N802 - the library's
        assert state & windows.ES_CONTINUOUS
        self.is_kept_awake = bool(state & windows.ES_SYSTEM_REQUIRED and state & windows.ES_DISPLAY_REQUIRED)
        return 1


@dataclass
class FakeMac:
    """IOKit and CoreFoundation at once; messages arrive on the thread that runs the loop."""

    is_kept_awake: bool = False
    is_watched: bool = False
    root: int = 7
    _callback: Any = None
    _messages: "queue.SimpleQueue[tuple[int, int] | None]" = field(default_factory=queue.SimpleQueue)
    _asked: dict[int, threading.Event] = field(default_factory=dict)

    def watch(self) -> PowerWatch:
        return macos.MacPower(macos.Libraries(self, self, "mode"))

    def refuse(self) -> None:
        self.root = 0

    def sleep(self) -> threading.Event:
        idle = self._ask(macos.CAN_SYSTEM_SLEEP, 100)
        assert idle.wait(LIMIT_S), "a question that is none of ours is answered at once"
        return self._ask(macos.SYSTEM_WILL_SLEEP, 101)

    def wake(self) -> None:
        self._messages.put((macos.SYSTEM_HAS_POWERED_ON, 0))

    def _ask(self, kind: int, question: int) -> threading.Event:
        self._asked[question] = threading.Event()
        self._messages.put((kind, question))
        return self._asked[question]

    def IORegisterForSystemPower(self, _: None, port: Any, callback: Any, notifier: Any) -> int:  # noqa: N802, ANN401 - the library's
        port._obj.value, notifier._obj.value = 1, 2
        self._callback, self.is_watched = callback, bool(self.root)
        return self.root

    def IODeregisterForSystemPower(self, notifier: Any) -> None:  # noqa: N802, ANN401 - the library's
        assert notifier._obj.value == 2
        self.is_watched = False

    def IOServiceClose(self, root: int) -> None:  # noqa: N802 - the library's
        assert root == self.root

    def IONotificationPortDestroy(self, port: Any) -> None:  # noqa: N802, ANN401 - the library's
        assert port.value == 1

    def IONotificationPortGetRunLoopSource(self, port: Any) -> str:  # noqa: N802, ANN401 - the library's
        return f"source of {port.value}"

    def IOAllowPowerChange(self, root: int, question: int) -> None:  # noqa: N802 - the library's
        assert root == self.root
        self._asked.pop(question).set()

    def IOPMAssertionCreateWithName(self, kind: bytes, level: int, _: bytes, assertion: Any) -> int:  # noqa: N802, ANN401 - the library's
        assert (kind, level) == (macos.ASSERTION, macos.LEVEL_ON)
        assertion._obj.value, self.is_kept_awake = 3, True
        return 0

    def IOPMAssertionRelease(self, assertion: Any) -> None:  # noqa: N802, ANN401 - the library's
        assert assertion.value == 3
        self.is_kept_awake = False

    def CFStringCreateWithCString(self, _: None, text: bytes, encoding: int) -> bytes:  # noqa: N802 - the library's
        assert encoding == macos.UTF_8
        return text

    def CFRelease(self, _: bytes) -> None:  # noqa: N802 - the library's
        return

    def CFRunLoopGetCurrent(self) -> str:  # noqa: N802 - the library's
        return "loop"

    def CFRunLoopAddSource(self, *given: str) -> None:  # noqa: N802 - the library's
        assert given == ("loop", "source of 1", "mode")

    def CFRunLoopStop(self, _: str) -> None:  # noqa: N802 - the library's
        self._messages.put(None)

    def CFRunLoopRunInMode(self, _: str, seconds: float, _returns: bool) -> int:  # noqa: N802, FBT001 - the library's
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            return 3
        if message is not None:
            self._callback(None, 0, *message)
        return 2


@pytest.fixture(params=[FakeWindows, FakeMac])
def machine(request: pytest.FixtureRequest) -> Machine:
    make: Callable[[], Machine] = request.param
    return make()


@pytest.fixture
def told() -> "queue.SimpleQueue[PowerChange]":
    return queue.SimpleQueue()


@pytest.fixture
def watch(machine: Machine, told: "queue.SimpleQueue[PowerChange]") -> Iterator[PowerWatch]:
    watch = machine.watch()
    watch.open(told.put)
    yield watch
    watch.close()


def test_sleep_waits_for_its_release(
    machine: Machine, watch: PowerWatch, told: "queue.SimpleQueue[PowerChange]"
) -> None:
    for _ in range(2):
        asleep = machine.sleep()
        assert told.get(timeout=LIMIT_S) is PowerChange.SLEPT
        assert not asleep.wait(0.05)
        watch.release()
        assert asleep.wait(LIMIT_S)
        machine.wake()
        assert told.get(timeout=LIMIT_S) is PowerChange.WOKE


def test_the_machine_is_kept_awake_until_the_end(machine: Machine, watch: PowerWatch) -> None:
    assert machine.is_kept_awake
    assert machine.is_watched
    watch.close()
    watch.close()
    assert not machine.is_kept_awake
    assert not machine.is_watched


def test_its_end_lets_a_machine_sleep_that_waits(
    machine: Machine, watch: PowerWatch, told: "queue.SimpleQueue[PowerChange]"
) -> None:
    asleep = machine.sleep()
    told.get(timeout=LIMIT_S)
    watch.close()
    assert asleep.wait(LIMIT_S)


def test_a_system_that_does_not_tell(machine: Machine) -> None:
    machine.refuse()
    watch = machine.watch()
    with pytest.raises(PowerUnwatched):
        watch.open(lambda _: None)
    watch.close()
    assert not machine.is_kept_awake


@pytest.mark.parametrize("system", [windows, macos])
def test_libraries_of_another_system(system: Any) -> None:  # noqa: ANN401 - a module
    with pytest.raises(PowerUnwatched):
        system.load()
