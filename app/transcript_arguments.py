"""What the verbs of transcripts take."""

from enum import StrEnum
from pathlib import Path

from app.parser import Verbs, one_of
from capture.transcription.choice import EngineName


class TextFormat(StrEnum):
    TEXT = "text"
    SRT = "srt"
    VTT = "vtt"
    MARKDOWN = "markdown"
    JSON = "json"


def add_transcripts(verbs: Verbs) -> Verbs:
    """The verbs below ``models``."""
    make = verbs.add_parser("transcribe", help="make a transcript of a recording; goes on where it stopped")
    make.add_argument("id", metavar="ID")
    make.add_argument("--engine", choices=list(EngineName), metavar="E", help=", ".join(EngineName))
    make.add_argument("--model", metavar="PATH", help="or a name, as the engine has it")
    make.add_argument("--language", metavar="L", help="as in en; else the engine finds out")
    make.set_defaults(run="transcribe.run")
    read = verbs.add_parser("transcript", help="what was said, by whom and when")
    read.add_argument("id", metavar="ID", help="of the recording")
    read.add_argument("--transcript", metavar="TID", help="another than the one that is delivered; see --list")
    act = read.add_mutually_exclusive_group()
    act.add_argument("--list", action="store_true", help="all that there are of this recording")
    act.add_argument("--edit", type=Path, metavar="FILE", help="take corrections from this JSON; the original is kept")
    act.add_argument("--choose", action="store_true", help="make it the one that is shown and delivered")
    read.add_argument("--format", type=one_of(TextFormat), metavar="|".join(TextFormat), default=TextFormat.TEXT)
    read.set_defaults(run="transcribe.read")
    search = verbs.add_parser("search", help="find words in all transcripts")
    search.add_argument("words", nargs="+", metavar="WORDS", help='in "quotation marks" for a phrase')
    search.set_defaults(run="transcribe.search")
    return _add_models(verbs)


def _add_models(verbs: Verbs) -> Verbs:
    parser = verbs.add_parser("models", help="what engines need to understand speech: list, download, remove")
    acts: Verbs = parser.add_subparsers(metavar="list|download|remove", required=True)
    acts.add_parser("list", help="those that can be had, and those that are here").set_defaults(run="models.list_all")
    for name, words in (("download", "fetch one, or go on with it"), ("remove", "delete one")):
        act = acts.add_parser(name, help=words)
        act.add_argument("name", metavar="NAME", help="as `models list` has it")
        act.set_defaults(run=f"models.{name}")
    return acts
