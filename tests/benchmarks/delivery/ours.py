"""``python -m tests.benchmarks.delivery.ours URL FILE ALGORITHM``: sends one file as a delivery does.

``ALGORITHM`` is that of ``Upload-Checksum``; ``none`` for none.
"""

import sys
from pathlib import Path

from uploader.destinations.pieces import Stretch
from uploader.destinations.transport import Transport
from uploader.destinations.tus_client import TusClient, TusUpload


def main() -> None:
    url, name, algorithm = sys.argv[1:]
    source = Path(name)
    size_bytes = source.stat().st_size
    with Transport(url) as transport:
        tus = TusClient(transport)
        address = tus.place(url, size_bytes, {"filename": source.name}, {})
        upload = TusUpload(address, {}, None if algorithm == "none" else algorithm)
        offset = tus.offset(upload, size_bytes)
        while offset < size_bytes:
            offset = tus.append(upload, Stretch(source, offset, size_bytes - offset), lambda _: None)


if __name__ == "__main__":
    main()
