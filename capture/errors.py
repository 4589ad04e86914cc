"""What can go wrong while recording. Errors carry a code and data; their wording is the app's.

CaptureError
├── SourceError
│   ├── SourceUnavailable      no display, no sound server; perhaps later
│   │   ├── SourceGone         not in this recording any more
│   │   │   └── WindowClosed
│   │   └── ExtraMissing       a part of this program that is installed by itself
│   ├── UnknownDevice          the chosen one is not there
│   └── PermissionDenied
├── StorageError
│   ├── DiskFull
│   └── FolderNotWritable
├── EncoderError
├── ManifestError
│   └── ManifestTooNew
├── RecordingRunning           a live process has it
├── NotRepairable
│   └── IndexLost              an MP4 without index and without fragments
├── OutputExists
├── PowerUnwatched             nobody tells when the machine sleeps
├── InvalidSpec
├── CatalogueInvalid           the list of programs that hold meetings
├── SpeechModelUnusable        who speaks is told by loudness then
├── TranscriptionFailed        the recording is as good as before
│   ├── EngineMissing          its extra is not installed
│   ├── EngineUnusable         it lacks a model or an address, or cannot work with it
│   ├── NothingToTranscribe    no side's sound is there
│   └── ProviderFailed
│       ├── ProviderTrouble    it may be over the next time
│       │   ├── ProviderUnreachable
│       │   ├── ProviderTimedOut
│       │   ├── ProviderBusy
│       │   └── ProviderBroken     it has trouble of its own
│       ├── ProviderRefused    the key, or what was sent
│       └── ProviderUnreadable
├── ModelFailed                a model that somebody wants to download or remove
│   ├── UnknownModel
│   ├── ModelBusy              another program is at it
│   ├── ModelUnavailable       its server cannot be reached, or does not give it; goes on later
│   └── ModelDamaged           what came is not what was promised
└── ProtocolError
"""

from typing import ClassVar


class CaptureError(Exception):
    """``data`` holds what a person needs to act: a device, a folder, a number. Never a title, name or token."""

    code: ClassVar[str] = "capture_failed"

    def __init__(self, reason: str = "", **data: str) -> None:
        super().__init__(reason or self.code)
        self.reason = reason
        self.data = data


class SourceError(CaptureError):
    code = "source_failed"


class SourceUnavailable(SourceError):
    code = "source_unavailable"


class SourceGone(SourceUnavailable):
    pass


class WindowClosed(SourceGone):
    code = "window_closed"


class ExtraMissing(SourceUnavailable):
    """``data["extra"]`` names it, as in ``pip install 'afterword[extra]'``."""

    code = "extra_missing"


class UnknownDevice(SourceError):
    code = "unknown_device"


class PermissionDenied(SourceError):
    code = "permission_denied"


class StorageError(CaptureError):
    code = "storage_failed"


class DiskFull(StorageError):
    code = "disk_full"


class FolderNotWritable(StorageError):
    code = "folder_not_writable"


class EncoderError(CaptureError):
    code = "encoder_failed"


class ManifestError(CaptureError):
    code = "manifest_unreadable"


class ManifestTooNew(ManifestError):
    code = "manifest_too_new"


class RecordingRunning(CaptureError):
    code = "recording_running"


class PowerUnwatched(CaptureError):
    code = "power_unwatched"


class NotRepairable(CaptureError):
    code = "not_repairable"


class IndexLost(NotRepairable):
    code = "index_lost"


class OutputExists(CaptureError):
    code = "output_exists"


class InvalidSpec(CaptureError):
    code = "invalid_spec"


class CatalogueInvalid(CaptureError):
    """``data["path"]`` is the file."""

    code = "catalogue_invalid"


class SpeechModelUnusable(CaptureError):
    code = "speech_model_unusable"


class TranscriptionFailed(CaptureError):
    """The codes of these are the ``sub_code`` of a transcript."""

    code = "transcription_failed"


class EngineMissing(TranscriptionFailed):
    """``data["engine"]`` and ``data["extra"]``."""

    code = "engine_missing"


class EngineUnusable(TranscriptionFailed):
    """``data["engine"]``."""

    code = "engine_unusable"


class NothingToTranscribe(TranscriptionFailed):
    code = "nothing_to_transcribe"


class ProviderFailed(TranscriptionFailed):
    """``data["engine"]``."""

    code = "provider_failed"


class ProviderTrouble(ProviderFailed):
    pass


class ProviderUnreachable(ProviderTrouble):
    code = "provider_connection_failed"


class ProviderTimedOut(ProviderTrouble):
    code = "provider_timeout"


class ProviderBusy(ProviderTrouble):
    code = "provider_rate_limited"


class ProviderBroken(ProviderTrouble):
    code = "provider_error"


class ProviderRefused(ProviderFailed):
    code = "provider_refused"


class ProviderUnreadable(ProviderFailed):
    code = "provider_answer_unreadable"


class ModelFailed(CaptureError):
    """``data["model"]``."""

    code = "model_failed"


class UnknownModel(ModelFailed):
    code = "unknown_model"


class ModelBusy(ModelFailed):
    code = "model_busy"


class ModelUnavailable(ModelFailed):
    code = "model_unavailable"


class ModelDamaged(ModelFailed):
    code = "model_damaged"


class ProtocolError(CaptureError):
    code = "protocol_error"
