"""What people read about a program that runs already, or does not."""

from collections.abc import Mapping

from app.messages import ExitStatus, Message

WORDS: Mapping[str, tuple[str, str]] = {
    "not_running": ("Afterword does not run.", "Start it with `afterword`, or record at once with `afterword record`."),
    "not_recording": ("Nothing is being recorded.", "`afterword start` begins a recording."),
    "already_recording": (
        "A recording is running already.",
        "`afterword status` tells more; `afterword stop` ends it.",
    ),
    "already_running": (
        "Afterword runs already, and watches for meetings.",
        "Quit it in its menu, or end the `afterword watch` that runs in a terminal.",
    ),
    "face_silent": (
        "Afterword runs already, but does not answer.",
        "Wait a moment and try again; if it stays so, end its process.",
    ),
    "no_answer": (
        "It was passed on, but nothing came of it in time.",
        "`afterword status` tells how things stand; `afterword doctor` looks for the reason.",
    ),
    "order_unknown": (
        "The program that runs does not know this order.",
        "It may be of another version: quit it, and start it again.",
    ),
}


def running_message(code: str) -> Message:
    words, hint = WORDS[code]
    return Message(code, words, hint, ExitStatus.FAILED)
