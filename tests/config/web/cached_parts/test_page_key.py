"""Nobody is shown a part that was made for somebody with other rights, or from older figures."""

import re

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache.backends.locmem import LocMemCache
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from accounts.models import CityAssignment
from accounts.scope import cities_for
from config.web.navigation import demonstration
from foundation import data_version
from indicators.models import Note
from tests.factories import (
    make_city,
    make_enterprise,
    make_park,
    make_period,
    make_publication,
    make_target,
    make_user,
)
from tests.province import make_province
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
PART = Template(
    "{% load cache %}{% page_key as key %}"
    "{% cache key.seconds part key.parts %}{{ drawn }}{% endcache %}"
)


WITHOUT_STATES = Template(
    "{% load cache %}{% page_key as key %}"
    "{% cache key.seconds part key.without_states %}{{ drawn }}{% endcache %}"
)


def asked(user, text, path="/", part=PART):
    """Return the part as this user is shown it; it would say this text if it were made anew."""
    request = RequestFactory().get(path)
    request.user, request.cities, request.data_version = (
        user,
        cities_for(user),
        data_version.current(),
    )
    return part.render(Context({"request": request, "drawn": text}))


@pytest.fixture
def first(official, city):
    """A part that an official was shown."""
    assert asked(official, "first") == "first"
    assert asked(official, "second") == "first"


def test_a_new_data_version_is_another_key(first, official, city):
    make_publication(city)
    assert asked(official, "anew") == "anew"


def test_an_upload_is_another_key_only_where_states_stand(official, city):
    period = make_period()
    assert asked(official, "first") == "first"
    assert asked(official, "first", part=WITHOUT_STATES) == "first"
    make_submission(city, period)
    assert asked(official, "anew") == "anew"
    assert asked(official, "second", part=WITHOUT_STATES) == "first"
    make_publication(city)
    assert asked(official, "anew", part=WITHOUT_STATES) == "anew"


def test_another_day_is_another_key(official):
    """What nobody has sent becomes overdue by itself."""
    with time_machine.travel("2026-02-03 23:50 +08:00"):
        asked(official, "first")
    with time_machine.travel("2026-02-04 00:05 +08:00"):
        assert asked(official, "anew") == "anew"


def test_the_demonstration_is_another_key(first, official):
    demonstration.note(True)
    assert asked(official, "anew") == "anew"


def test_another_scope_is_another_key(officer, stranger):
    """Of two bureaus with the same permissions."""
    assert officer.get_all_permissions() == stranger.get_all_permissions()
    asked(officer, "first")
    assert asked(stranger, "anew") == "anew"


def test_other_permissions_are_another_key(first, reviewer, official):
    """Of two readers with the same scope."""
    assert list(cities_for(reviewer)) == list(cities_for(official))
    assert asked(reviewer, "anew") == "anew"


def test_whoever_signed_in_without_a_role_has_another_key_than_whoever_did_not(db):
    asked(AnonymousUser(), "first")
    assert asked(make_user(), "anew") == "anew"


def test_another_language_is_another_key(first, official):
    with translation.override("zh-hans"):
        assert asked(official, "anew") == "anew"


@pytest.mark.parametrize("path", ["/?period=2025Q2", "/other/"])
def test_another_path_or_query_is_another_key(first, official, path):
    assert asked(official, "anew", path) == "anew"


def test_another_reader_with_all_of_these_is_shown_the_same(first):
    assert asked(make_user("official", username="second"), "anew") == "first"


def test_what_asks_for_more_than_a_viewpoint_is_made_each_time(official):
    for text in ("first", "second"):
        assert asked(official, text, "/?download=parks.csv") == text


# ---- on the overview -------------------------------------------------------------------


@pytest.fixture
def province(officer, reviewer):
    quarter = make_province(silent=["370600"])
    make_submission(make_city("370200"), quarter, status="submitted")
    return make_submission(make_city("370100"), quarter, by=officer, status="submitted")


def page_of(client, user):
    client.force_login(user)
    return client.get("/").content.decode()


def linked(client, user):
    return set(re.findall(r'"(/submissions/\d+/)"', page_of(client, user)))


def test_a_bureau_is_never_linked_to_what_others_were(
    client, province, official, officer, stranger
):
    everything = linked(client, official)
    assert len(everything) == 2
    assert linked(client, officer) == {f"/submissions/{province.pk}/"}
    assert linked(client, stranger) == set()
    assert linked(client, official) == everything


def test_a_right_taken_away_counts_at_once(client, province, official):
    assert len(linked(client, official)) == 2
    official.groups.clear()
    assert linked(client, official) == set()
    CityAssignment.objects.create(user=official, city=make_city("370200"))
    official.groups.add(Group.objects.get(name="bureau"))
    assert len(linked(client, official)) == 1


def test_a_submission_or_an_edit_of_the_register_shows_at_once(client, province, official):
    before = page_of(client, official)
    make_submission(make_city("370300"), province.period, status="submitted")
    submitted = page_of(client, official)
    # In the strip, and among what needs attention.
    assert submitted.count('data-status="submitted"') == before.count('data-status="submitted"') + 2

    make_target("parks", kind="established", things="parks", value="3", unit="count")
    make_park(make_city("370100"), name="刚刚设立的园区", name_en="A park set up just now")
    make_enterprise()
    assert "A park set up just now" in page_of(client, official)


def test_both_languages_are_kept_apart(client, province, official):
    english = page_of(client, official)
    chinese = client.get("/", headers={"accept-language": "zh-CN"}).content.decode()
    assert "What needs attention" in english
    assert "What needs attention" not in chinese


@pytest.mark.parametrize("role", ["official", "reviewer", "admin", "officer"])
def test_no_cached_part_holds_a_form_with_a_token_or_a_name(
    client, province, role, request, monkeypatch
):
    make_target("parks", kind="established", things="parks", value="3", unit="count")
    reader = request.getfixturevalue(role)
    writer = make_user("reviewer", username="writer")
    for code in ("parks", "cluster-output-share"):
        about = {"about": f"target:{code}", "period": province.period}
        Note.objects.create(**about, text="口径调整", written_by=writer)
    kept, set_ = [], LocMemCache.set
    monkeypatch.setattr(
        LocMemCache, "set", lambda self, *given, **named: kept.append(given[1])
        or set_(self, *given, **named)
    )  # fmt: skip
    page = page_of(client, reader)
    parts = [one for one in kept if isinstance(one, str)]
    assert len(parts) == 4
    assert "csrfmiddlewaretoken" in page
    for part in parts:
        assert part in page
        assert "csrfmiddlewaretoken" not in part
        assert reader.get_username() not in part
    # What explains a target stands on its own page; the overview says that there is something.
    assert "1 explanation" in parts[0]
