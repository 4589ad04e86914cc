"""Lists of the API: filters in the query, one page in the answer, absolute addresses of the pages beside it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table
from starlette.responses import JSONResponse, Response

from uploader.backend.calls import Call
from uploader.backend.paging import MAX_PAGE_ROWS, PAGE_ROWS, Cursor, Page, PageRequest, decode_cursor
from uploader.backend.ranges import MAX_DIGITS
from uploader.backend.refusal import InvalidFields
from uploader.times import normalized


def page_request(call: Call) -> PageRequest:
    """Raises ``Refusal``."""
    cursor = call.query.get("cursor")
    limit = call.query.get("limit", "")
    rows = int(limit[:MAX_DIGITS]) if limit.isascii() and limit.isdigit() else PAGE_ROWS
    return PageRequest(decode_cursor(cursor) if cursor else None, max(1, min(rows, MAX_PAGE_ROWS)))


def page_response(call: Call, page: Page[Any], results: Sequence[dict[str, Any]]) -> Response:
    body = {"next": _address(call, page.older), "previous": _address(call, page.newer), "results": results}
    return JSONResponse(body)


def _address(call: Call, cursor: Cursor | None) -> str | None:
    return str(call.url.include_query_params(cursor=cursor.encode())) if cursor else None


def created_between(call: Call, table: Table) -> list[ColumnElement[bool]]:
    """The two filters by age that every list has. Raises ``Refusal``."""
    column: Column[str] = table.c.created_at
    after, before = _moment(call, "created_at_after"), _moment(call, "created_at_before")
    conditions = [column >= after] if after else []
    return conditions + ([column <= before] if before else [])


def _moment(call: Call, name: str) -> str | None:
    value = call.query.get(name)
    if not value:
        return None
    try:
        return normalized(value)
    except ValueError as error:
        raise InvalidFields({name: ["Enter a valid date/time."]}) from error


def status_is(call: Call, column: Column[str], hidden: str) -> ColumnElement[bool]:
    """Without a filter, all but the ``hidden`` ones."""
    wanted = call.query.get("status_code")
    return column == wanted if wanted else column != hidden
