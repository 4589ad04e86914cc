"""What the settings window has on its pages."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.look import SPACE_PX, heading_font
from app.recording_rules import AutoRecord
from app.settings import (
    FASTEST_FPS,
    LONGEST_COUNTDOWN_S,
    LONGEST_PREROLL_S,
    NEVER,
    Deliveries,
    Language,
    Look,
    When,
)
from app.views.settings_book import SettingsBook
from app.views.settings_fields import Choice, Field, Line, Lines, Number, Option, SwitchBox
from capture.encoding.catalogue import describe_profiles, measured_mb_per_hour
from capture.recording import EchoMode, PauseMode

translate = QCoreApplication.translate

FASTEST_MBYTES_PER_S = 1000


class Page(QWidget):
    """Parts below each other, some with a heading."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        super().__init__()
        self.title = title
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*(3 * SPACE_PX,) * 4)
        self._layout.setSpacing(SPACE_PX)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(title, *parts)

    def add(self, heading: str, *parts: QWidget) -> None:
        label = QLabel(heading)
        label.setFont(heading_font())
        for part in (label, *parts):
            self._layout.addWidget(part)


def quality(book: SettingsBook) -> Sequence[Field]:
    names = {
        "balanced": translate("Settings", "Balanced: little work for the computer"),
        "small": translate("Settings", "Small files: three times the work"),
        "editing": translate("Settings", "For editing: finer pictures, large files"),
        "hardware": translate("Settings", "By the graphics card, where it can"),
    }
    profile = Choice([Option(name, names.get(name, name)) for name in describe_profiles()])
    field = Field("profile", translate("Settings", "Quality"), profile, book)
    _tell_cost(field, book)
    book.changed.connect(lambda: _tell_cost(field, book))
    fps = Number(FASTEST_FPS, translate("Settings", " a second"), least=1)
    echo = SwitchBox(translate("Settings", "Take the loudspeaker out of my microphone"), EchoMode.CANCEL, EchoMode.KEEP)
    pause = SwitchBox(translate("Settings", "Leave pauses in, black and silent"), PauseMode.BLANK, PauseMode.CUT)
    return (
        field,
        Field(
            "fps",
            translate("Settings", "Pictures"),
            fps,
            book,
            translate("Settings", "At most; a still screen takes fewer."),
        ),
        Field(
            "echo",
            "",
            echo,
            book,
            translate("Settings", "For who wears no headphones. The separate sound files stay as they are."),
        ),
        Field("pause_mode", "", pause, book, translate("Settings", "Else a pause is cut out of the recording.")),
    )


def _tell_cost(field: Field, book: SettingsBook) -> None:
    measured = measured_mb_per_hour(book.settings.profile)
    words = translate(
        "Settings", "An hour of slides takes about {slides} MB, an hour of typing {typing} MB (1920x1080)."
    )
    unknown = translate("Settings", "How large files become differs from card to card.")
    field.say_hint(words.format(**measured) if measured else unknown)


def meetings(book: SettingsBook) -> Sequence[Field]:
    rules = Choice(rule_options())
    name = Line(translate("Settings", "As others shall read it"))
    before, after = (
        Number(LONGEST_PREROLL_S, translate("Settings", " s")),
        Number(LONGEST_COUNTDOWN_S, translate("Settings", " s")),
    )
    notice = Lines(translate("Settings", "I record this meeting to write its minutes. Please say so if you mind."))
    return (
        Field("auto_record", translate("Settings", "When a meeting begins"), rules, book),
        Field(
            "preroll_s",
            translate("Settings", "Also keep"),
            before,
            book,
            translate(
                "Settings",
                "From before you answered. It is in memory only, and forgotten unless you record. 0 for nothing.",
            ),
        ),
        Field(
            "end_countdown_s",
            translate("Settings", "Stop after it ends"),
            after,
            book,
            translate("Settings", "So long a card asks whether to go on."),
        ),
        Field(
            "name",
            translate("Settings", "Your name"),
            name,
            book,
            translate("Settings", "In the list of participants and in transcripts."),
        ),
        Field(
            "consent_notice",
            translate("Settings", "What to tell the others"),
            notice,
            book,
            translate(
                "Settings",
                "To paste into the chat; shown when a recording begins. Whoever records others should tell them. "
                "In many places that is the law.",
            ),
        ),
    )


def rule_options() -> list[Option]:
    words = {
        AutoRecord.OFF: translate("Settings", "Do nothing"),
        AutoRecord.ASK: translate("Settings", "Ask me"),
        AutoRecord.ALWAYS: translate("Settings", "Record it without asking"),
    }
    return [Option(rule, text) for rule, text in words.items()]


def deliveries(book: SettingsBook) -> Sequence[Field]:
    on = SwitchBox(translate("Settings", "Deliver recordings"), Deliveries.ON, Deliveries.PAUSED)
    growing = SwitchBox(translate("Settings", "Send while it records"))
    metered = SwitchBox(translate("Settings", "Also over networks that cost by volume"), When.SEND, When.WAIT)
    battery = SwitchBox(translate("Settings", "Also on battery"), When.SEND, When.WAIT)
    limit = Number(FASTEST_MBYTES_PER_S * 1000, translate("Settings", " kB/s"), factor=1000)
    limit.setSpecialValueText(translate("Settings", "as fast as it goes"))
    return (
        Field("deliveries", "", on, book, translate("Settings", "Without this they wait here.")),
        Field("upload_while_recording", "", growing, book),
        Field("metered_network", "", metered, book),
        Field("battery", "", battery, book),
        Field(
            "delivery_hours",
            translate("Settings", "Only between"),
            Line("22:00-06:30"),
            book,
            translate("Settings", "Empty for any time."),
        ),
        Field("upload_limit", translate("Settings", "No faster than"), limit, book),
    )


def live_events(book: SettingsBook) -> Sequence[Field]:
    urls, names = Line("https://… , wss://…"), Line()
    return (
        Field(
            "realtime",
            translate("Settings", "Tell these addresses"),
            urls,
            book,
            translate("Settings", "Who joins and speaks, while it happens. With commas between them."),
        ),
        Field(
            "realtime_events",
            translate("Settings", "Only these events"),
            names,
            book,
            translate("Settings", "Their names, with commas. Empty for all but sound and pictures."),
        ),
    )


def retention(book: SettingsBook) -> Field:
    days = [Option(NEVER, translate("Settings", "Keep them"))]
    words = translate("Settings", "Delete after {days} days")
    days += [Option(str(count), words.format(days=count)) for count in (1, 7, 30, 90, 365)]
    hint = translate(
        "Settings", "Only sound and picture, and only once another computer has proved that it holds them."
    )
    return Field("release_after_days", translate("Settings", "After delivery"), Choice(days), book, hint)


def appearance(book: SettingsBook) -> Sequence[Field]:
    languages = {
        Language.SYSTEM: translate("Settings", "As the system"),
        Language.ENGLISH: "English",
        Language.GERMAN: "Deutsch",
    }
    looks = {
        Look.SYSTEM: translate("Settings", "As the system"),
        Look.LIGHT: translate("Settings", "Light"),
        Look.DARK: translate("Settings", "Dark"),
        Look.CONTRAST: translate("Settings", "High contrast"),
    }
    pill = SwitchBox(translate("Settings", "Show a small window above the others while it records"))
    return (
        Field(
            "language", translate("Settings", "Language"), Choice([Option(*each) for each in languages.items()]), book
        ),
        Field("look", translate("Settings", "Colours"), Choice([Option(*each) for each in looks.items()]), book),
        Field("pill", "", pill, book),
    )
