"""What the command line takes. Light: a verb's own module is imported only when the verb is meant."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from app.parser import Parser, Verbs, number, one_of, port, region
from app.program_version import program_version
from app.recording_rules import AutoRecord
from app.settings import KEYS, LEAST_RATE_BYTES_PER_S, Deliveries, listed
from app.transcript_arguments import add_transcripts
from capture.encoding.catalogue import describe_profiles
from capture.recording import EchoMode, PauseMode
from uploader.realtime.endpoints import AUDIO, PICTURES

LONGEST_S = 366 * 24 * 3600.0


class _ShowVersion(argparse.Action):
    """Argparse's own wants to know it beforehand."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        sys.stdout.write(f"{parser.prog} {program_version()}\n")
        parser.exit()


def make_parser() -> Parser:
    """What it parses has ``run``: the verb's module and function, as in ``record.run``; ``None`` without a verb."""
    parser = Parser(prog="afterword", description="Record meetings on your own machine.")
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show program's version number and exit")
    parser.set_defaults(run=None, basedir=None, json=False, events=False)
    verbs = parser.add_subparsers(metavar="VERB")
    _add_record(verbs)
    verbs.add_parser("devices", help="list screens, microphones and what plays sound").set_defaults(run="devices.run")
    _add_meetings(verbs)
    _add_watch(verbs)
    _add_orders(verbs)
    _add_library(verbs)
    models = add_transcripts(verbs)
    _add_serve(verbs)
    config = _add_config(verbs)
    _add_update(verbs)
    verbs.add_parser("doctor", help="check that a meeting could be recorded now").set_defaults(run="doctor.run")
    for each in (parser, *verbs.choices.values(), *config.choices.values(), *models.choices.values()):
        _add_common_options(each)
    return parser


def _add_record(verbs: Verbs) -> None:
    parser = verbs.add_parser("record", help="record the screen and both sides of the sound, then deliver")
    parser.add_argument("--duration", type=_seconds, metavar="S", help="stop after so many seconds")
    parser.add_argument("--screen", default="1", metavar="N|all", help="which screen (default: 1)")
    parser.add_argument("--window", metavar="ID", help="only this window, whatever covers it; see devices")
    parser.add_argument("--end-with-window", action="store_true", help="stop when the window is closed")
    parser.add_argument("--region", type=region, metavar="X,Y,W,H", help="only this part of the desktop, in pixels")
    parser.add_argument(
        "--exclude-window", action="append", default=[], metavar="ID", help="leave this one out of a screen; repeatable"
    )
    parser.add_argument("--no-video", action="store_true", help="sound alone")
    parser.add_argument("--microphone", metavar="ID", help="see devices; `default` is the one that the system prefers")
    parser.add_argument("--no-microphone", action="store_true")
    parser.add_argument("--system-audio", metavar="ID", help="what to listen to, as above")
    parser.add_argument("--no-system-audio", action="store_true")
    parser.add_argument("--fps", type=int, metavar="N", help="at most so many pictures a second")
    parser.add_argument("--profile", metavar="NAME", help=_list_profiles())
    parser.add_argument(
        "--pauses",
        type=one_of(PauseMode),
        metavar="cut|blank",
        help="what a pause leaves in the recording: nothing, or its length, black and silent",
    )
    parser.add_argument(
        "--echo",
        type=one_of(EchoMode),
        metavar="keep|cancel",
        help="what the microphone hears of the loudspeaker: left in the mix, or taken out",
    )
    parser.add_argument("--title", metavar="T")
    _add_outgoing(parser)
    parser.epilog = "What is not said is as in the settings: afterword config get."
    parser.set_defaults(run="record.run")


def _add_outgoing(parser: Parser) -> None:
    """What ``outgoing_of`` reads."""
    parser.add_argument("--destination", metavar="URL", help="`local` is the backend on this machine")
    parser.add_argument("--no-deliver", action="store_true")
    parser.add_argument(
        "--realtime", action="append", metavar="URL", help="tell live events to this webhook or websocket; repeatable"
    )
    parser.add_argument(
        "--realtime-events", type=listed, metavar="A,B", help=f"default: all but {AUDIO} and {PICTURES}"
    )


def _add_library(verbs: Verbs) -> None:
    verbs.add_parser("recordings", help="list what was recorded").set_defaults(run="library.list_all")
    show = verbs.add_parser("show", help="one recording")
    show.add_argument("id", metavar="ID")
    show.set_defaults(run="library.show_one")
    look = verbs.add_parser("open", help="show the folder of a recording on the desktop")
    look.add_argument("id", metavar="ID")
    look.set_defaults(run="open.run")
    delete = verbs.add_parser("delete", help="delete a recording from this machine")
    delete.add_argument("id", metavar="ID")
    delete.set_defaults(run="library.delete_one")
    verify = verbs.add_parser("verify", help="compare the files with what was recorded")
    verify.add_argument("ids", nargs="*", metavar="ID")
    verify.set_defaults(run="library.verify_some")
    deliver = verbs.add_parser("deliver", help="send what is owed; goes on where it stopped")
    deliver.add_argument("ids", nargs="*", metavar="ID")
    deliver.add_argument("--destination", metavar="URL", help="default: where it was to go before")
    deliver.add_argument("--wait", action="store_true", help="until all is there, however long the network is away")
    deliver.add_argument("--limit", type=_rate, metavar="BYTES", help="send at most so many bytes a second")
    deliver.add_argument("--now", action="store_true", help="whatever the settings say to wait for")
    for option, value, said in (
        ("--pause", Deliveries.PAUSED, "hold up all deliveries, until --resume"),
        ("--resume", Deliveries.ON, "let them go on"),
    ):
        deliver.add_argument(option, dest="deliveries", action="store_const", const=value, help=said)
    deliver.add_argument("--ca-file", type=Path, metavar="FILE", help="further certificate authorities to trust, PEM")
    deliver.set_defaults(run="deliver.run")
    key = verbs.add_parser(
        "key", help="keep the API key of a destination; it is asked for, or read from standard input"
    )
    key.add_argument("url", metavar="URL")
    key.add_argument("--forget", action="store_true")
    key.set_defaults(run="key.run")
    recover = verbs.add_parser("recover", help="finish recordings whose recorder died; every list does it too")
    recover.add_argument("ids", nargs="*", metavar="ID")
    recover.set_defaults(run="recover.run")
    repair = verbs.add_parser("repair", help="mend a broken MP4, MOV, M4A, WAV, MP3, Ogg, MKV or WebM into a new file")
    repair.add_argument("file", type=Path, metavar="FILE")
    repair.add_argument("-o", "--output", type=Path, metavar="OUT", help="default: NAME.repaired.EXT beside it")
    repair.set_defaults(run="repair.run")


