"""What the verbs of transcripts take."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from capture.transcription.choice import EngineName

if TYPE_CHECKING:
    from app.arguments import Verbs


class TextFormat(StrEnum):
    TEXT = "text"
    SRT = "srt"
    VTT = "vtt"
    MARKDOWN = "markdown"
    JSON = "json"


def add_transcripts(verbs: "Verbs") -> None:
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
    read.add_argument("--format", type=TextFormat, choices=list(TextFormat), default=TextFormat.TEXT)
    read.set_defaults(run="transcribe.read")
    search = verbs.add_parser("search", help="find words in all transcripts")
    search.add_argument("words", nargs="+", metavar="WORDS", help='in "quotation marks" for a phrase')
    search.set_defaults(run="transcribe.search")
