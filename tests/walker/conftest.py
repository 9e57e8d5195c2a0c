"""A small demonstration for the walk: once for all tests of a file."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import override_settings

from clusters.models import City
from config.deploy import demonstration_accounts, reference_data
from enterprises.models import Enterprise
from foundation.quarters import Quarter
from submissions.demonstration import ledger, loading, papers, register, story

# Two clusters' cities, one that is silent at the end, one whose workbook was sent back.
CITIES = ["370100", "370200", "370600", "371500"]
# The newest, the one before, and the newest of the year before.
QUARTERS = [Quarter(2024, 4), Quarter(2025, 3), Quarter(2025, 4)]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Four cities' three quarters, through the real intake, and the briefing of one quarter."""
    folder = tmp_path_factory.mktemp("demonstration")
    kept_here = override_settings(DATA_DIR=folder, DEMO_PASSWORD="taishan-2025")
    short = pytest.MonkeyPatch()
    short.setattr(story, "quarters", lambda: QUARTERS)
    short.setattr(story, "PROFILES", {code: story.PROFILES[code] for code in CITIES})
    with django_db_blocker.unblock(), kept_here, short.context(), transaction.atomic():
        reference_data.load()
        accounts = demonstration_accounts.make_accounts()
        register.enter_firms()
        Enterprise.objects.exclude(city__code__in=CITIES).delete()
        register.enter_baselines()
        register.enter_establishments()
        loading.load(
            bureaus={code: accounts[City.objects.get(code=code).slug] for code in CITIES},
            reviewer=get_user_model().objects.get(username="reviewer"),
            report=lambda *_: None,
            before_newest=lambda: ledger.enter(
                by=accounts["official"],
                checker=accounts["reviewer"],
                with_workbook=set(story.answered(story.LAST)) & set(CITIES),
            ),
        )
        papers.issue(by=accounts["reviewer"])
        yield
        transaction.set_rollback(True)
    short.undo()


@pytest.fixture
def demonstration(loaded, db):
    """The same for one test, which may write beside it: that is gone with the test."""
