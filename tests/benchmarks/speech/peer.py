"""Silero VAD by onnxruntime, as its authors ship it: what each window of a sound is, and what that costs.

Run by a Python that has both: ``pip install onnxruntime``, and ``pip install --no-deps silero-vad`` (its own
dependencies are two gigabytes that are not needed here). Arguments: the sound at 16 kHz (``.npy``), and the ``.npy``
that takes the probabilities. Prints one JSON document.
"""

import json
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

WINDOW, CONTEXT = 512, 64
RATE_HZ = 16_000


def main() -> None:
    source, target = map(Path, sys.argv[1:])
    began_s = time.perf_counter()
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model()), options, providers=["CPUExecutionProvider"])
    start_s = time.perf_counter() - began_s
    sound = np.load(source)
    state, context = np.zeros((2, 1, 128), np.float32), np.zeros((1, CONTEXT), np.float32)
    found = []
    began_s = time.process_time()
    for first in range(0, len(sound) - WINDOW + 1, WINDOW):
        window = np.concatenate([context, sound[np.newaxis, first : first + WINDOW]], axis=1)
        probability, state = session.run(None, {"input": window, "state": state, "sr": np.array(RATE_HZ)})
        context = window[:, -CONTEXT:]
        found.append(probability[0, 0])
    cost_s = time.process_time() - began_s
    np.save(target, np.array(found, np.float32))
    sys.stdout.write(
        json.dumps({"start_ms": start_s * 1000, "cpu_ms_per_s": cost_s * 1000 * RATE_HZ / len(sound)}) + "\n"
    )


def model() -> Path:
    """Found without importing the package: that would want its dependencies."""
    found = find_spec("silero_vad")
    if found is None or found.origin is None:
        message = "silero-vad is not installed"
        raise FileNotFoundError(message)
    return Path(found.origin).parent / "data" / "silero_vad_16k_op15.onnx"


if __name__ == "__main__":
    main()
