"""Other rules for single programs and platforms."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errands import Errands
from app.look import SPACE_PX
from app.recording_rules import AutoRecord, format_apps, parse_apps
from app.views.context import ViewContext
from app.views.settings_book import SettingsBook
from app.views.settings_fields import CONTROL_PX, TITLE_PX, Choice
from app.views.settings_pages import rule_options
from capture.errors import CatalogueInvalid
from capture.meetings.catalogue import Kind, load_catalogue

WIDTH_LETTERS = 22
MEETINGS = frozenset({Kind.CALL, Kind.CHAT})


class AppRules(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, book: SettingsBook) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._book = book
        self.rules: dict[str, Choice] = {}
        """By the program's name, in small letters."""
        self.removals: dict[str, QPushButton] = {}
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(self.tr("Program or platform"))
        self.name.setMinimumContentsLength(WIDTH_LETTERS)
        self.add = QPushButton(self.tr("Add"))
        self.add.setAccessibleName(self.tr("Add a rule for this program"))
        self.add.clicked.connect(self._add)
        self._lay_out()
        book.changed.connect(self.refresh)
        self.refresh()
        self._errands.soon(lambda: _names(context), self._offer)

    @Slot()
    def refresh(self) -> None:
        rules = parse_apps(self._book.settings.auto_record_apps)
        if list(rules) != list(self.rules):
            self._rebuild(rules)
        for name, rule in rules.items():
            self.rules[name].show_value(rule)

    def _rebuild(self, names: Iterable[str]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rules, self.removals = {}, {}
        for row, name in enumerate(names):
            self._put(row, name)

    def _put(self, row: int, name: str) -> None:
        label, rule, removal = QLabel(name), Choice(rule_options()), QPushButton(self.tr("Remove"))
        label.setBuddy(rule)
        rule.setAccessibleName(self.tr("When a meeting in {name} begins").format(name=name))
        removal.setAccessibleName(self.tr("Remove the rule for {name}").format(name=name))
        rule.chosen.connect(lambda value: self._change({name: AutoRecord(value)}))
        removal.clicked.connect(lambda: self._change({}, without=name))
        rule.setMinimumContentsLength(WIDTH_LETTERS)
        for column, widget in enumerate((label, rule, removal)):
            self._rows.addWidget(widget, row, column)
        self.rules[name], self.removals[name] = rule, removal

    @Slot()
    def _add(self) -> None:
        name = self.name.currentText().strip().replace(",", " ").replace("=", " ").casefold()
        if name:
            self.name.clearEditText()
            self._change({name: AutoRecord.ALWAYS})

    def _change(self, changed: dict[str, AutoRecord], without: str = "") -> None:
        rules = {**parse_apps(self._book.settings.auto_record_apps), **changed}
        rules.pop(without, None)
        self._book.put("auto_record_apps", format_apps(rules))

    def _offer(self, names: Sequence[str]) -> None:
        typed = self.name.currentText()
        self.name.addItems(list(names))
        self.name.setEditText(typed)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_PX)
        line.addWidget(self.name, 1)
        line.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_PX)
        layout.addLayout(self._rows)
        layout.addLayout(line)
        self.setFixedWidth(TITLE_PX + 2 * SPACE_PX + CONTROL_PX)


def _names(context: ViewContext) -> list[str]:
    """Of what holds meetings, as people call it."""
    try:
        catalogue = load_catalogue(context.paths.config)
    except CatalogueInvalid:  # the user's own file; who watches for meetings tells of it
        catalogue = load_catalogue()
    platforms = {each.platform for each in catalogue.sites.values() if each.kind in MEETINGS}
    platforms |= {app.platform for app in catalogue.apps.values() if app.kind in MEETINGS}
    browsers = {app.name for app in catalogue.apps.values() if app.kind is Kind.BROWSER}
    return sorted(platforms - {"", "unknown"}) + sorted(browsers)
