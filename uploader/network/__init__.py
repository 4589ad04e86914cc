"""What is known of the network: that it has come back, and whether it costs."""

import sys

from uploader.network.base import NetworkWatch
from uploader.rules import Metered


def network_watch() -> NetworkWatch:
    """The system's own word where it can be had, else a look from time to time."""
    if sys.platform == "linux":
        from uploader.network.rtnetlink import RtnetlinkWatch  # noqa: PLC0415 - one platform's

        return RtnetlinkWatch()
    from uploader.network.route_look import RouteLook  # noqa: PLC0415 - the other platforms'

    return RouteLook()


def metering() -> Metered:
    """A Mac tells it to no program that asks only now and then."""
    if sys.platform == "linux":
        from uploader.network.networkmanager import metered_by_networkmanager  # noqa: PLC0415 - one platform's

        return metered_by_networkmanager()
    if sys.platform == "win32":
        from uploader.network.windows_cost import metered_by_cost  # noqa: PLC0415 - one platform's

        return metered_by_cost()
    return Metered.UNKNOWN
