"""What people read when a setting, or a command line, is of no use."""

from collections.abc import Mapping

from app.words.wording import ExitStatus, Wording

WORDINGS: Mapping[str, Wording] = {
    "bad_setting": Wording(
        "`{key}` in {path} is of no use: {reason}.",
        "Until it is corrected, {default} is taken; `afterword config set {key} VALUE` does that.",
    ),
    "bad_value": Wording(
        "This cannot be `{key}`: {reason}.", "`afterword config get` shows what is set.", ExitStatus.WRONG_USAGE
    ),
    "recordings_moving": Wording(
        "Another program of ours is moving recordings just now.", "Wait until it is done; nothing is lost meanwhile."
    ),
    "unknown_settings": Wording("{path} holds what this version does not know: {keys}.", "What it knows is: {known}."),
    "settings_unreadable": Wording(
        "The settings in {path} cannot be read: {reason}.",
        "Correct or remove the file; until then the defaults are taken.",
    ),
    "settings_unchanged": Wording(
        "Nothing was changed, for {path} is not in order: {reason}.", "Correct or remove the file, then try again."
    ),
    "wrong_usage": Wording("{reason}", "`afterword --help` tells what there is.", ExitStatus.WRONG_USAGE),
}
