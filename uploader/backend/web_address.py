"""Addresses that others give us to call: one pattern, for the check and for the API's description."""

import re

LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
HEX = r"[0-9A-Fa-f]{1,4}"
IPV6 = "|".join(
    [
        f"(?:{HEX}:){{7}}{HEX}",
        f"(?:{HEX}:){{1,7}}:",
        *(f"(?:{HEX}:){{1,{7 - after}}}(?::{HEX}){{1,{after}}}" for after in range(1, 7)),
        f":(?:(?::{HEX}){{1,7}}|:)",
    ]
)
USER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?"
HOST = rf"(?:{LABEL}(?:\.{LABEL})*\.?|\[(?:{IPV6})\])"
PORT = r"(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
REST = r"(?:/[^\u0000-\u0020\u007f]*)?"
"""A query needs a path before it: some receivers do not understand it otherwise."""


def address_pattern(schemes: tuple[str, ...]) -> str:
    """Of absolute addresses; a host that is not ASCII is written as it goes over the wire (``xn--``)."""
    return f"^(?:{'|'.join(schemes)})://{USER}{HOST}{PORT}{REST}$"


def is_address(url: object, schemes: tuple[str, ...]) -> bool:
    return isinstance(url, str) and re.fullmatch(address_pattern(schemes), url) is not None
