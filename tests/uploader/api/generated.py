"""Cases that schemathesis makes of the API's own document, against a served backend: all of its checks but three.

``use_after_free`` expects that what was deleted is gone. A recording and its media stay, with the status ``deleted``
and without their bytes: for them it is left out. ``positive_data_acceptance`` is left out for tus alone, because
OpenAPI cannot say that exactly one of three headers is wanted. ``ensure_resource_availability`` is left out for parts:
this backend has no store that takes them, and says so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import schemathesis
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from tests.fakes.recording_directory import make_recording
from tests.uploader.api.strict import strict
from tests.uploader.backend.transcribing import Untalented
from tests.uploader.rig import BODY_TYPE, Service, served, upload_recording
from uploader.backend import DEFAULT_WORKSPACE
from uploader.backend.keys import key_digest, new_secret
from uploader.backend.locations import EMBEDDED, Places
from uploader.backend.rates import Rates
from uploader.backend.tables import Resource

schemathesis.serializer.alias(BODY_TYPE, "application/octet-stream")

ACCEPTABLE = ["2xx", "3xx", 401, 403, 404, 409, 410, 429]
"""Of requests that make sense: some name what is not there, or what was deleted."""

REFUSALS = [400, 401, 403, 404, 405, 409, 410, 415, 422, 431]
TUS_REFUSALS = [*REFUSALS, 412, 413, 423, 460]
UNLIMITED = Rates(lists=10**9, others=10**9, transcripts=10**9)


@dataclass(frozen=True)
class Plan:
    """``examples``: of each operation; ``scenarios``: of several requests, ``steps`` at most.

    ``phases``: of schemathesis; ``coverage`` alone has some 3000 cases, whatever the seed.
    """

    seed: int
    examples: int
    scenarios: int
    steps: int
    phases: tuple[str, ...] = ("coverage", "fuzzing", "stateful")
    left_out: tuple[Resource, ...] = ()


@dataclass
class Result:
    """``faults``: what checks had to say, with the request. ``welcome``: operations that were answered as meant."""

    cases: Counter[str] = field(default_factory=Counter)
    welcome: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class Keyring:
    """A key that opens the default workspace; another one, once the one before was revoked by a case."""

    def __init__(self, service: Service) -> None:
        self._backend = service.backend
        self._key = self._backend.api_key

    @property
    def key(self) -> str:
        if self._backend.access.key(self._key) is None:
            self._key = new_secret()
            with self._backend.store.transaction() as transaction:
                transaction.add_key(key_digest(self._key), DEFAULT_WORKSPACE, "2026-11-01T09:00:00.000000Z")
        return self._key


def credentials(service: Service) -> type[schemathesis.AuthProvider[str]]:
    """A key, or the token of the upload that the path names."""
    keyring = Keyring(service)

    class Credentials:
        def get(self, case: schemathesis.Case[Any], _: schemathesis.AuthContext) -> str:
            wanted = case.operation.definition.raw.get("security") or [{}]
            if "uploadToken" in wanted[-1]:
                return service.backend.access.upload_token(str(case.path_parameters.get("upload_id")))
            return keyring.key

        def set(self, case: schemathesis.Case[Any], data: str, _: schemathesis.AuthContext) -> None:
            case.headers["Authorization"] = f"Token {data}"
            if "Idempotency-Key" in case.headers:  # said twice, it has the first answer given again
                case.headers["Idempotency-Key"] = str(uuid4())

    return Credentials


def config(url: str, plan: Plan) -> schemathesis.Config:
    deleted = ["/recording/{id}/account/", *(f"/{name}/{{id}}/" for name in ("recording", *Resource))]
    media, parts = "/sdk_upload/{upload_id}/media/", "/sdk_upload/{upload_id}/parts/"
    return schemathesis.Config.from_dict(
        {
            "seed": plan.seed,
            "base-url": url,
            "generation": {"max-examples": plan.examples, "database": "none"},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTABLE},
                "negative_data_rejection": {"expected-statuses": REFUSALS},
            },
            "phases": {
                **{name: {"enabled": name in plan.phases} for name in ("examples", "coverage", "fuzzing")},
                "stateful": {
                    "enabled": "stateful" in plan.phases,
                    "max-steps": plan.steps,
                    "generation": {"max-examples": plan.scenarios, "database": "none"},
                },
            },
            "operations": [
                *({"include-path-regex": f"^/{each}/", "enabled": False} for each in plan.left_out),
                {"include-path": deleted, "checks": {"use_after_free": {"enabled": False}}},
                {
                    "include-path": [parts, parts + "sign/"],
                    "checks": {"ensure_resource_availability": {"enabled": False}},
                },
                {
                    "include-path": [media, media + "{file_id}/"],
                    "checks": {
                        "positive_data_acceptance": {"enabled": False},
                        "missing_required_header": {"expected-statuses": TUS_REFUSALS},
                        "negative_data_rejection": {"expected-statuses": TUS_REFUSALS},
                    },
                },
            ],
        }
    )


def run(plan: Plan, folder: Path, places: Places = EMBEDDED) -> Result:
    with served(folder / "data", Untalented(), rates=UNLIMITED, places=places) as service:
        with service.client(service.backend.api_key) as client:
            upload_recording(service, client, make_recording(folder / "recordings", video_bytes=1000))
            document = strict(client.get("openapi.json").json())
        schema = schemathesis.openapi.from_dict(document, config=config(f"{service.url}/api/v1", plan))
        schema.auth(refresh_interval=None)(credentials(service))
        return result_of(from_schema(schema).execute())


def result_of(stream: Iterator[events.EngineEvent]) -> Result:
    result = Result()
    for event in stream:
        match event:
            case events.ScenarioFinished():
                result.cases[event.phase.value] += len(event.recorder.cases)
                result.faults += faults_of(event.recorder)
                result.welcome |= welcome(event.recorder)
            case events.NonFatalError():
                result.faults.append(f"{event.label}: {event.value!r}")
            case events.FatalError():
                raise event.exception
    return result


def welcome(recorder: ScenarioRecorder) -> set[str]:
    """The operations that were answered as they were meant."""
    return {
        recorder.cases[case_id].value.operation.label
        for case_id, interaction in recorder.interactions.items()
        if interaction.response is not None and interaction.response.status_code < HTTPStatus.BAD_REQUEST
    }


def faults_of(recorder: ScenarioRecorder) -> Iterator[str]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info
                response = recorder.interactions[case_id].response
                answer = f"{response.status_code} {response.text[:300]}" if response else "no answer"
                what = f"{recorder.label} {check.name}: {failure.failure.title}"
                yield f"{what}\n{failure.failure.message}\n{answer}\n{failure.code_sample}"
