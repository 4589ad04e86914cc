"""What makes transcripts: an engine with its model, fetched here on request, or a service with its address and key."""

import threading
from collections.abc import Sequence
from importlib.util import find_spec

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.bridge import Bridge
from app.credentials import find_transcription_key
from app.errands import Errands
from app.language import in_full
from app.messages import Message, describe
from app.settings import NO_ENGINE
from app.speech_models import model_store
from app.transcripts import OWN_URLS
from app.views.context import ViewContext
from app.views.settings_book import SettingsBook
from app.views.settings_fields import Choice, Field, Line, Option, Row, SwitchBox
from app.views.settings_key import KeyField
from capture.errors import CaptureError
from capture.transcription.choice import REMOTE, STREAMING, EngineName
from capture.transcription.models.progress import ModelProgress
from capture.transcription.models.store import ListedModel, ModelState

LIBRARIES = {
    EngineName.POCKETSPHINX: ("pocketsphinx", "pocketsphinx"),
    EngineName.FASTER_WHISPER: ("faster_whisper", "whisper"),
    EngineName.WHISPER_CPP: ("pywhispercpp", "whisper-cpp"),
    EngineName.VOSK: ("vosk", "vosk"),
    EngineName.SHERPA_ONNX: ("sherpa_onnx", "sherpa-onnx"),
}
"""What each imports, and the extra that brings it."""

MEGABYTE = 10**6


