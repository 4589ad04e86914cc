"""Notices that the network has come back."""

import sys

from uploader.network.base import NetworkWatch


def network_watch() -> NetworkWatch:
    """The system's own word where it can be had, else a look from time to time."""
    if sys.platform == "linux":
        from uploader.network.rtnetlink import RtnetlinkWatch  # noqa: PLC0415 - one platform's

        return RtnetlinkWatch()
    from uploader.network.route_look import RouteLook  # noqa: PLC0415 - the other platforms'

    return RouteLook()
