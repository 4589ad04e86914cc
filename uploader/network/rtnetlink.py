"""Linux: the kernel tells of every address and route that comes, see rtnetlink(7). It needs no rights and no daemon."""

import os
import select
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from uploader.network.base import OnChange

RTMGRP_IPV4_IFADDR = 0x10
RTMGRP_IPV4_ROUTE = 0x40
RTMGRP_IPV6_IFADDR = 0x100
RTMGRP_IPV6_ROUTE = 0x400
GROUPS = RTMGRP_IPV4_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_IFADDR | RTMGRP_IPV6_ROUTE

RTM_NEWADDR = 20
RTM_NEWROUTE = 24
HEADER = struct.Struct("=LHHLL")
"""``nlmsghdr``: length with the header, type, flags, sequence number, port."""

ALIGNMENT_BYTES = 4
BUFFER_BYTES = 65536

SETTLE_S = 1.0
"""Addresses and routes come in a burst; they are told as one change."""


class RtnetlinkWatch:
    def __init__(self, settle_s: float = SETTLE_S) -> None:
        self._settle_s = settle_s

    @contextmanager
    def watching(self, on_change: OnChange) -> Iterator[None]:
        """Where the kernel does not let us listen, nothing is told."""
        try:
            listener = _listener()
        except OSError:  # a sandbox; what waits is tried again in its own time
            yield
            return
        stop_reading, stop_writing = os.pipe()
        thread = threading.Thread(target=self._listen, args=(listener, stop_reading, on_change), name="network-watch")
        thread.start()
        try:
            yield
        finally:
            os.write(stop_writing, b"\0")
            thread.join()
            listener.close()
            os.close(stop_reading)
            os.close(stop_writing)

    def _listen(self, listener: socket.socket, stop: int, on_change: OnChange) -> None:
        while not _readable(stop, listener, None):
            if not _tells_of_more(listener):
                continue
            if _readable(stop, None, self._settle_s):
                return
            _drain(listener)
            on_change()


def _listener() -> socket.socket:
    if sys.platform != "linux":
        message = "rtnetlink is Linux's"
        raise OSError(message)
    listener = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.NETLINK_ROUTE)
    try:
        listener.bind((0, GROUPS))
    except OSError:
        listener.close()
        raise
    return listener


def _readable(stop: int, listener: socket.socket | None, timeout_s: float | None) -> bool:
    """Waits for either; whether it is time to stop."""
    watched: list[int | socket.socket] = [stop] if listener is None else [stop, listener]
    return stop in select.select(watched, [], [], timeout_s)[0]


def _tells_of_more(listener: socket.socket) -> bool:
    """Losses are no news: nothing can be sent because of them."""
    try:
        data = listener.recv(BUFFER_BYTES)
    except BlockingIOError:
        return False
    except OSError:  # ENOBUFS: more has happened than could be told
        return True
    return any(kind in {RTM_NEWADDR, RTM_NEWROUTE} for kind in message_types(data))


def _drain(listener: socket.socket) -> None:
    try:
        while listener.recv(BUFFER_BYTES):
            pass
    except BlockingIOError:
        return
    except OSError:  # as above: what was not told is part of the same change
        return


def message_types(data: bytes) -> Iterator[int]:
    """Of each message in what one read gave."""
    at = 0
    while at + HEADER.size <= len(data):
        length, kind, *_ = HEADER.unpack_from(data, at)
        if length < HEADER.size:
            return
        yield kind
        at += length + -length % ALIGNMENT_BYTES
