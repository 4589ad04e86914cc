"""Lists of the API: filters in the query, one page in the answer, absolute addresses of the pages beside it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table
from starlette.responses import Response

from uploader.backend.calls import Call
from uploader.backend.json_text import JsonText, json_response, quoted
from uploader.backend.paging import MAX_PAGE_ROWS, PAGE_ROWS, Cursor, Page, PageRequest, decode_cursor
from uploader.backend.ranges import MAX_DIGITS
from uploader.backend.refusal import InvalidFields
from uploader.backend.store import is_not
from uploader.times import normalized


def page_request(call: Call) -> PageRequest:
    """Raises ``Refusal``."""
    cursor = call.query.get("cursor")
    limit = call.query.get("limit", "")
    rows = int(limit[:MAX_DIGITS]) if limit.isascii() and limit.isdigit() else PAGE_ROWS
    return PageRequest(decode_cursor(cursor) if cursor else None, max(1, min(rows, MAX_PAGE_ROWS)))


def page_response(call: Call, page: Page[Any], results: Iterable[JsonText]) -> Response:
    older, newer = (quoted(_address(call, cursor)) for cursor in (page.older, page.newer))
    return json_response(JsonText(f'{{"next":{older},"previous":{newer},"results":[{",".join(results)}]}}'))


def _address(call: Call, cursor: Cursor | None) -> str | None:
    return str(call.url.include_query_params(cursor=cursor.encode())) if cursor else None


def created_between(call: Call, table: Table) -> list[ColumnElement[bool]]:
    """The two filters by age that every list has. Raises ``Refusal``."""
    column: Column[str] = table.c.created_at
    after, before = (moment(name, call.query.get(name)) for name in ("created_at_after", "created_at_before"))
    conditions = [column >= after] if after else []
    return conditions + ([column <= before] if before else [])


def moment(name: str, value: object) -> str | None:
    """As times are stored. Raises ``Refusal``."""
    if value is None or value == "":
        return None
    try:
        return normalized(value if isinstance(value, str) else "")
    except ValueError as error:
        raise InvalidFields({name: ["Enter a valid date/time."]}) from error


def status_is(call: Call, column: Column[str], known: Iterable[str], hidden: str) -> ColumnElement[bool]:
    """Without a filter, all but the ``hidden`` ones. Raises ``Refusal``."""
    return next(iter(one_of(call, "status_code", column, known)), is_not(column, hidden))


def one_of(call: Call, name: str, column: Column[str], known: Iterable[str]) -> list[ColumnElement[bool]]:
    """An optional filter with a fixed choice. Raises ``Refusal``."""
    wanted = call.query.get(name)
    if not wanted:
        return []
    if wanted not in set(known):
        raise InvalidFields({name: [f'"{wanted}" is not a valid choice.']})
    return [column == wanted]


def uuid_filter(call: Call, name: str, column: Column[str]) -> list[ColumnElement[bool]]:
    """An optional filter by an id. Raises ``Refusal``."""
    wanted = requested_uuid(call, name)
    return [column == wanted] if wanted else []


def requested_uuid(call: Call, name: str) -> str | None:
    """Raises ``Refusal``."""
    wanted = call.query.get(name)
    try:
        return str(UUID(wanted)) if wanted else None
    except ValueError as error:
        raise InvalidFields({name: ["Enter a valid UUID."]}) from error
