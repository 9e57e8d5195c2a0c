import pytest

from jobs.queue import broken_off
from tests.jobs import cast


@pytest.fixture(autouse=True)
def _nothing_steered():
    cast.acts.clear()
    cast.done.clear()
    broken_off.clear()


@pytest.fixture
def queue(settings):
    """The queue in the database."""
    settings.TASKS = cast.QUEUE


@pytest.fixture
def work(monkeypatch):
    """Return a function that does all that is in the queue."""
    return cast.worker(monkeypatch)
