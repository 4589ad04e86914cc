"""The document that describes the API is true: of its routes by comparison, of the rest by cases made from it."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.uploader.api.generated import Plan, run
from tests.uploader.rig import Service
from uploader.backend.application import api_routes
from uploader.backend.openapi.document import API
from uploader.backend.openapi.operations import operations
from uploader.backend.openapi.transfers import tus_operations
from uploader.backend.tables import Resource

ALIKE = tuple(resource for resource in Resource if resource is not Resource.VIDEO_MIXED)
"""They have the routes of the one that is left."""

PLAN = Plan(seed=20261123, examples=1, scenarios=2, steps=6, phases=("fuzzing", "stateful"), left_out=ALIKE)


@pytest.fixture
def document(service: Service) -> dict[str, Any]:
    """As anybody gets it: no key is needed, for it holds no secret."""
    with service.client(None) as client:
        response = client.get("openapi.json")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    found: dict[str, Any] = response.json()
    return found


def test_every_route_is_described_and_nothing_else(service: Service, document: dict[str, Any]) -> None:
    routes = {route.path for route in api_routes(service.backend)}
    assert {f"{API}{path.rstrip('/')}/" for path in document["paths"]} == routes


def test_every_method_is_described_and_no_other(service: Service, document: dict[str, Any]) -> None:
    """What the routes themselves say of their methods."""
    with service.client(None) as client:
        for path, item in document["paths"].items():
            answer = client.options(path.replace("{", "").replace("}", "").lstrip("/"))
            told = {method.strip() for method in answer.headers["Allow"].split(",")} - {"OPTIONS"}
            described = {method.upper() for method in item if method != "parameters"}
            assert told - described <= {"HEAD"}, path
            assert described <= told, path


def test_nothing_is_described_that_is_not_there(document: dict[str, Any]) -> None:
    named = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert set(operations()) | set(tus_operations()) <= named


def test_what_is_referred_to_is_there(document: dict[str, Any]) -> None:
    def references(value: object) -> set[str]:
        match value:
            case {"$ref": str(address)}:
                return {address}
            case dict():
                return {each for inner in value.values() for each in references(inner)}
            case list():
                return {each for inner in value for each in references(inner)}
        return set()

    found = references(document)
    assert len(found) > 50
    for address in found:
        _, *path = address.split("/")
        place: Any = document
        for name in path:
            place = place[name]
        assert place


def test_a_method_that_no_route_knows(client: httpx.Client) -> None:
    answer = client.request("BREW", "recording/")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.timeout(300)
def test_cases_made_from_it(tmp_path: Path) -> None:
    """The full run is ``make fuzz``."""
    result = run(PLAN, tmp_path)
    assert result.faults == []
    assert result.cases.total() >= 40
    assert len(result.welcome) >= 12