def _add_meetings(verbs: Verbs) -> None:
    parser = verbs.add_parser("meetings", help="which meetings go on, and how that is known")
    parser.add_argument("--watch", action="store_true", help="until Ctrl-C; --events tells each as it comes")
    parser.set_defaults(run="meetings.run")


def _add_watch(verbs: Verbs) -> None:
    parser = verbs.add_parser("watch", help="offer meetings for recording, or record them by themselves, until Ctrl-C")
    parser.add_argument(
        "--auto", type=one_of(AutoRecord), metavar="off|ask|always", help="whatever the settings say, for once"
    )
    parser.add_argument("--screen", default="1", metavar="N|all", help="which screen (default: 1)")
    parser.add_argument("--no-video", action="store_true", help="sound alone")
    _add_outgoing(parser)
    parser.epilog = "On standard input it takes, one a line: record, not now, never, keep, stop, undo, announced."
    parser.set_defaults(run="watch.run")


def _add_orders(verbs: Verbs) -> None:
    """To the app or the recorder that runs."""
    for order, said in (
        ("start", "begin to record, in the app that runs"),
        ("stop", "end the recording that runs"),
        ("pause", "pause it"),
        ("resume", "go on with it"),
        ("status", "how things stand"),
        ("mute", "leave your microphone out of it"),
        ("unmute", "take your microphone in again"),
        ("mark", "mark this moment in it"),
    ):
        parser = verbs.add_parser(order, help=said)
        parser.set_defaults(run="running.run", order=order)
        if order == "mark":
            parser.add_argument("text", nargs="?", metavar="TEXT")


def _add_serve(verbs: Verbs) -> None:
    parser = verbs.add_parser("serve", help="run the recordings backend")
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen on (default: loopback)")
    parser.add_argument("--port", type=port, default=0, metavar="P", help="default: any free one")
    parser.add_argument("--data", type=Path, metavar="DIR", help="default: the backend of the desktop app")
    parser.add_argument("--database-url", metavar="URL", help="postgresql://…, without a password; default: SQLite")
    parser.add_argument("--media-url", metavar="URL", help="s3://bucket/prefix?endpoint=…&region=…; default: files")
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="another name to answer to")
    parser.set_defaults(run="serve.run")


def _add_update(verbs: "Verbs") -> None:
    parser = verbs.add_parser("update", help="look for a newer release, after a question; installs nothing")
    parser.add_argument("url", metavar="URL", help="where releases are told, as a JSON document")
    parser.add_argument("--yes", action="store_true", help="without the question")
    parser.set_defaults(run="update.run")


def _add_config(verbs: Verbs) -> Verbs:
    parser = verbs.add_parser("config", help="what record does when nothing else is said")
    acts: Verbs = parser.add_subparsers(metavar="get|set|path", required=True)
    get = acts.add_parser("get", help="all settings, or one")
    get.add_argument("key", nargs="?", choices=KEYS, metavar="KEY", help=", ".join(KEYS))
    get.set_defaults(run="config.get")
    change = acts.add_parser("set", help="remember a setting")
    change.add_argument("key", choices=KEYS, metavar="KEY", help=", ".join(KEYS))
    change.add_argument("value", metavar="VALUE")
    change.set_defaults(run="config.change")
    acts.add_parser("path", help="where they are kept").set_defaults(run="config.path")
    return acts


def _add_common_options(parser: argparse.ArgumentParser) -> None:
    """Before the verb or after it. A default here would undo what was said before the verb."""
    nothing = argparse.SUPPRESS
    parser.add_argument("--basedir", type=Path, default=nothing, metavar="DIR", help="keep everything below one folder")
    parser.add_argument("--json", action="store_true", default=nothing, help="one JSON document on standard output")
    parser.add_argument("--events", action="store_true", default=nothing, help="a line of JSON for each event instead")


def _list_profiles() -> str:
    listed = "; ".join(f"{name}: {description}" for name, description in describe_profiles().items())
    return f"how to encode. {listed}".replace("%", "%%")


def _seconds(text: str) -> float:
    seconds = number(text)
    if not 0 < seconds <= LONGEST_S:
        message = f"{text} is no length of time"
        raise argparse.ArgumentTypeError(message)
    return seconds


def _rate(text: str) -> float:
    bytes_per_s = number(text)
    if not bytes_per_s >= LEAST_RATE_BYTES_PER_S:
        message = f"less than {LEAST_RATE_BYTES_PER_S} bytes a second would never end"
        raise argparse.ArgumentTypeError(message)
    return bytes_per_s
