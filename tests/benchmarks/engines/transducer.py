"""A transducer for sherpa-onnx, smaller than any that was ever trained: it knows loud from quiet, and one word."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
from onnx import TensorProto, helper

LOUD = "▁LOUD"
CHUNK, WINDOW = 4, 9
"""Frames of 10 ms that make one step, and that it looks at."""

QUIET = -9.0
"""Mean logarithm of a band's energy: speech is about -5, and silence -16."""


def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens.txt").write_text(f"<blk> 0\n{LOUD} 1\n", encoding="utf-8")
    onnx.save(_encoder(), folder / "encoder.onnx")
    onnx.save(_decoder(), folder / "decoder.onnx")
    onnx.save(_joiner(), folder / "joiner.onnx")


def _encoder() -> onnx.ModelProto:
    """Passes on how loud it is, and a state that nobody needs."""
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1, 2], keepdims=1),
        helper.make_node("Identity", ["mean"], ["encoder_out"]),
        helper.make_node("Identity", ["h"], ["new_h"]),
        helper.make_node("Identity", ["c"], ["new_c"]),
    ]
    inputs = [_floats("x", ["N", WINDOW, 80]), _floats("h", [1, "N", 1]), _floats("c", [1, "N", 1])]
    outputs = [_floats("encoder_out", ["N", 1, 1]), _floats("new_h", [1, "N", 1]), _floats("new_c", [1, "N", 1])]
    sizes = {"num_encoder_layers": 1, "T": WINDOW, "decode_chunk_len": CHUNK, "rnn_hidden_size": 1, "d_model": 1}
    return _model(nodes, inputs, outputs, [], {"model_type": "lstm", **sizes})


def _decoder() -> onnx.ModelProto:
    """What was said last makes no difference."""
    nodes = [
        helper.make_node("Cast", ["y"], ["said"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["said"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Mul", ["mean", "nothing"], ["decoder_out"]),
    ]
    inputs = [helper.make_tensor_value_info("y", TensorProto.INT64, ["N", 2])]
    nothing = helper.make_tensor("nothing", TensorProto.FLOAT, [1], [0.0])
    return _model(nodes, inputs, [_floats("decoder_out", ["N", 1])], [nothing], {"vocab_size": 2, "context_size": 2})


def _joiner() -> onnx.ModelProto:
    """The word where it is louder than ``QUIET``, else nothing."""
    nodes = [
        helper.make_node("Add", ["encoder_out", "decoder_out"], ["joined"]),
        helper.make_node("Sub", ["joined", "quiet"], ["louder"]),
        helper.make_node("Mul", ["louder", "nothing"], ["blank"]),
        helper.make_node("Concat", ["blank", "louder"], ["logit"], axis=1),
    ]
    constants = [
        helper.make_tensor("quiet", TensorProto.FLOAT, [1], [QUIET]),
        helper.make_tensor("nothing", TensorProto.FLOAT, [1], [0.0]),
    ]
    inputs = [_floats("encoder_out", ["N", 1]), _floats("decoder_out", ["N", 1])]
    return _model(nodes, inputs, [_floats("logit", ["N", 2])], constants, {"joiner_dim": 1})


def _floats(name: str, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _model(
    nodes: Sequence[onnx.NodeProto],
    inputs: Sequence[onnx.ValueInfoProto],
    outputs: Sequence[onnx.ValueInfoProto],
    constants: Sequence[onnx.TensorProto],
    about: Mapping[str, int | str],
) -> onnx.ModelProto:
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, {key: str(value) for key, value in about.items()})
    return model
