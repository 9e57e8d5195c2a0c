import os
from pathlib import Path

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


@pytest.fixture
def shot():
    def act(page, name):
        folder = os.environ.get("SHOTS")
        if folder:
            for width, colour in ((1440, "light"), (390, "light"), (1440, "dark")):
                if colour == "dark" and "dark" not in name:
                    continue
                page.emulate_media(color_scheme=colour)
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=Path(folder) / f"{name}-{width}-{colour}.png", full_page=True)
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 1440, "height": 900})

    return act
