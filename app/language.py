"""In which language the windows speak: English, or a translation from ``resources/translations``."""

from importlib.resources import as_file, files
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.messages import Message
from app.settings import Language
from app.words.wording import Sentence

TRANSLATED: Final = (Language.GERMAN,)
SENTENCES: Final = "Sentences"
"""The translators' name for what is said by no window of its own."""


class Translations:
    """Of one application. Main thread only."""

    def __init__(self, qt: QCoreApplication) -> None:
        self._qt = qt
        self._installed: list[QTranslator] = []
        self.language = Language.ENGLISH

    def speak(self, chosen: Language) -> bool:
        """Whether it is another language than before: then what is on the screen has to be made anew."""
        before, self.language = self.language, meant(chosen)
        if before is self.language:
            return False
        for translator in self._installed:
            self._qt.removeTranslator(translator)
        self._installed = [] if self.language is Language.ENGLISH else _translators(self.language)
        for translator in self._installed:
            self._qt.installTranslator(translator)
        return True


def said(words: str) -> str:
    """A ``Sentence`` in the language of the moment; other words are a system's or a library's, and stay. Any thread."""
    return words.by(_translated) if isinstance(words, Sentence) else words


def in_full(message: Message) -> str:
    """What happened, and what to do about it, as ``said``. Any thread."""
    return f"{said(message.message)} {said(message.hint)}".rstrip()


def meant(chosen: Language) -> Language:
    """English where the system speaks what nobody has translated."""
    if chosen is not Language.SYSTEM:
        return chosen
    spoken = [name.split("-")[0] for name in QLocale.system().uiLanguages()]
    known = (Language(name) for name in spoken if name in {Language.ENGLISH, *TRANSLATED})
    return next(known, Language.ENGLISH)


def _translators(language: Language) -> list[QTranslator]:
    """Qt's own words, for its dialogs, and ours, which are looked at first."""
    own, qts = QTranslator(), QTranslator()
    with as_file(files("resources").joinpath("translations", f"afterword_{language}.qm")) as path:
        own.load(str(path))  # not its bytes: Qt would look at them long after they are gone
    qts.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [qts, own]


def _translated(text: str) -> str:
    return QCoreApplication.translate(SENTENCES, text) if text else ""
