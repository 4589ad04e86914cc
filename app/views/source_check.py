"""What is recorded, with proof: the picture as it is now, and a meter for each side.

Another process looks and listens, and only while this is on the screen.
"""

import base64
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.bridge import Bridge
from app.errands import Errands
from app.language import said
from app.preview import LOG_NAME, PreviewProcess
from app.recording_plan import NO_DEVICE, NO_SCREEN, chosen, target_of
from app.settings import REGION
from app.sound_devices import KEYS, explain
from app.views.context import ViewContext
from app.views.meter import FLOOR_DBFS, Meter
from app.views.settings_book import SettingsBook
from app.views.settings_fields import CONTROL_PX, Choice, Field, Line
from app.views.source_check_lists import SourceLists, list_sources
from capture.events import Error, Event, Level, LivePicture, SourceLost, WishObeyed
from capture.recording import Side
from capture.screen import is_wayland
from capture.wish import Wish

PICTURE_PX = QSize(400, 225)
HEARD_DBFS = -45.0
"""A voice at a usual distance is 20 dB louder, the noise of a quiet room 15 dB softer."""

DEAD_DBFS = -100.0
"""No converter is as quiet: what is, is muted."""

BLACK = 8
"""Of 255. A refused permission and a sleeping screen are all black."""

LIST_MS, FADE_MS = 3000, 1500
"""A meter without news falls after that: it must not look alive."""


class Proof(Enum):
    """What is known of a source since it was chosen."""

    WAITING = auto()
    DEAD = auto()
    """It delivers zeros, or black."""
    QUIET = auto()
    GOOD = auto()
    MISSING = auto()
    LEFT_OUT = auto()


KINDS = {Proof.GOOD: "good", Proof.DEAD: "attention", Proof.MISSING: "attention"}


class Source(Enum):
    PICTURE = "screen"
    MICROPHONE = Side.MICROPHONE
    SYSTEM = Side.SYSTEM


SIDES = {Side.MICROPHONE: Source.MICROPHONE, Side.SYSTEM: Source.SYSTEM}


