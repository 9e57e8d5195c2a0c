import pytest

from tests.factories import make_cities, make_period, make_plan, make_user
from tests.hosts.browser import PASSWORD
from tests.hosts.rig import connected, migrated, rig
from tests.throwaway_postgres import CAREFUL, server

REVIEWER = "reviewer"


def make_people() -> None:
    """A bureau for each city, named by its slug, and a reviewer."""
    make_plan()
    for code in ("2025Q1", "2025Q2", "2025Q3"):
        make_period(code)
    for city in make_cities():
        make_user("bureau", city, username=city.slug, password=PASSWORD)
    make_user("reviewer", username=REVIEWER, password=PASSWORD)


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    """A server whose database this process is connected to as well."""
    with server(*CAREFUL) as made:
        migrated(made)
        with connected(made.url, django_db_blocker.unblock()):
            make_people()
            yield made


@pytest.fixture(scope="module")
def hosts(database, tmp_path_factory):
    """The rig."""
    with rig(database, tmp_path_factory.mktemp("hosts")) as made:
        yield made
