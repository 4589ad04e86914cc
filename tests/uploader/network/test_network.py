import subprocess
import sys
import threading
from pathlib import Path

from uploader.network import network_watch
from uploader.network.route_look import Addresses, RouteLook, addresses_outwards
from uploader.network.rtnetlink import HEADER, RTM_NEWADDR, RTM_NEWROUTE, RtnetlinkWatch, message_types

ROOT = Path(__file__).parents[3]


def test_the_kernel_tells_of_a_network_that_comes_up() -> None:
    """In a network namespace of its own. Its loss, and what comes after the end of the watch, is not told."""
    command = ["unshare", "--net", "--map-root-user", sys.executable, "-m", "tests.uploader.network.change"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_watching_ends() -> None:
    before = threading.active_count()
    with network_watch().watching(lambda: None):
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_one_watch_serves_again() -> None:
    watch = RtnetlinkWatch()
    for _ in range(2):
        with watch.watching(lambda: None):
            pass


def message(kind: int, extra_bytes: int = 0) -> bytes:
    length = HEADER.size + extra_bytes
    return HEADER.pack(length, kind, 0, 0, 0) + bytes(extra_bytes + -length % 4)


def test_each_message_of_a_read_is_seen() -> None:
    assert list(message_types(message(RTM_NEWADDR, 5) + message(RTM_NEWROUTE))) == [RTM_NEWADDR, RTM_NEWROUTE]
    assert list(message_types(message(RTM_NEWADDR)[:-1])) == []
    assert list(message_types(HEADER.pack(0, RTM_NEWADDR, 0, 0, 0) * 2)) == []


def test_an_address_that_is_new_is_told_and_a_lost_one_is_not() -> None:
    looks = iter([{"a"}, set[str](), {"a"}, {"a"}, {"a", "b"}, {"b"}])
    seen: list[Addresses] = []
    told: list[int] = []
    all_looked = threading.Event()

    def look() -> Addresses:
        addresses = frozenset(next(looks, {"b"}))
        seen.append(addresses)
        if len(seen) > 6:
            all_looked.set()
        return addresses

    with RouteLook(look, every_s=0.001).watching(lambda: told.append(len(seen))):
        assert all_looked.wait(20)
    assert told == [3, 5]


def test_looking_asks_the_system() -> None:
    assert all(address for address in addresses_outwards())
