import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a recorder; numpy is loaded before it here
