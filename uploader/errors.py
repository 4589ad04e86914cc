"""What can go wrong while delivering. Errors carry a code and data; their wording is the app's.

UploaderError
├── RetryableError              the same act may succeed later
│   ├── NetworkTrouble          no route, refused, reset, timed out, too slow to be of use
│   │   ├── CaptivePortal       the network wants somebody to log in to it first
│   │   ├── CertificateUntrusted
│   │   └── ProxyRefused
│   ├── DestinationTrouble      the other end failed, throttles, or answers with nonsense
│   │   └── UnknownAnswer       whoever refused does not speak as a destination does
│   ├── DestinationFull
│   ├── DataNotWritable         this machine's backend cannot keep its data: rights, room, a damaged database
│   │   ├── StoreUnusable       the S3 store that it is to use: its keys, or its library
│   │   ├── DatabaseUnusable    the PostgreSQL that it is to use, or a database that a newer version has changed
│   │   └── InvalidLocation     no address of a database or a store, or one with a secret in it
│   ├── UploadMoved             the offset or the upload is not what it was: ask again, go on from there
│   ├── LedgerUnusable          what is owed cannot be noted or read: rights, room, a damaged database
│   ├── DeliveryHeld            the user's rules let nothing go now
│   └── RecordingUnfinished     it is still being made
├── PermanentError              repeating the act cannot help
│   ├── AuthenticationFailed    nothing can go to this destination until a person has seen to its key
│   │   ├── KeyMissing
│   │   └── KeysUnreadable      where they are kept
│   ├── Refused                 the destination will not take this recording
│   ├── DigestMismatch          what the destination holds is not what the manifest promises
│   ├── LocalFileChanged        a file is gone, or is not what the manifest says
│   ├── Released                it was deleted here after another destination had proved that it holds it
│   ├── InvalidManifest
│   ├── UnknownDestination      an address that nothing here can deliver to
│   ├── InvalidEndpoint         live events cannot go there, or not those
│   ├── InvalidWebhookSecret
│   ├── EndpointOverrun         an endpoint takes live events far more slowly than they come
│   └── EndpointUnfinished      the recording is over, and not all of them have arrived
├── DeliveryStopped             by the caller's own word; what was sent stays sent
├── AddressUnusable             nothing can listen there: not this machine's, no such port, no right to it
└── PortInUse
"""

from collections.abc import Sequence


class UploaderError(Exception):
    """``data`` holds what a person needs to act: a path in the recording, a number. Never a title, name or token."""

    code: str = "delivery_failed"

    def __init__(self, reason: str = "", **data: str) -> None:
        super().__init__(reason or self.code)
        self.reason = reason
        self.data = data


class RetryableError(UploaderError):
    """``retry_after_s``: the destination asked to be left alone for so long.

    ``hits_all``: whatever else goes to the same destination would meet the same.
    """

    hits_all = False

    def __init__(self, reason: str = "", *, retry_after_s: float | None = None, **data: str) -> None:
        super().__init__(reason, **data)
        self.retry_after_s = retry_after_s


class NetworkTrouble(RetryableError):
    code = "network_trouble"
    hits_all = True


class CaptivePortal(NetworkTrouble):
    code = "captive_portal"


class CertificateUntrusted(NetworkTrouble):
    """The clock may be wrong, the authority unknown here, or somebody stands in between."""

    code = "certificate_untrusted"


class ProxyRefused(NetworkTrouble):
    code = "proxy_refused"


NETWORK_CODES = frozenset(kind.code for kind in (NetworkTrouble, CaptivePortal, CertificateUntrusted, ProxyRefused))


class DestinationTrouble(RetryableError):
    code = "destination_trouble"


class UnknownAnswer(DestinationTrouble):
    """A proxy that has lost its backend, or an address that is none. ``data`` has the HTTP ``status``."""

    code = "unknown_answer"


class DestinationFull(RetryableError):
    code = "destination_full"
    hits_all = True


class DataNotWritable(RetryableError):
    """``data`` names the ``folder``."""

    code = "data_not_writable"
    hits_all = True


class StoreUnusable(DataNotWritable):
    code = "store_unusable"


class DatabaseUnusable(DataNotWritable):
    code = "database_unusable"


class InvalidLocation(DataNotWritable):
    """``data`` names the ``option``; ``reason`` is ``secret_in_argument`` where that is the trouble."""

    code = "invalid_location"


class UploadMoved(RetryableError):
    code = "upload_moved"


class LedgerUnusable(RetryableError):
    code = "ledger_unusable"


class DeliveryHeld(RetryableError):
    """``code`` is the rule's."""

    hits_all = True

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RecordingUnfinished(RetryableError):
    code = "recording_unfinished"


class PermanentError(UploaderError):
    pass


class AuthenticationFailed(PermanentError):
    code = "authentication_failed"


class KeyMissing(AuthenticationFailed):
    """``data`` names the ``destination``."""

    code = "key_missing"


class KeysUnreadable(AuthenticationFailed):
    """``data`` names the ``path`` of the file that they are in."""

    code = "credentials_unreadable"


class Refused(PermanentError):
    """``code`` is the destination's own, where it gave one."""

    def __init__(self, code: str = "refused", reason: str = "", **data: str) -> None:
        super().__init__(reason, **data)
        self.code = code


class DigestMismatch(PermanentError):
    """``paths``: the media objects concerned, relative to the recording's directory."""

    code = "digest_mismatch"

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = tuple(paths)


class LocalFileChanged(PermanentError):
    code = "local_file_changed"


class Released(PermanentError):
    code = "released"


class InvalidManifest(PermanentError):
    """``fields``: what is wrong, by the field's name."""

    code = "invalid_manifest"

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(messages)}" for name, messages in fields.items()))
        self.fields = fields


class UnknownDestination(PermanentError):
    code = "unknown_destination"


class InvalidEndpoint(PermanentError):
    code = "invalid_endpoint"


class InvalidWebhookSecret(PermanentError):
    code = "invalid_webhook_secret"


class EndpointOverrun(PermanentError):
    code = "endpoint_overrun"


class EndpointUnfinished(PermanentError):
    code = "endpoint_unfinished"


class DeliveryStopped(UploaderError):
    code = "delivery_stopped"


class AddressUnusable(UploaderError):
    """``data`` names ``host`` and ``port``."""

    code = "address_unusable"


class PortInUse(UploaderError):
    code = "port_in_use"
