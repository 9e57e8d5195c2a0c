import pytest

from tests.factories import make_period


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    """The store of originals, empty and of this test alone."""
    settings.ORIGINALS_DIR = tmp_path / "originals"
    return settings.ORIGINALS_DIR


@pytest.fixture
def period(db):
    """The third quarter of 2025: nine months, and long over."""
    return make_period("2025Q3")
