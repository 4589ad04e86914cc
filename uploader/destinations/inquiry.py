"""Asks a recordings backend whether it would take recordings, and changes nothing there."""

from dataclasses import replace

from uploader.destinations.answers import accepted, document_of, understood
from uploader.destinations.recordings_api import NO_API
from uploader.destinations.transport import DIRECT, Patience, Route, Transport
from uploader.errors import UnknownAnswer

PATIENCE = Patience(connect_s=8.0, silence_s=8.0, answer_s=15.0)
"""Somebody waits for the answer."""


def inquire(name: str, key: str, route: Route = DIRECT) -> None:
    """``name`` as ``normalised`` gives it. Raises ``UploaderError`` that tells what stands in the way."""
    with Transport(name + "/api/v1/", replace(route, patience=PATIENCE)) as transport:
        response = transport.request("GET", "recording/?limit=1", {"Authorization": f"Token {key}"})
        if response.status_code in NO_API:
            raise UnknownAnswer(status=str(response.status_code))
        with understood(accepted(response)):
            len(document_of(response)["results"])
