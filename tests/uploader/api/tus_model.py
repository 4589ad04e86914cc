"""What must be there: every byte that was acknowledged, in its place, and nothing that was refused."""

from dataclasses import dataclass, field


@dataclass
class ModelFile:
    """``content`` was acknowledged. Of ``maybe`` a beginning may have come: its sender never heard."""

    address: str
    path: str
    length: int | None
    is_part: bool = False
    is_gone: bool = False
    content: bytearray = field(default_factory=bytearray)
    maybe: bytes | None = None
    """What a writer who may still be at it sent; ``None`` where nobody is."""

    @property
    def id(self) -> str:
        return self.address.rstrip("/").rpartition("/")[2]

    @property
    def left_bytes(self) -> int:
        """Of a deferred length: as much as the fuzzer likes."""
        return 3000 if self.length is None else self.length - len(self.content)

    @property
    def is_finished(self) -> bool:
        return self.length == len(self.content)

    def may_end_at(self, offset: int) -> bool:
        return len(self.content) <= offset <= len(self.content) + len(self.maybe or b"")

    def settle(self, offset: int) -> None:
        """Nobody writes any more, and this is where it ends."""
        self.content += (self.maybe or b"")[: offset - len(self.content)]
        self.maybe = None

    def acknowledge(self, body: bytes, *, at: int) -> None:
        self.settle(at)
        self.content += body


@dataclass
class ModelUpload:
    id: str
    recording_id: str
    token: str
    files: list[ModelFile] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"/api/v1/sdk_upload/{self.id}/media/"

    @property
    def present(self) -> list[ModelFile]:
        return [file for file in self.files if not file.is_gone]
