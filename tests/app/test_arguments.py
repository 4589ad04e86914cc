from pathlib import Path

import pytest

from app.arguments import make_parser


def test_common_options_count_before_the_verb_and_after_it() -> None:
    parser = make_parser()
    before = parser.parse_args(["--basedir", "/here", "--json", "devices"])
    after = parser.parse_args(["devices", "--basedir", "/here", "--json"])
    assert before == after
    assert (before.basedir, before.json, before.events) == (Path("/here"), True, False)


def test_a_verb_names_its_module_and_function() -> None:
    parser = make_parser()
    for words in (["record"], ["devices"], ["recordings"], ["show", "x"], ["delete", "x"], ["verify"], ["deliver"]):
        module, function = parser.parse_args(words).run.split(".")
        namespace = __import__(f"app.verbs.{module}", fromlist=[function])
        assert callable(getattr(namespace, function))
    assert parser.parse_args([]).run is None


@pytest.mark.parametrize("length", ["0", "-1", "nan", "inf", "soon"])
def test_no_length_of_time(length: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        make_parser().parse_args(["record", "--duration", length])
    assert f"--duration: {length} is no" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["record", "--pauses", "melt"], "--pauses: melt is none of cut, blank"),
        (["record", "--echo", "melt"], "--echo: melt is none of keep, cancel"),
        (["watch", "--auto", "melt"], "--auto: melt is none of off, ask, always"),
        (["transcript", "x", "--format", "melt"], "--format: melt is none of text, srt"),
    ],
)
def test_no_such_choice(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        make_parser().parse_args(words)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("port", ["65536", "-1", "", "http", "9" * 5000])
def test_no_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        make_parser().parse_args(["serve", f"--port={port}"])
    assert f"--port: {port} is no number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("region", ["1,2,3", "1,2,3,x", ""])
def test_no_region(region: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        make_parser().parse_args(["record", "--region", region])
    assert f"--region: {region} is not X,Y,WIDTH,HEIGHT" in capsys.readouterr().err


def test_windows_to_leave_out_are_any_number() -> None:
    options = make_parser().parse_args(["record", "--exclude-window", "0x1", "--exclude-window", "0x2"])
    assert options.exclude_window == ["0x1", "0x2"]
    assert make_parser().parse_args(["record"]).exclude_window == []
