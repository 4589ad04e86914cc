"""``afterword transcribe``, ``transcript`` and ``search``."""

import argparse
from pathlib import Path
from typing import Any

from app.console import Console, error_document
from app.library import recording_directory
from app.messages import ExitStatus, Failure
from app.paths import Paths
from app.recovery import recover_dead
from app.settings import load
from app.signals import stopped_by_signals
from app.transcript_delivery import deliver_again
from app.transcript_formats import clock, formatted
from app.transcript_search import search as search_all
from app.transcripts import LOG_NAME, TranscriberProcess, Wish, chosen_engine, failure_told
from capture.manifest import read_manifest
from capture.transcription.choice import EngineName
from capture.transcription.process import AWAITED, Progress, Task
from capture.transcription.shelf import About, Shelf, Transcript, TranscriptId, is_transcript, read_transcript
from capture.transcription.transcriber import TRANSCRIPT_NAME, show
from capture.wire import to_document


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """Makes it, and sends it after its recording."""
    recover_dead(paths, console)
    directory = recording_directory(paths, options.id)
    wish = Wish(options.engine, options.model, options.language)
    choice = chosen_engine(load(paths, console), paths, wish)
    if choice is None:
        raise Failure("no_engine", known=", ".join(EngineName))
    transcriber = TranscriberProcess(Task(directory, choice, AWAITED), paths.logs / LOG_NAME)

    def watch(progress: Progress) -> None:
        console.show(f"Transcribing … {progress.done} of {progress.total} stretches of speech")

    told = failure_told(lambda: deliver_again(directory, paths, console), console.complain_aside)
    with told, stopped_by_signals(transcriber.stop):
        about = transcriber.run(watch)
    if about is None:
        raise Failure("transcription_stopped", id=options.id)
    document = {"id": options.id, "transcript": to_document(about)}
    undelivered = deliver_again(directory, paths, console)
    text = f"{about.words} words: `afterword transcript {options.id}` shows them."
    if undelivered is None:
        console.document(document, text)
        return ExitStatus.DONE
    console.document({**document, "error": error_document(undelivered)}, text)
    console.complain_aside(undelivered)
    return undelivered.exit_status


def read(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    directory = recording_directory(paths, options.id)
    shelf = Shelf(directory)
    if options.list:
        return _list(shelf, console)
    if options.edit is not None:
        _edit(_chosen(options.transcript, shelf, options.id), options.edit, shelf)
    if options.edit is not None or options.choose:
        show(directory, _chosen(options.transcript, shelf, options.id).id)
        trouble = deliver_again(directory, paths, console)
        if trouble is not None:
            console.complain_aside(trouble)
    transcript = _transcript(directory, shelf, options)
    title = read_manifest(directory).spec.meeting.title
    console.document(transcript, formatted(transcript, options.format, title).rstrip("\n"))
    return ExitStatus.DONE


def search(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    found = search_all(options.words, paths)
    lines = [
        f"{each.title or 'Recording'}  {each.started_at}  {each.recording}\n"
        f"  [{clock(each.start_s)}] {each.speaker}: {each.text}"
        for each in found
    ]
    console.document({"found": [to_document(each) for each in found]}, "\n".join(lines) or "Nothing was found.")
    return ExitStatus.DONE


def _list(shelf: Shelf, console: Console) -> ExitStatus:
    transcripts = shelf.all()
    lines = [f"{each.id}  {each.created_at}  {each.engine}  {_state(each)}" for each in transcripts]
    documents: list[Any] = [to_document(each) for each in transcripts]
    console.document({"transcripts": documents}, "\n".join(lines) or "There is no transcript.")
    return ExitStatus.DONE


def _state(about: About) -> str:
    return f"{about.words} words" if about.sub_code is None else f"{about.status}: {about.sub_code}"


def _chosen(transcript_id: str | None, shelf: Shelf, recording_id: str) -> About:
    """The one that is meant, else the newest that is done. Raises ``Failure``."""
    readable = [about for about in shelf.all() if shelf.read(about.id) is not None]
    for about in readable:
        if transcript_id in {None, about.id}:
            return about
    raise Failure("unknown_transcript", id=transcript_id or f"of {recording_id}")


def _edit(about: About, file: Path, shelf: Shelf) -> None:
    edited = read_transcript(file)
    if edited is None or not is_transcript(edited):
        raise Failure("not_a_transcript", path=str(file))
    shelf.edit(TranscriptId(about.id), edited)


def _transcript(directory: Path, shelf: Shelf, options: argparse.Namespace) -> Transcript:
    """The one that is delivered, unless another is named. Raises ``Failure``."""
    if options.transcript is None:
        transcript = read_transcript(directory / TRANSCRIPT_NAME)
    else:
        transcript = shelf.read(_chosen(options.transcript, shelf, options.id).id)
    if transcript is None:
        raise Failure("unknown_transcript", id=options.transcript or f"of {options.id}")
    return transcript
