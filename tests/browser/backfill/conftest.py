import pytest

from clusters.models import City
from config.deploy import reference_data
from submissions.demonstration import register
from tests.browser.backfill.person import Person
from tests.factories import make_user

JINAN = "370100"


@pytest.fixture
def jinan(transactional_db):
    """Jinan with the plan, its quarters and the demonstration's register."""
    reference_data.load()
    register.enter_firms()
    return City.objects.get(code=JINAN)


@pytest.fixture
def bureau(jinan):
    return make_user("bureau", jinan, username="jinan", is_demonstration=True)


@pytest.fixture
def person(browse, signed_in):
    """Return a function: somebody signed in at an empty page."""

    def act(user, width="wide", **given):
        page = browse(width, **given).page
        signed_in(page, user.username)
        return Person(page)

    return act
