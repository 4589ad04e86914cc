"""Where recordings go: this computer's own backend or a server, with its key, and a button that asks the server."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.credentials import find_key
from app.destination_check import destination_trouble
from app.errands import Errands
from app.language import in_full
from app.messages import Message
from app.settings import LOCAL
from app.views.context import ViewContext
from app.views.settings_book import SettingsBook
from app.views.settings_fields import CONTROL_PX, Choice, Field, Line, Option, Row, say
from app.views.settings_key import KeyField

SERVER = "server"


class DestinationPanel(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, book: SettingsBook) -> None:
        super().__init__()
        self._context = context
        self._book = book
        self._errands = Errands(context.background, self)
        self._is_server = book.settings.destination != LOCAL
        self._asked = ""
        places = [Option(LOCAL, self.tr("This computer")), Option(SERVER, self.tr("A server"))]
        self.place = Choice(places)
        self.place.setAccessibleName(self.tr("Deliver to"))
        self.address = Field("destination", self.tr("Its address"), Line("https://recordings.example.org"), book)
        self.key = KeyField(context, self._whose, find_key)
        self.key_row = Row(self.tr("Its key"), self.key)
        self.test = QPushButton(self.tr("Test"))
        self.test.setAccessibleName(self.tr("Test the destination"))
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setFixedWidth(CONTROL_PX)
        self._lay_out()
        self.place.chosen.connect(self._choose)
        self.test.clicked.connect(self._ask)
        book.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        is_local = self._book.settings.destination == LOCAL
        self._is_server = self._is_server or not is_local
        self.place.show_value(SERVER if self._is_server else LOCAL)
        self.address.setVisible(self._is_server)
        if is_local and isinstance(self.address.control, Line) and not self.address.control.isModified():
            self.address.control.clear()
        if self._book.settings.destination != self._asked:
            self.verdict.hide()  # it is about another one
        self.key_row.setVisible(not is_local)
        self.key.refresh()

    def _choose(self, place: str) -> None:
        self._is_server = place == SERVER
        if not self._is_server:
            self._book.put("destination", LOCAL)
        self.verdict.hide()
        self.refresh()
        if self._is_server:
            self.address.control.setFocus()

    def _whose(self) -> str | None:
        destination = self._book.settings.destination
        return None if destination == LOCAL else destination

    @Slot()
    def _ask(self) -> None:
        self._asked = destination = self._book.settings.destination
        paths = self._context.paths
        self.test.setEnabled(False)
        say(self.verdict, self.tr("Asking …"), "faint")
        self.verdict.show()
        self._errands.apart("destination", lambda: destination_trouble(destination, paths), self._answer)

    def _answer(self, trouble: Message | None) -> None:
        self.test.setEnabled(True)
        if trouble is None:
            say(self.verdict, self.tr("✓ Recordings would be taken there."), "good")
        else:
            say(self.verdict, in_full(trouble), "attention")

    def _lay_out(self) -> None:
        asked = QWidget()
        below = QVBoxLayout(asked)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self.verdict)
        self.verdict.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (Row(self.tr("Deliver to"), self.place), self.address, self.key_row, Row("", asked)):
            layout.addWidget(part)
