"""Where verbs' parts speak when nobody sits at a terminal."""

import logging

from app.console import Console
from app.messages import Message

logger = logging.getLogger(__name__)


class LogConsole(Console):
    """What is said goes to the log, troubles by their code."""

    def __init__(self) -> None:
        super().__init__(as_json=False)

    def say(self, text: str) -> None:
        logger.info("%s", text)

    def show(self, text: str) -> None:
        pass

    def complain_aside(self, message: Message) -> None:
        logger.warning("%s", message.code)
