"""What a database means to do for a statement, in its own words, and whether it reads whole tables for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

SMALL = ("answers", "doomed", "keys", "schema_versions", "signing_keys", "webhook_", "workspaces", "request_times")
"""Tables that do not grow with the recordings."""


NOTHING, EMPTY = "0 = 1", "WHERE 1!=1"
"""Conditions that no row meets, which no database looks for."""


@dataclass
class Statements:
    """Everything that was asked while it was recorded, once each."""

    asked: dict[str, Any] = field(default_factory=dict)

    def note(self, *told: Any) -> None:  # noqa: ANN401 - the arguments of a listener are of many types
        _, _, statement, parameters, *_ = told
        if statement.startswith("SELECT"):
            self.asked.setdefault(statement, parameters)


@contextmanager
def recorded(engine: Engine) -> Iterator[Statements]:
    statements = Statements()
    event.listen(engine, "before_cursor_execute", statements.note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", statements.note)


def scans(engine: Engine, statements: Statements) -> list[str]:
    """The steps that read a whole table, of all statements."""
    explain = _sqlite if engine.dialect.name == "sqlite" else _postgresql
    found = []
    with engine.connect() as connection:
        for statement, parameters in statements.asked.items():
            if NOTHING in statement or EMPTY in statement:
                continue
            found += [step for step in explain(connection, statement, parameters) if not _is_small(step)]
    return found


def _is_small(step: str) -> bool:
    return any(f" {name}" in step for name in SMALL)


HANDED_IN = ("CONSTANT ROW", "VIRTUAL TABLE")
"""Lists that came with the question: read to their end, as they should be."""


def _sqlite(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:  # noqa: ANN401 - a driver's
    for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
        step = str(row[-1])
        if step.startswith("SCAN") and not any(harmless in step for harmless in HANDED_IN):
            yield step


def _postgresql(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:  # noqa: ANN401 - a driver's
    for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters):
        step = str(row[0]).strip()
        if "Seq Scan" in step:
            yield step