class TranscriptPanel(QWidget):
    """Main thread only."""

    def __init__(self, context: ViewContext, book: SettingsBook) -> None:
        super().__init__()
        self._context = context
        self._book = book
        self._errands = Errands(context.background, self)
        self._progress = Bridge()
        self._progress.arrived.connect(self._show_progress)
        self._stop = threading.Event()
        self._is_fetching = False
        self._listed: dict[str, ListedModel] = {}
        self.engine = Field("transcription_engine", self.tr("Made by"), Choice(self._engines()), book)
        self.model = Field("transcription_model", self.tr("Model"), Choice(), book)
        self.name = Field("transcription_model", self.tr("Model"), Line(self.tr("The service's own choice")), book)
        self.download = QPushButton(self.tr("Download it"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Download"))
        self.address = Field("transcription_url", self.tr("Address"), Line(), book)
        self.key = KeyField(context, self._whose, find_transcription_key)
        self.key_row = Row(self.tr("Its key"), self.key)
        self.language = Field("transcription_language", self.tr("Language spoken"), Line("en"), book)
        self.terms = Field("transcription_terms", self.tr("Names and terms"), Line(), book)
        self.live = Field("live_transcript", "", SwitchBox(self.tr("Also tell words while they are spoken")), book)
        self._lay_out()
        self.download.clicked.connect(self._fetch_or_stop)
        book.changed.connect(self.refresh)
        self.refresh()

    @property
    def _engine(self) -> EngineName | None:
        name = self._book.settings.transcription_engine
        return None if name == NO_ENGINE else EngineName(name)

    def rest(self) -> None:
        """What was downloaded until now is gone on with the next time."""
        self._stop.set()

    @Slot()
    def refresh(self) -> None:
        engine = self._engine
        is_remote, is_local = engine in REMOTE, engine is not None and engine not in REMOTE
        self.engine.say_hint(self._words(engine))
        has_models = is_local and engine is not EngineName.POCKETSPHINX
        for field, is_wanted in (
            (self.model, has_models),
            (self.name, is_remote),
            (self.address, is_remote),
            (self.key_row, is_remote),
            (self.language, engine is not None),
            (self.terms, engine is not None),
            (self.live, engine in STREAMING),
        ):
            field.setVisible(is_wanted)
        if is_remote and engine is not None and isinstance(self.address.control, Line):
            self.address.control.setPlaceholderText(OWN_URLS[engine])
        self.key.refresh()
        self.download.setVisible(self._is_fetching)
        if has_models:
            paths = self._context.paths
            self._errands.soon(lambda: model_store(paths).all(), self._offer)

    def _offer(self, models: Sequence[ListedModel]) -> None:
        self._listed = {each.model.name: each for each in models if each.model.engine is self._engine}
        options = [Option("", self.tr("The smallest that is here"))]
        options += [Option(name, self._described(each)) for name, each in self._listed.items()]
        if isinstance(self.model.control, Choice):
            self.model.control.set_options(options)
        chosen = self._listed.get(self._book.settings.transcription_model)
        self.download.setVisible(self._is_fetching or (chosen is not None and chosen.state is not ModelState.PRESENT))
        nothing_here = all(each.state is not ModelState.PRESENT for each in self._listed.values())
        if chosen is None and nothing_here and not self._book.settings.transcription_model:
            self.model.say_hint(self.tr("None is here yet. Choose one, then download it."))
        elif not self._is_fetching:
            self.model.say_hint("")

    def _described(self, each: ListedModel) -> str:
        size = "" if each.model.bytes is None else f", {each.model.bytes // MEGABYTE} MB"
        here = self.tr("here") if each.state is ModelState.PRESENT else self.tr("to be downloaded")
        return f"{each.model.name} ({each.model.languages}{size}, {here})"

    @Slot()
    def _fetch_or_stop(self) -> None:
        if self._is_fetching:
            self._stop.set()
            return
        name, paths = self._book.settings.transcription_model, self._context.paths
        self._is_fetching, self._stop = True, threading.Event()
        self.download.setText(self.tr("Stop"))
        self.progress.setRange(0, 0)
        self.progress.show()
        stop, tell = self._stop, self._progress.post

        def fetch() -> Message | None:
            try:
                model_store(paths).download(name, tell, stop)
            except CaptureError as error:
                return describe(error.code, error.reason, error.data)
            return None

        self._errands.apart("model", fetch, self._fetched)

    @Slot(object)
    def _show_progress(self, progress: ModelProgress) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(progress.done_bytes * 1000 // max(1, progress.total_bytes))

    def _fetched(self, trouble: Message | None) -> None:
        self._is_fetching = False
        self.download.setText(self.tr("Download it"))
        self.progress.hide()
        self.refresh()
        if trouble is not None:
            self.model.say_hint(in_full(trouble))

    def _whose(self) -> str | None:
        engine = self._engine
        if engine is None or engine not in REMOTE:
            return None
        return self._book.settings.transcription_url or OWN_URLS[engine]

    def _engines(self) -> list[Option]:
        here, away = self.tr("on this computer"), self.tr("a service: sends what was said to it")
        names = {
            EngineName.POCKETSPHINX: "PocketSphinx",
            EngineName.FASTER_WHISPER: "faster-whisper",
            EngineName.WHISPER_CPP: "whisper.cpp",
            EngineName.VOSK: "Vosk",
            EngineName.SHERPA_ONNX: "sherpa-onnx",
            EngineName.OPENAI: "OpenAI",
            EngineName.DEEPGRAM: "Deepgram",
            EngineName.ASSEMBLY_AI: "AssemblyAI",
        }
        options = [Option(name, f"{words}, {away if name in REMOTE else here}") for name, words in names.items()]
        return [Option(NO_ENGINE, self.tr("Nobody: no transcripts")), *options]

    def _words(self, engine: EngineName | None) -> str:
        if engine is None:
            return self.tr("Nothing that is said leaves this computer.")
        library, extra = LIBRARIES.get(engine, ("json", ""))
        if find_spec(library) is None:
            words = self.tr(
                "It is not installed. Packages have whisper.cpp; "
                "pip install 'afterword[{extra}]' adds this where pip installed all."
            )
            return words.format(extra=extra)
        if engine is EngineName.POCKETSPHINX:
            return self.tr("English only, and it misunderstands most words: for trying things out.")
        if engine in REMOTE:
            return self.tr("The sound of every recording is sent to this service.")
        return self.tr("Nothing that is said leaves this computer.")

    def _lay_out(self) -> None:
        self.language.say_hint(self.tr("As in “en” or “de”. Empty where it shall be found out."))
        self.terms.say_hint(self.tr("That may be said, with commas between them."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.setSpacing(0)
        self.model.put_below(self.download)
        self.model.put_below(self.progress)
        self.progress.hide()
        fields = (self.engine, self.model, self.name, self.address, self.key_row, self.language, self.terms, self.live)
        for field in fields:
            layout.addWidget(field)
