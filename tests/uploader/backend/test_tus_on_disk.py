"""tus, where its files are on the backend's own disk."""

import time

from tests.uploader.backend.test_tus import CONTENT, begin_patch, wait_for
from tests.uploader.rig import Service, Tus, stored
from uploader.backend.long_body import PIECE_BYTES


def test_what_came_before_the_connection_broke_is_kept(service: Service, tus: Tus) -> None:
    content = CONTENT * 300
    address = tus.place(len(content))
    deadline_s = time.monotonic() + 20
    with begin_patch(address, tus.client.headers["Authorization"], len(content), content[:-1000]):
        while len(stored(service, address) or b"") < PIECE_BYTES:
            assert time.monotonic() < deadline_s
    wait_for(service, address, busy=False)
    offset = tus.offset(address)
    assert PIECE_BYTES <= offset < len(content)
    assert tus.patch(address, offset, content[offset:]).status_code == 204
    assert stored(service, address) == content


def test_the_offset_is_what_is_really_on_disk(service: Service, tus: Tus) -> None:
    address = tus.place(len(CONTENT))
    tus.patch(address, 0, CONTENT[:5000])
    file_id = address.rstrip("/").rpartition("/")[2]
    blob = service.backend.data / "blobs" / file_id[:2] / file_id
    blob.write_bytes(CONTENT[:300])
    assert tus.offset(address) == 300
    blob.write_bytes(CONTENT[:300] + b"written, but never acknowledged")
    assert tus.patch(address, 5000, b"").status_code == 409
    assert tus.offset(address) == 331


def test_bytes_beyond_the_acknowledged_offset_are_dropped(service: Service, tus: Tus) -> None:
    address = tus.place(len(CONTENT))
    tus.patch(address, 0, CONTENT[:300])
    file_id = address.rstrip("/").rpartition("/")[2]
    with (service.backend.data / "blobs" / file_id[:2] / file_id).open("ab") as blob:
        blob.write(b"\0" * 10_000)
    assert tus.offset(address) == 300
    assert tus.patch(address, 300, CONTENT[300:]).status_code == 204
    assert stored(service, address) == CONTENT