class SourceCheck(QWidget):
    """Main thread only. What is chosen in it is kept at once."""

    def __init__(self, context: ViewContext, book: SettingsBook) -> None:
        super().__init__()
        self._errands = Errands(context.background, self)
        self._context = context
        self._book = book
        self._events = Bridge()
        self._events.arrived.connect(self._take)
        self._preview: PreviewProcess | None = None
        self._tones = 0
        self._asked = self._obeyed = 0
        self._since = dict.fromkeys(Source, 1)
        """The number of the wish from which on its events count."""

        self._is_allowed = not is_wayland() or self._permits.exists()
        self.proofs = dict.fromkeys(Source, Proof.WAITING)
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE_PX)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("class", "card")
        self.picture.setAccessibleName(self.tr("Picture that is recorded"))
        self.meters = {
            Side.MICROPHONE: Meter(self.tr("Your microphone"), context.colours()),
            Side.SYSTEM: Meter(self.tr("The other side"), context.colours()),
        }
        self.fields = self._made_fields()
        self.area = Line("0,0,1280,720")
        self.tone = QPushButton(self.tr("Play a short tone"))
        self.allow = QPushButton(self.tr("Choose what to share …"))
        self._watched = self._wanted()
        self._lay_out()
        self._listing = self._timer(LIST_MS, self._list)
        self._fading = {
            side: self._timer(FADE_MS, partial(meter.set_level, FLOOR_DBFS)) for side, meter in self.meters.items()
        }
        self._connect()
        self._begin_anew()

    @property
    def pid(self) -> int | None:
        """Of the program that looks and listens, while it does."""
        return None if self._preview is None else self._preview.pid

    def rest(self) -> None:
        """Lets go of everything. Idempotent."""
        self._listing.stop()
        for fading in self._fading.values():
            fading.stop()
        if self._preview is not None:
            self._preview.close()
            self._preview = None
            self._since = dict.fromkeys(Source, self._asked + 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._list()
        self._listing.start()
        for fading in self._fading.values():
            fading.start()
        if self._preview is None:
            self._preview = PreviewProcess(self._context.paths.logs / LOG_NAME, self._events.post)
            self._begin_anew()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.rest()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for meter in self.meters.values():
                meter.set_colours(self._context.colours())

    @property
    def _permits(self) -> Path:
        return self._context.paths.screen_permits

    def _wanted(self) -> Wish:
        settings = self._book.settings
        target = target_of(settings.screen) if self._is_allowed else None
        return Wish(target, chosen(settings.microphone), chosen(settings.system_audio), self._permits, self._tones)

    @Slot()
    def _follow(self) -> None:
        """The settings have changed, perhaps others than these."""
        if self._wanted() != self._watched:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """Whatever was proved of other sources counts for nothing."""
        before, self._watched = self._watched, self._wanted()
        self._asked += 1
        settings = self._book.settings
        is_region = settings.screen.startswith(f"{REGION}:")
        self.area.setVisible(is_region)
        self.area.show_value(settings.screen.partition(":")[2] if is_region else "")
        self.allow.setVisible(not self._is_allowed and settings.screen != NO_SCREEN)
        for source, is_left_out, is_same in (
            (Source.PICTURE, settings.screen == NO_SCREEN, before.screen == self._watched.screen),
            (Source.MICROPHONE, settings.microphone == NO_DEVICE, before.microphone == self._watched.microphone),
            (Source.SYSTEM, settings.system_audio == NO_DEVICE, before.system_audio == self._watched.system_audio),
        ):
            if not is_same:
                self._since[source] = self._asked
            if not is_same or self.proofs[source] in {Proof.WAITING, Proof.MISSING}:
                self._prove(source, Proof.LEFT_OUT if is_left_out else Proof.WAITING)
        if self._preview is not None:
            self._preview.wish(replace(self._watched, number=self._asked))

    @Slot(object)
    def _take(self, event: Event) -> None:
        if self._preview is None:
            return
        match event:
            case WishObeyed(number=number):
                self._obeyed = number
            case Level(side=side, rms_dbfs=level) if self._counts(SIDES[side]):
                self.meters[side].set_level(level)
                self._fading[side].start()
                self._hear(SIDES[side], level)
            case LivePicture(buffer=buffer) if self._counts(Source.PICTURE):
                self._see(base64.b64decode(buffer))
            case SourceLost(source=source, reason=reason) if source in set(Side) and self._counts(SIDES[Side(source)]):
                self._prove(SIDES[Side(source)], Proof.MISSING, reason)
            case Error(code=code, reason=reason, data=data):
                words = said(explain(code, reason, data).message)
                for about in self._about(data.get("side"), data.get("source")):
                    self._prove(about, Proof.MISSING, words)

    def _counts(self, source: Source) -> bool:
        """Whether what is told of it is of what was chosen last."""
        return self._obeyed >= self._since[source] and self.proofs[source] is not Proof.LEFT_OUT

    def _about(self, side: str | None, source: str | None) -> list[Source]:
        """Without a word about whom, it is about all that are not left out."""
        if side is None and source is None:
            return [each for each, proof in self.proofs.items() if proof is not Proof.LEFT_OUT]
        about = Source.PICTURE if side is None else SIDES[Side(side)]
        return [about] if self._counts(about) else []

    def _hear(self, source: Source, level_dbfs: float) -> None:
        if level_dbfs > HEARD_DBFS:
            self._prove(source, Proof.GOOD)
        elif self.proofs[source] is not Proof.GOOD:
            is_dead = level_dbfs < DEAD_DBFS and source is Source.MICROPHONE  # what plays nothing is all zeros
            self._prove(source, Proof.DEAD if is_dead else Proof.QUIET)

    def _see(self, png: bytes) -> None:
        image = QImage.fromData(png)
        small = image.scaled(16, 9).convertToFormat(QImage.Format.Format_Grayscale8)
        is_black = all(small.pixelColor(x, y).value() < BLACK for x in range(16) for y in range(9))
        self._prove(Source.PICTURE, Proof.DEAD if is_black else Proof.GOOD)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image).scaled(
            PICTURE_PX * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)

    def _prove(self, source: Source, proof: Proof, reason: str = "") -> None:
        if self.proofs[source] is not proof or reason or proof is Proof.WAITING:
            self.proofs[source] = proof
            self.fields[source].say_hint(reason or self._words(source, proof), KINDS.get(proof, "faint"))
        if source is Source.PICTURE and proof not in {Proof.GOOD, Proof.DEAD}:
            self.picture.clear()

    def _words(self, source: Source, proof: Proof) -> str:
        if proof is Proof.WAITING:
            return "" if self._preview is None else self.tr("Looking and listening …")
        words = {
            (Source.PICTURE, Proof.GOOD): self.tr("✓ This is what a recording shows."),
            (Source.PICTURE, Proof.DEAD): self.tr(
                "It is all black. Wake the screen, or allow it in the system's privacy settings."
            ),
            (Source.PICTURE, Proof.LEFT_OUT): self.tr("No picture is recorded."),
            (Source.MICROPHONE, Proof.GOOD): self.tr("✓ You are heard."),
            (Source.MICROPHONE, Proof.QUIET): self.tr("Say something: the bar should move."),
            (Source.MICROPHONE, Proof.DEAD): self.tr("Nothing comes from it: it is muted, or not connected."),
            (Source.MICROPHONE, Proof.LEFT_OUT): self.tr("Your own voice is not recorded."),
            (Source.SYSTEM, Proof.GOOD): self.tr("✓ What this computer plays is heard."),
            (Source.SYSTEM, Proof.LEFT_OUT): self.tr("The others are not recorded."),
        }
        return words.get((source, proof), self.tr("Nothing plays now. Play the tone: the bar should move."))

    @Slot()
    def _list(self) -> None:
        self._errands.soon(list_sources, self._offer)

    def _offer(self, lists: SourceLists) -> None:
        if self._preview is None:  # nobody looks any more
            return
        options = {
            Source.PICTURE: lists.pictures(self._book.settings.screen),
            Source.MICROPHONE: lists.devices(Side.MICROPHONE),
            Source.SYSTEM: lists.devices(Side.SYSTEM),
        }
        for source, field in self.fields.items():
            if isinstance(field.control, Choice) and not field.control.view().isVisible():
                field.control.set_options(options[source])

    @Slot()
    def _play(self) -> None:
        self._tones += 1
        self._begin_anew()

    @Slot()
    def _let(self) -> None:
        self._is_allowed = True
        self._begin_anew()

    def _timer(self, period_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(period_ms)
        timer.timeout.connect(act)
        return timer

    def _made_fields(self) -> dict[Source, Field]:
        lists, book = SourceLists(), self._book
        pictures = Choice(lists.pictures(book.settings.screen))
        own, others = Choice(lists.devices(Side.MICROPHONE)), Choice(lists.devices(Side.SYSTEM))
        return {
            Source.PICTURE: Field("screen", self.tr("Picture"), pictures, book),
            Source.MICROPHONE: Field(KEYS[Side.MICROPHONE], self.tr("Your microphone"), own, book),
            Source.SYSTEM: Field(KEYS[Side.SYSTEM], self.tr("The other side"), others, book),
        }

    def _connect(self) -> None:
        self._book.changed.connect(self._follow)
        self.tone.clicked.connect(self._play)
        self.allow.clicked.connect(self._let)
        self.area.chosen.connect(lambda area: self.fields[Source.PICTURE].control.chosen.emit(f"{REGION}:{area}"))
        for field in self.fields.values():
            if isinstance(field.control, Choice):
                field.control.about_to_open.connect(self._list)

    def _lay_out(self) -> None:
        self.area.setAccessibleName(self.tr("Left, top, width and height in pixels"))
        self.area.setToolTip(self.area.accessibleName())
        self.area.setFixedWidth(CONTROL_PX)
        for source, below in (
            (Source.PICTURE, (self.area, self.allow, self.picture)),
            (Source.MICROPHONE, (self.meters[Side.MICROPHONE],)),
            (Source.SYSTEM, (self.meters[Side.SYSTEM], self.tone)),
        ):
            for widget in below:
                self.fields[source].put_below(widget)
        for meter in self.meters.values():
            meter.setFixedWidth(CONTROL_PX)
        for button in (self.tone, self.allow):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for field in self.fields.values():
            layout.addWidget(field)
