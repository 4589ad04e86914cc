"""A private desktop whose programs tell screen readers what they show."""

from collections.abc import Iterator

import pytest

from tests.rig.accessibility import Accessibility, private_accessibility


@pytest.fixture(scope="session")
def accessibility() -> Iterator[Accessibility]:
    with private_accessibility() as accessibility:
        yield accessibility


@pytest.fixture
def access(accessibility: Accessibility, monkeypatch: pytest.MonkeyPatch) -> Accessibility:
    """The one that this process finds."""
    for name, value in accessibility.variables.items():
        if name.startswith("DBUS"):
            monkeypatch.setenv(name, value)
    return accessibility
