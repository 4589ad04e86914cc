"""``afterword config``: what ``record`` does when nothing else is said."""

import argparse
from threading import Event

from app.console import Console
from app.messages import ExitStatus, Failure, describe
from app.moving import move_recordings
from app.paths import RECORDINGS_KEY, Paths
from app.places import choose_place
from app.recording_plan import NO_DEVICE
from app.settings import KEYS, Settings, Value, from_words, read
from app.settings_file import write_setting
from app.signals import stopped_by_signals
from app.sound_devices import KEYS as DEVICE_KEYS
from app.sound_devices import explain, list_side
from app.words.wording import BadValue
from capture.errors import SourceError, UnknownDevice
from capture.recording import DEFAULT_DEVICE, SYNTHETIC_DEVICE


def get(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """One key's value alone, for scripts; or all of them."""
    found = read(paths.settings)
    for warning in found.warnings:
        console.complain_aside(warning)
    if found.unknown:
        data = {"keys": ", ".join(found.unknown), "path": str(paths.settings), "known": ", ".join(KEYS)}
        console.complain_aside(describe("unknown_settings", data=data))
    values = {key: _plain(found.settings, key) for key in ([options.key] if options.key else KEYS)}
    width = max(map(len, values))
    lines = [str(value) if options.key else f"{key:<{width}} {value}" for key, value in values.items()]
    console.document(values, "\n".join(lines))
    return ExitStatus.DONE


def change(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """A device that is not there now may be remembered all the same; that is said aside."""
    try:
        value = from_words(options.key, options.value)
    except BadValue as error:
        raise Failure("bad_value", error.reason, key=options.key) from error
    if options.key == RECORDINGS_KEY:
        return _change_place(str(value), paths, console)
    write_setting(paths.settings, options.key, value)
    _look_for_device(options.key, value, console)
    console.document({options.key: value}, f"{options.key} = {value}")
    return ExitStatus.DONE


def _change_place(chosen: str, paths: Paths, console: Console) -> ExitStatus:
    """Ctrl-C ends it where it is: all stay listed, and the rest follows the next time."""
    choose_place(paths, chosen)
    cancelled = Event()
    with stopped_by_signals(cancelled.set):
        moved = move_recordings(
            paths, lambda at: console.show(f"Moving recording {at.done} of {at.total} …"), cancelled.is_set
        )
    for name, reason in moved.left:
        console.say(f"{name} stays where it is for now: {reason}.")
    console.document({RECORDINGS_KEY: chosen}, f"{RECORDINGS_KEY} = {chosen}")
    return ExitStatus.DONE


def path(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """Whether it exists or not."""
    console.document({"path": str(paths.settings)}, str(paths.settings))
    return ExitStatus.DONE


def _plain(settings: Settings, key: str) -> Value:
    value: Value = getattr(settings, key)
    return value


def _look_for_device(key: str, device: Value, console: Console) -> None:
    side = next((side for side, name in DEVICE_KEYS.items() if name == key), None)
    if side is None or device in {DEFAULT_DEVICE, SYNTHETIC_DEVICE, NO_DEVICE}:
        return
    try:
        if device not in {found.id for found in list_side(side)}:
            console.complain_aside(explain(UnknownDevice.code, "", {"device": str(device), "side": side}))
    except SourceError as error:
        console.complain_aside(describe(error.code, error.reason, error.data))
