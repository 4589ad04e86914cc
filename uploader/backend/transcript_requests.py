"""What bodies of ``create_transcript`` ask for, in the shapes that the recordings API has for each provider."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from uploader.backend.calls import MOST_METADATA, string_map
from uploader.backend.refusal import InvalidFields
from uploader.backend.spelling import Spelling
from uploader.backend.transcription import Hearing, Wish

OWN = "recallai_async"
"""The engine that this backend was started with."""

SEPARATE_STREAMS = "use_separate_streams_when_available"
FINDS_OUT = frozenset({"auto", "multi"})
"""Languages that are none: the engine is to find out."""


@dataclass(frozen=True, slots=True)
class SpellingNames:
    """Of a list of other spellings: its own name, that of what is found, and of what takes its place."""

    option: str
    find: str
    replacement: str


@dataclass(frozen=True, slots=True)
class OptionNames:
    """What a provider calls its options, by whichever API of it. ``refused``: what no engine here does for anybody."""

    language: str
    key_terms: tuple[str, ...]
    spelling: SpellingNames | None
    refused: tuple[str, ...]


OPTIONS: Mapping[str, OptionNames] = MappingProxyType(
    {
        OWN: OptionNames(
            "language_code", ("key_terms",), SpellingNames("spelling", "find", "replace"), ("filter_profanity",)
        ),
        "assembly_ai_async": OptionNames(
            "language_code",
            ("keyterms_prompt", "word_boost"),
            SpellingNames("custom_spelling", "from", "to"),
            ("filter_profanity",),
        ),
        "deepgram_async": OptionNames("language", ("keyterm", "keywords"), None, ("profanity_filter", "replace")),
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """``provider`` and ``diarization`` as they came."""

    provider: Mapping[str, Any] = field(repr=False)
    diarization: Mapping[str, Any] | None
    metadata: Mapping[str, str] = field(repr=False)


def read_request(document: Mapping[str, Any], providers: Collection[str]) -> Request:
    """``providers``: that can be had here. Raises ``InvalidFields``."""
    provider, diarization = document.get("provider"), document.get("diarization")
    faults: dict[str, list[str]] = {}
    if not _is_provider(provider, providers):
        faults["provider"] = [f"An object is expected that names one of {', '.join(sorted(providers))}."]
    elif len(json.dumps(provider)) > MOST_METADATA:
        faults["provider"] = [f"No more than {MOST_METADATA} characters are kept."]
    elif trouble := _trouble(provider):
        faults["provider"] = [trouble]
    if not _is_diarization(diarization):
        faults["diarization"] = [f"An object is expected whose {SEPARATE_STREAMS} is true or false."]
    if faults:
        raise InvalidFields(faults)
    asked = None if diarization is None else {SEPARATE_STREAMS: diarization.get(SEPARATE_STREAMS, False)}
    return Request(_given(provider), asked, string_map(document, "metadata"))


def wish_of(provider: Mapping[str, Any]) -> Wish:
    """Of a request that was read before."""
    name, options = next(iter(provider.items()))
    names = OPTIONS[name]
    language = options.get(names.language)
    terms = tuple(term for key in names.key_terms for term in options.get(key) or ())
    return Wish(name, None if language in FINDS_OUT else language and language.replace("_", "-"), terms)


def spellings_of(provider: Mapping[str, Any]) -> list[Spelling]:
    """As ``wish_of``."""
    name, options = next(iter(provider.items()))
    names = OPTIONS[name].spelling
    if names is None:
        return []
    return [Spelling(tuple(each[names.find]), each[names.replacement]) for each in options.get(names.option) or ()]


def hearing_of(diarization: Mapping[str, Any] | None) -> Hearing:
    """Each side by itself, unless somebody wants it otherwise."""
    is_mixed = diarization is not None and not diarization[SEPARATE_STREAMS]
    return Hearing.MIXED if is_mixed else Hearing.SEPARATE


def _is_provider(value: object, providers: Collection[str]) -> bool:
    """Forms of other clients name all providers, and null for those that are not meant."""
    given = _given(value)
    return len(given) == 1 and all(name in providers and isinstance(each, dict) for name, each in given.items())


def _given(value: object) -> dict[str, Any]:
    return {name: each for name, each in value.items() if each is not None} if isinstance(value, dict) else {}


def _trouble(provider: object) -> str | None:
    for name, options in _given(provider).items():
        names = OPTIONS[name]
        if not isinstance(options.get(names.language), str | None):
            return f"{name}.{names.language} is a text."
        for key in names.key_terms:
            if not _is_texts(options.get(key, [])):
                return f"{name}.{key} is a list of texts."
        if names.spelling and not _is_spellings(options.get(names.spelling.option), names.spelling):
            return f"{name}.{names.spelling.option}: {names.spelling.find} is a list of texts that become one."
        if refused := [key for key in names.refused if not _is_left_out(options.get(key))]:
            return (
                f"{name}.{refused[0]} is done by no engine here. Leave it out, and change the transcript that you get."
            )
    return None


def _is_left_out(value: object) -> bool:
    return value is None or value is False


def _is_texts(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(text, str) for text in value))


def _is_spellings(value: object, names: SpellingNames) -> bool:
    return value is None or (isinstance(value, list) and all(_is_spelling(each, names) for each in value))


def _is_spelling(entry: object, names: SpellingNames) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get(names.replacement), str):
        return False
    return isinstance(entry.get(names.find), list) and _is_texts(entry[names.find])


def _is_diarization(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, dict) and isinstance(value.get(SEPARATE_STREAMS, False), bool)
