"""A Whisper model as faster-whisper has it, made into one for whisper.cpp: the same weights, laid out otherwise."""

import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = 0x67676D6C
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
BANDS = 80
HEAD_WIDTH = 64
"""Of every Whisper model."""

Array = NDArray[np.generic]
Names = Mapping[str, str]

LAYER_NORMS: Names = {"attn_ln": "self_attention/layer_norm", "mlp_ln": "ffn/layer_norm"}
CROSS: Names = {"cross_attn_ln": "attention/layer_norm"}


def convert(source: Path, filters: Array, target: Path) -> None:
    """``source``: a folder with CTranslate2's files. ``filters``: mel bands by frequencies, shape (80, 201)."""
    weights = dict(_read(source / "model.bin"))
    with target.open("wb") as file:
        _write_header(weights, file)
        file.write(struct.pack("<2i", *filters.shape) + filters.astype("<f4").tobytes())
        tokens = list(_tokens(source / "tokenizer.json"))
        file.write(struct.pack("<i", len(tokens)))
        for token in tokens:
            file.write(struct.pack("<I", len(token)) + token)
        for name, array in _named(weights):
            _write_tensor(name, array, file)


def _read(path: Path) -> Iterator[tuple[str, Array]]:
    """CTranslate2's binary, version 6."""
    with path.open("rb") as file:
        file.read(4)
        _text(file)
        _, count = struct.unpack("<2I", file.read(8))
        for _ in range(count):
            name, (rank,) = _text(file), file.read(1)
            shape = struct.unpack(f"<{rank}I", file.read(4 * rank))
            (kind,), (size,) = file.read(1), struct.unpack("<I", file.read(4))
            yield name, np.frombuffer(file.read(size), TYPES[kind]).reshape(shape)


def _text(file: BinaryIO) -> str:
    (size,) = struct.unpack("<H", file.read(2))
    return file.read(size).rstrip(b"\0").decode()


def _layers(weights: Mapping[str, Array], side: str) -> int:
    return len({name.split("/")[1] for name in weights if name.startswith(f"{side}/layer_") and name.count("/") > 2})


def _write_header(weights: Mapping[str, Array], file: BinaryIO) -> None:
    audio, text = weights["encoder/position_encodings/encodings"], weights["decoder/position_encodings/encodings"]
    width = audio.shape[1]
    sizes = (weights["decoder/embeddings/weight"].shape[0], len(audio), width, width // HEAD_WIDTH)
    texts = (len(text), width, width // HEAD_WIDTH, _layers(weights, "decoder"))
    file.write(struct.pack("<12i", MAGIC, *sizes, _layers(weights, "encoder"), *texts, BANDS, 1))


def _tokens(path: Path) -> Iterator[bytes]:
    """In the order of their numbers; the end of a text, which is the last, whisper.cpp knows itself."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    value = {chr(byte): byte for byte in plain} | {chr(256 + place): byte for place, byte in enumerate(others)}
    vocabulary: Mapping[str, int] = json.loads(path.read_bytes())["model"]["vocab"]
    for token in sorted(vocabulary, key=lambda token: vocabulary[token])[:-1]:
        yield bytes(value[letter] for letter in token)


def _named(weights: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    for side, last in (("encoder", "ln_post"), ("decoder", "ln")):
        yield f"{side}.positional_embedding", weights[f"{side}/position_encodings/encodings"].astype(np.float32)
        yield from _norm(weights, f"{side}/layer_norm", f"{side}.{last}")
        for number in range(_layers(weights, side)):
            layer, block = f"{side}/layer_{number}", f"{side}.blocks.{number}"
            for name, place in {**LAYER_NORMS, **(CROSS if side == "decoder" else {})}.items():
                yield from _norm(weights, f"{layer}/{place}", f"{block}.{name}")
            yield from _linear(weights, f"{layer}/ffn/linear_0", f"{block}.mlp.0")
            yield from _linear(weights, f"{layer}/ffn/linear_1", f"{block}.mlp.2")
            yield from _attention(weights, f"{layer}/self_attention", f"{block}.attn", joined=3)
            if side == "decoder":
                yield from _attention(weights, f"{layer}/attention", f"{block}.cross_attn", joined=2)
    for number in (1, 2):
        yield f"encoder.conv{number}.weight", weights[f"encoder/conv{number}/weight"]
        yield f"encoder.conv{number}.bias", weights[f"encoder/conv{number}/bias"].astype(np.float32)[:, None]
    yield "decoder.token_embedding.weight", weights["decoder/embeddings/weight"]


def _norm(weights: Mapping[str, Array], place: str, name: str) -> Iterator[tuple[str, Array]]:
    yield f"{name}.weight", weights[f"{place}/gamma"].astype(np.float32)
    yield f"{name}.bias", weights[f"{place}/beta"].astype(np.float32)


def _linear(weights: Mapping[str, Array], place: str, name: str) -> Iterator[tuple[str, Array]]:
    yield f"{name}.weight", weights[f"{place}/weight"]
    yield f"{name}.bias", weights[f"{place}/bias"].astype(np.float32)


def _attention(weights: Mapping[str, Array], place: str, name: str, *, joined: int) -> Iterator[tuple[str, Array]]:
    """Query, key and value are one matrix, or the last two are. A key has no bias of its own."""
    if joined == 3:
        parts: tuple[str, ...] = ("query", "key", "value")
        out = f"{place}/linear_1"
        matrix = f"{place}/linear_0"
    else:
        yield from _linear(weights, f"{place}/linear_0", f"{name}.query")
        parts, matrix, out = ("key", "value"), f"{place}/linear_1", f"{place}/linear_2"
    pairs = zip(np.split(weights[f"{matrix}/weight"], joined), np.split(weights[f"{matrix}/bias"], joined), strict=True)
    for part, (weight, bias) in zip(parts, pairs, strict=True):
        yield f"{name}.{part}.weight", weight
        if part != "key":
            yield f"{name}.{part}.bias", bias.astype(np.float32)
    yield from _linear(weights, out, f"{name}.out")


def _write_tensor(name: str, array: Array, file: BinaryIO) -> None:
    kind = 1 if array.dtype == np.float16 else 0
    file.write(struct.pack("<3i", array.ndim, len(name), kind))
    file.write(struct.pack(f"<{array.ndim}i", *reversed(array.shape)))
    file.write(name.encode() + np.ascontiguousarray(array).tobytes())
