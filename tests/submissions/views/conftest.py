import pytest

from submissions.models import Batch
from tests.config.test_submit_returns import file_of
from tests.factories import make_period, make_plan

QUARTERS = ("2024Q1", "2024Q2", "2024Q3")


@pytest.fixture
def periods(city, db):
    make_plan()
    return [make_period(code) for code in QUARTERS]


@pytest.fixture
def three(periods):
    return {f"{at}.xlsx": file_of(code) for at, code in enumerate(QUARTERS)}


@pytest.fixture
def bring(client, officer, periods):
    """Return a function: bring files as the officer does, and return the batch."""

    def act(*files, by=None, **given):
        client.force_login(by or officer)
        answer = client.post("/submissions/batches/", {"files": list(files)} | given)
        assert answer.status_code == 302, answer.context["form"].errors
        return Batch.objects.latest("pk")

    return act
