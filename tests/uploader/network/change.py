"""Run in a network of its own: watches, brings up the loopback interface, and ends well once it was told of it.

Bringing an interface up needs no program of the system: an ``ioctl``, see netdevice(7).
"""

import fcntl
import socket
import struct
import sys
import threading

from uploader.network.rtnetlink import RtnetlinkWatch

SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 1
REQUEST = struct.Struct("16sh22x")


def set_loopback(*, up: bool) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        _, flags = REQUEST.unpack(fcntl.ioctl(control, SIOCGIFFLAGS, REQUEST.pack(b"lo", 0)))
        wanted = flags | IFF_UP if up else flags & ~IFF_UP
        fcntl.ioctl(control, SIOCSIFFLAGS, REQUEST.pack(b"lo", wanted))


def main() -> int:
    changes: list[None] = []
    changed = threading.Event()

    def note() -> None:
        changes.append(None)
        changed.set()

    with RtnetlinkWatch(settle_s=0.3).watching(note):
        set_loopback(up=True)
        if not changed.wait(10):
            return 1
        changed.clear()
        set_loopback(up=False)
        if changed.wait(1):
            return 2
    set_loopback(up=True)
    return 0 if len(changes) == 1 else 3


if __name__ == "__main__":
    sys.exit(main())
