"""Which engine makes a transcript, and with what. Light: nothing of any engine is imported."""

from dataclasses import dataclass, field
from enum import StrEnum


class EngineName(StrEnum):
    POCKETSPHINX = "pocketsphinx"
    """English only, and rough; its model comes with it."""
    FASTER_WHISPER = "faster_whisper"
    WHISPER_CPP = "whisper_cpp"
    VOSK = "vosk"
    SHERPA_ONNX = "sherpa_onnx"
    OPENAI = "openai"
    """Any server that speaks this API; so do many that one runs oneself."""
    DEEPGRAM = "deepgram"
    ASSEMBLY_AI = "assembly_ai"


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """``model`` is a name or a path, as the engine has it; ``None`` for its own default. ``key`` lets in."""

    engine: EngineName
    model: str | None = None
    url: str | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    language: str | None = None
    """As in ``en`` or ``en-US``; ``None`` where the engine shall find out."""
    key_terms: tuple[str, ...] = field(default=(), repr=False)
    """Names and terms that may be said, for engines that can be told."""


STREAMING = frozenset(
    {
        EngineName.POCKETSPHINX,
        EngineName.VOSK,
        EngineName.SHERPA_ONNX,
        EngineName.DEEPGRAM,
        EngineName.ASSEMBLY_AI,
    }
)
"""Those that can tell words while they are spoken."""

REMOTE = frozenset({EngineName.OPENAI, EngineName.DEEPGRAM, EngineName.ASSEMBLY_AI})
"""Those that send what was said to somebody else's machine."""
