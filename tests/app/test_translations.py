"""All that the windows say, in each language."""

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from copy import deepcopy
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication

from app.acts import label
from app.language import SENTENCES, TRANSLATED, Translations, meant, said
from app.messages import WORDINGS, describe
from app.settings import Language
from app.tray_state import Act
from app.words.wording import Sentence

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = (Language.ENGLISH, *TRANSLATED)
PLACE = re.compile(r"{[^}]*}")
HINT = "make translations, then translate what is new"


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts_in(path: Path) -> dict[tuple[str, str], str | None]:
    """By context and source; ``None`` for what nobody has translated."""

    def found() -> Iterator[tuple[tuple[str, str], str | None]]:
        for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of ours
            for message in context.iter("message"):
                translation = message.find("translation")
                assert translation is not None
                is_done = translation.get("type") is None
                key = (context.findtext("name", ""), message.findtext("source", ""))
                yield key, translation.text if is_done else None

    return dict(found())


GERMAN = {key for key, translation in texts_in(FOLDER / f"afterword_{Language.GERMAN}.ts").items() if translation}


def test_all_that_the_program_says_is_there(translations: ModuleType, tmp_path: Path) -> None:
    updated = tmp_path / "said.ts"
    shutil.copy(FOLDER / f"afterword_{Language.GERMAN}.ts", updated)
    translations.update(updated, Language.GERMAN)
    said = set(texts_in(updated))
    assert said
    for language in LANGUAGES:
        texts = texts_in(FOLDER / f"afterword_{language}.ts")
        assert said == set(texts), HINT


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_is_translated_and_compiled(language: Language, translations: ModuleType, tmp_path: Path) -> None:
    kept, compiled = FOLDER / f"afterword_{language}.ts", tmp_path / "compiled.qm"
    for (context, source), translation in texts_in(kept).items():
        assert translation, (context, source, HINT)
        assert sorted(PLACE.findall(source)) == sorted(PLACE.findall(translation)), source
    translations.compile_texts(kept, compiled)
    assert compiled.read_bytes() == kept.with_suffix(".qm").read_bytes(), HINT


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_the_words_of_every_error_are_translated(code: str) -> None:
    """Also those that the tool would not find, as they are made of pieces."""
    for text in (WORDINGS[code].message, WORDINGS[code].hint):
        assert (SENTENCES, text) in GERMAN, HINT


def test_a_sentence_within_another_is_translated_too_and_a_systems_words_stay(qapp: QApplication) -> None:
    reason = Sentence("{refusal}: {reason}", refusal=Sentence("nothing can be written there"), reason="{EACCES}")
    message = describe("bad_value", reason, {"key": "recordings"})
    assert message.message == "This cannot be `recordings`: nothing can be written there: {EACCES}."
    spoken = Translations(qapp)
    spoken.speak(Language.GERMAN)
    for each in (message, deepcopy(message)):
        assert said(each.message) == "Das kann `recordings` nicht sein: dort kann nichts geschrieben werden: {EACCES}."
    assert said("Permission denied") == "Permission denied"
    sound = describe("source_unavailable", "no sound server: Connection refused")
    assert said(sound.message) == "Es kann kein Ton aufgenommen werden: es gibt keinen Tonserver: Connection refused."
    screen = describe("source_unavailable", "no X server answers", {"source": "screen"})
    assert said(screen.message) == "Der Bildschirm kann nicht aufgenommen werden: kein X-Server antwortet."
    spoken.speak(Language.ENGLISH)
    assert said(message.message) == message.message


def test_the_program_speaks_it_and_then_its_own_again(qapp: QApplication) -> None:
    spoken = Translations(qapp)
    assert spoken.speak(Language.GERMAN)
    assert label(Act.RECORD) == "Aufnehmen"
    assert qapp.translate("QPlatformTheme", "Cancel") == "Abbrechen"  # Qt's own words
    assert not spoken.speak(Language.GERMAN)
    assert spoken.speak(Language.ENGLISH)
    assert label(Act.RECORD) == "Record"


def test_what_nobody_has_translated_is_english() -> None:
    assert meant(Language.SYSTEM) is Language.ENGLISH  # tests speak C
    assert meant(Language.GERMAN) is Language.GERMAN
