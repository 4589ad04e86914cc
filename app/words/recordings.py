"""What people read when a recording, or a file of one, is not as it should be."""

from collections.abc import Mapping

from app.words.wording import ExitStatus, Wording

WORDINGS: Mapping[str, Wording] = {
    "disk_full": Wording(
        "The disk is full: {reason}.",
        "Free some room in {folder}, or put recordings elsewhere: `afterword config set recordings FOLDER`.",
    ),
    "folder_not_writable": Wording(
        "Recordings cannot be written to {folder}: {reason}.",
        "Make the folder writable, or put recordings elsewhere: `afterword config set recordings FOLDER`.",
    ),
    "storage_failed": Wording("Writing failed: {reason}.", "Check the disk that holds {folder}."),
    "invalid_spec": Wording("This cannot be recorded: {reason}.", "`afterword record --help`.", ExitStatus.WRONG_USAGE),
    "worker_died": Wording(
        "The recorder stopped unexpectedly.",
        "What was recorded until then was saved and is listed by `afterword recordings`; the log is {log}.",
    ),
    "worker_died_with_all": Wording(
        "The recorder stopped unexpectedly, and nothing that it recorded can be played.",
        "What there is lies in {folder}; the log is {log}.",
    ),
    "worker_hung": Wording(
        "The recorder did not answer any more, and was ended.",
        "What it recorded is on the disk, and is saved when Afterword is started again.",
    ),
    "worker_failed": Wording("The recorder could not be started: {reason}.", "The log is {log}."),
    "unknown_recording": Wording(
        "There is no recording {id}.", "`afterword recordings` lists them.", ExitStatus.UNKNOWN
    ),
    "recording_running": Wording("Recording {id} is still running.", "Stop it first."),
    "manifest_unreadable": Wording(
        "The recording's manifest cannot be read: {path}.", "Its media files are untouched beside it."
    ),
    "invalid_manifest": Wording(
        "The recording's manifest does not say what a delivery needs: {reason}.",
        "Its media files are untouched beside it; `afterword verify` tells which are whole.",
    ),
    "manifest_too_new": Wording(
        "The recording was made by a newer Afterword: {path}.", "Update Afterword to work with it."
    ),
    "file_changed": Wording(
        "{path} was changed: {recorded} bytes were recorded, {found} are there.",
        "What a backend was delivered before is still as it was recorded; `afterword show ID` tells where.",
    ),
    "file_missing": Wording(
        "{path} is missing.",
        "Put it back, or take it from the backend that it was delivered to.",
    ),
    "file_unreadable": Wording("{path} cannot be read: {reason}.", "Check the disk and the rights of the file."),
    "unknown_file": Wording("There is no file {path}.", "Check its name.", ExitStatus.UNKNOWN),
    "not_repairable": Wording(
        "{path} cannot be mended: {reason}.",
        "It is left as it was. If it is a copy, the one that it was copied from may be whole.",
    ),
    "index_lost": Wording(
        "{path} has no index, and no fragments from which one could be made.",
        "Its recorder kept the index until the end. A tool that borrows the index of another recording of the same "
        "device may help; the file is left as it was.",
    ),
    "output_exists": Wording("{path} is there already, and is left as it is.", "Choose another name with -o."),
    "recovery_failed": Wording(
        "The recording in {folder} could not be recovered: {reason}.",
        "Its files are untouched. `python -m capture recover {folder}` says more.",
    ),
    "damaged": Wording("Not every file is as it was recorded.", "Each of them is named above."),
}
