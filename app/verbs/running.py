"""The verbs that act on what runs: ``start``, ``stop``, ``pause``, ``resume``, ``status``, ``mute``, ``mark``."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from app.console import Console
from app.messages import ExitStatus, Failure, Message, describe
from app.paths import Paths
from app.run_state import RUNNING, RunState, Verb
from app.running_words import running_message
from app.single_instance import Kind, ask

Document = dict[str, Any]


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """Raises ``Failure`` where nobody is there who could do it."""
    verb = Verb(options.order)
    kind = _chosen(verb, paths)
    answer = _asked(paths, kind, verb, getattr(options, "text", None))
    if answer is None:
        raise Failure.of(running_message("not_running"))
    if "state" not in answer:
        raise Failure.of(_refusal(answer["error"]))
    document = {**answer, "kind": kind}
    console.document(document, _text(document))
    return ExitStatus.DONE


def _refusal(error: Document) -> Message:
    return Message(error["code"], error["message"], error["hint"], describe(error["code"]).exit_status)


def _chosen(verb: Verb, paths: Paths) -> Kind:
    """Whoever records, else the one that could begin."""
    running = dict(_running(paths))
    if not running:
        raise Failure.of(running_message("not_running"))
    recording = (kind for kind, status in running.items() if status["state"] in RUNNING)
    if verb is Verb.START and Kind.FACE not in running:
        raise Failure.of(running_message("already_recording"))
    first = Kind.FACE if Kind.FACE in running else next(iter(running))
    return first if verb is Verb.START else next(recording, first)


def _running(paths: Paths) -> Iterator[tuple[Kind, Document]]:
    for kind in Kind:
        status = _asked(paths, kind, Verb.STATUS)
        if status is not None:
            yield kind, status


def _asked(paths: Paths, kind: Kind, verb: Verb, text: str | None = None) -> Document | None:
    answer = ask(paths, kind, json.dumps({"verb": verb, "text": text}).encode())
    return None if answer is None else dict(json.loads(answer))


def _text(document: Document) -> str:
    state = RunState(document["state"])
    lines = [f"{state}, {document['elapsed_s']:.0f} s" if document["elapsed_s"] is not None else str(state)]
    lines += ["the microphone is muted"] if document["muted"] else []
    return "\n".join([*lines, *document["warnings"]])
