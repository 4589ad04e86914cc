"""Engines that make words of speech, and what becomes of the words."""

from typing import TYPE_CHECKING

from capture.transcription.choice import EngineChoice, EngineName

if TYPE_CHECKING:
    from capture.transcription.base import StreamingEngine, TranscriptionEngine


def open_engine(choice: EngineChoice) -> "TranscriptionEngine":
    """Loads its model, which may take seconds. Raises ``EngineMissing``, ``EngineUnusable``."""
    match choice.engine:
        case EngineName.OPENAI:
            from capture.transcription.openai_api import OpenAIEngine  # noqa: PLC0415 - only the chosen one

            return OpenAIEngine(choice)
        case EngineName.FASTER_WHISPER:
            from capture.transcription.faster_whisper_engine import FasterWhisperEngine  # noqa: PLC0415 - only the chosen one

            return FasterWhisperEngine(choice)
        case EngineName.WHISPER_CPP:
            from capture.transcription.whisper_cpp_engine import WhisperCppEngine  # noqa: PLC0415 - only the chosen one

            return WhisperCppEngine(choice)
    return open_streaming_engine(choice)


def open_streaming_engine(choice: EngineChoice) -> "StreamingEngine":
    """As ``open_engine``, for one of ``STREAMING``."""
    match choice.engine:
        case EngineName.VOSK:
            from capture.transcription.vosk_engine import VoskEngine  # noqa: PLC0415 - only the chosen one

            return VoskEngine(choice)
        case EngineName.SHERPA_ONNX:
            from capture.transcription.sherpa_engine import SherpaEngine  # noqa: PLC0415 - only the chosen one

            return SherpaEngine(choice)
        case EngineName.DEEPGRAM:
            from capture.transcription.deepgram_api import DeepgramEngine  # noqa: PLC0415 - only the chosen one

            return DeepgramEngine(choice)
        case EngineName.ASSEMBLY_AI:
            from capture.transcription.assembly_ai_api import AssemblyAIEngine  # noqa: PLC0415 - only the chosen one

            return AssemblyAIEngine(choice)
    from capture.transcription.pocketsphinx_engine import PocketsphinxEngine  # noqa: PLC0415 - only the chosen one

    return PocketsphinxEngine(choice)
