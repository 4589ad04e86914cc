"""Keys of a workspace, and what each may do."""

from dataclasses import dataclass, field
from enum import StrEnum

ID_DIGITS = 24


class Scope(StrEnum):
    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    ADMIN = "admin"
    """Keys, webhooks, the workspace itself and what was done in it."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Of the key itself only a digest is kept. ``scopes``: ``None`` is all of them."""

    digest: str = field(repr=False)
    workspace: str
    created_at: str
    name: str | None
    scopes: frozenset[Scope] | None
    revoked_at: str | None

    @property
    def id(self) -> str:
        """The digest of 256 random bits gives nothing away, and half of it even less."""
        return self.digest[:ID_DIGITS]

    def may(self, scope: Scope) -> bool:
        return self.scopes is None or scope in self.scopes
