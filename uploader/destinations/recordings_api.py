"""The recordings API around the bytes: where a delivery begins, and where it ends."""

from http import HTTPStatus

from uploader.claim import Claim
from uploader.destinations.answers import accepted, document_of, stored_media, understood
from uploader.destinations.base import RemoteUpload, StoredMedia
from uploader.destinations.transport import Transport, authorization, fits_header
from uploader.errors import UnknownAnswer

COMPLETE_S = 1800.0
"""The destination reads every byte again before it answers: two seconds for each gigabyte, on slow disks twenty."""


NO_API = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED})
"""Where uploads are begun there is always something, in a recordings API."""


class RecordingsApi:
    """``api_key`` opens uploads; all else goes by the upload's own token."""

    def __init__(self, transport: Transport, api_key: str) -> None:
        self._transport = transport
        self._api_key = api_key

    def create(self, claim: Claim) -> RemoteUpload:
        asked = {"recording_id": claim.recording_id}
        response = self._transport.request("POST", "sdk_upload/", self._authorization, asked)
        if response.status_code in NO_API:
            raise UnknownAnswer(status=str(response.status_code))
        with understood(accepted(response)):
            document = document_of(response)
            number, token = str(document["id"]), str(document["upload_token"])
            if not fits_header(token):
                message = "that is no token"
                raise ValueError(message)
            return RemoteUpload(number, claim.recording_id, token)

    def complete(self, upload: RemoteUpload, claim: Claim) -> tuple[StoredMedia, ...]:
        path = f"sdk_upload/{upload.id}/complete/"
        response = self._transport.request("POST", path, authorized(upload), claim.document, COMPLETE_S)
        return stored_media(accepted(response))

    def held(self, claim: Claim) -> tuple[StoredMedia, ...]:
        """Completing again changes nothing, and tells everything."""
        response = self._transport.request("GET", f"recording/{claim.recording_id}/", self._authorization)
        if response.status_code == HTTPStatus.NOT_FOUND:
            return ()
        accepted(response)
        return self.complete(self.create(claim), claim)

    @property
    def _authorization(self) -> dict[str, str]:
        return authorization("Token", self._api_key)


def authorized(upload: RemoteUpload) -> dict[str, str]:
    return {"Authorization": f"Token {upload.token}"}
