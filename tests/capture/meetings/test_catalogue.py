"""Known programs and sites, and what a user adds."""

from pathlib import Path

import pytest

from capture.errors import CatalogueInvalid
from capture.meetings.catalogue import FILE_NAME, Catalogue, Kind, load_catalogue
from capture.meetings.facts import Program


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("zoom", "ZOOM VoiceEngine"), "zoom"),
        (("Zoom.exe",), "zoom"),
        (("us.zoom.Zoom", "2"), "zoom"),
        (("Slack Helper (Renderer)",), "slack"),
        (("com.google.Chrome.helper",), "chrome"),
        (("teams-for-linux", "electron", "Chromium input"), "microsoft_teams"),
        (("electron", "Chromium input"), "electron"),
        (("chromium", "Chromium input"), "chromium"),
        (("zoomtext.exe",), None),
        (("zoomplayer",), None),
        (("",), None),
        ((), None),
    ],
)
def test_program_is_known_by_its_most_reliable_name(
    catalogue: Catalogue, names: tuple[str, ...], key: str | None
) -> None:
    found = catalogue.find(Program(names))
    assert (found and found[0]) == key


@pytest.mark.parametrize(
    ("app", "title", "platform", "meeting_title"),
    [
        ("chrome", "(2) Weekly | Microsoft Teams - Google Chrome", "microsoft_teams", "Weekly"),
        ("chrome", "\U0001f534 Meet \u2013 Weekly - Google Chrome", "google_meet", "Weekly"),
        ("firefox", "Standup | Jitsi Meet — Mozilla Firefox", "jitsi", "Standup"),
        ("chromium", "BigBlueButton - Physics 101 - Chromium", "bigbluebutton", "Physics 101"),
        ("zoom", "Zoom Meeting", "zoom", None),
        ("slack", "Huddle: #design - Acme - Slack", "slack", "#design"),
        ("microsoft_teams", "Retro | Microsoft Teams", "microsoft_teams", "Retro"),
    ],
)
def test_title_names_a_meeting(
    catalogue: Catalogue, app: str, title: str, platform: str, meeting_title: str | None
) -> None:
    sign = catalogue.read(catalogue.apps[app], title)
    assert sign is not None
    assert (sign.platform, sign.title) == (platform, meeting_title)


@pytest.mark.parametrize(
    ("app", "title"),
    [
        ("chrome", "Meet - Google Chrome"),
        ("chrome", "Google Meet - Google Chrome"),
        ("chrome", "Launch Meeting - Zoom - Google Chrome"),
        ("chrome", "Zoom Meetings | Best practice - YouTube - Google Chrome"),
        ("zoom", "Zoom Workplace - Free account"),
        ("microsoft_teams", "Calendar | Microsoft Teams"),
        ("slack", "general (Channel) - Acme - Slack"),
        ("webex", "Webex"),
    ],
)
def test_title_names_none(catalogue: Catalogue, app: str, title: str) -> None:
    sign = catalogue.read(catalogue.apps[app], title)
    assert sign is None or sign.kind is not Kind.CALL


def test_meetings_are_the_only_things_that_no_repr_tells(catalogue: Catalogue) -> None:
    sign = catalogue.read(catalogue.apps["chrome"], "Meet \u2013 Salary of Ada - Google Chrome")
    assert sign is not None
    assert "Ada" not in repr(sign)
    assert "google_meet" in repr(sign)


def test_every_platform_has_a_name_and_every_app_a_program(catalogue: Catalogue) -> None:
    assert all(app.platform and app.programs and app.name for app in catalogue.apps.values())
    assert all(site.platform and site.titles and site.name for site in catalogue.sites.values())


def test_no_two_apps_claim_one_program(catalogue: Catalogue) -> None:
    names = [name.lower() for key, app in catalogue.apps.items() for name in {n.lower() for n in app.programs}]
    assert sorted(names) == sorted(set(names))


def test_user_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(
        '[apps.frob]\nname = "Frob"\nkind = "call"\nprograms = ["frobnicator"]\n'
        '[apps.zoom]\nname = "Zoom at work"\nkind = "call"\nprograms = ["zoom"]\nsettle_s = 4\n'
        "[sites.intranet]\nname = \"Intranet\"\ntitles = ['^Room (?P<title>.+)$']\n",
        encoding="utf-8",
    )
    catalogue = load_catalogue(tmp_path)
    found = catalogue.find(Program(("frobnicator",)))
    assert found is not None
    assert found[1].platform == "frob"
    assert catalogue.apps["zoom"].settle_ns == 4_000_000_000
    assert catalogue.find(Program(("us.zoom.xos",))) is None
    sign = catalogue.read(catalogue.apps["chrome"], "Room 4 - Google Chrome")
    assert sign is not None
    assert sign.title == "4"
    assert "slack" in catalogue.apps


def test_without_a_file_of_the_user(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) == load_catalogue()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[apps", "Expected"),
        ('[apps.frob]\nname = "Frob"\nkind = "call"\n', "programs"),
        ('[apps.frob]\nname = "Frob"\nkind = "shout"\nprograms = []\n', "frob"),
        ('[sites.frob]\nname = "Frob"\ntitles = ["("]\n', "frob"),
        ("apps = 3\n", "tables"),
        ("[apps]\nfrob = 3\n", "frob"),
    ],
)
def test_what_is_wrong_in_the_users_file_is_named(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueInvalid) as raised:
        load_catalogue(tmp_path)
    assert word in raised.value.reason
    assert raised.value.data["path"] == str(path)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogueInvalid):
        load_catalogue(tmp_path)
