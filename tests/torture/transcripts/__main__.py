"""``python -m tests.torture.transcripts``: kills the transcriber at any moment, and lets another one go on."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.capture.report import say
from tests.torture.score import Bounds, Score, table
from tests.torture.transcripts.course import conversation, kill_once


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.transcripts", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args()
    trials = []
    with tempfile.TemporaryDirectory(prefix="transcripts-") as name:
        original = conversation(Path(name))
        for number in range(options.kills):
            folder = Path(name) / str(number)
            folder.mkdir()
            trials.append(kill_once(original, random.Random(f"{options.seed} {number}"), folder))
            say(f"{number + 1}: {'; '.join(trials[-1].problems) or 'passed'}")
    score = Score("transcriber killed", Bounds(), trials)
    sys.stdout.write(f"Seed {options.seed}.\n\n{table([score])}")
    return 1 if score.problems() else 0


if __name__ == "__main__":
    sys.exit(main())
