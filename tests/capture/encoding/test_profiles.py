import tomllib
from importlib.resources import files

import av
import pytest

from capture.encoding.profiles import load_profile
from capture.errors import InvalidSpec
from capture.recording import RecordingSpec

KNOWN = tuple(tomllib.loads(files("resources").joinpath("profiles.toml").read_text("utf-8")))


@pytest.mark.parametrize("name", KNOWN)
def test_every_profile_can_be_used(name: str) -> None:
    profile = load_profile(name)
    assert profile.description
    assert av.codec.Codec(profile.video_codec, "w").type == "video"
    assert profile.keyframe_interval_s > 0
    assert 64_000 <= profile.sound_bit_rate <= 320_000


def test_the_default_is_one_of_them() -> None:
    assert RecordingSpec.__dataclass_fields__["profile"].default in KNOWN


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(InvalidSpec) as caught:
        load_profile("cinema")
    assert caught.value.data == {"profile": "cinema", "known": ", ".join(KNOWN)}
    assert "cinema" in caught.value.reason
