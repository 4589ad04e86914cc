"""Records one meeting to disk: headless, without Qt, without a network."""

import os

# before numpy is loaded, which asks only then: threads make small products, as the speech model's, ten times as costly
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
