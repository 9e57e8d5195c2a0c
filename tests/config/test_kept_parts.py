"""Nobody is shown what was drawn for somebody with other rights, or from older figures."""

import re

import pytest
from django.contrib.auth.models import Group
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from accounts.backend import PermissionsWithUser
from accounts.models import CityAssignment
from accounts.scope import scope_key
from config import kept_parts
from tests.factories import make_city, make_enterprise, make_park, make_user
from tests.province import make_province
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
PART = "{% kept 'part' holder mark %}{{ drawn }}{% endkept %}"


class Holder:
    """Stands for a snapshot."""


def asked(path="/", user=None, **given):
    """A request as the middleware leaves it."""
    request = RequestFactory().get(path)
    request.user = user
    request.scope_key = given.get("scope_key", scope_key(user))
    return request


def drawn(request, text, *, holder=None, mark=None, template=PART):
    context = {"request": request, "drawn": text, "holder": holder, "mark": mark}
    return Template(template).render(Context(context))


@pytest.fixture
def read(official):
    """The official as the backend reads them."""
    return PermissionsWithUser().get_user(official.pk)


def test_a_part_is_drawn_once(read):
    holder = Holder()
    assert drawn(asked(user=read), "first", holder=holder) == "first"
    assert drawn(asked(user=read), "second", holder=holder) == "first"


def test_a_new_snapshot_a_new_mark_and_another_address_are_drawn_anew(read):
    holder, newer = Holder(), Holder()
    drawn(asked(user=read), "first", holder=holder)

    assert drawn(asked(user=read), "second", holder=newer) == "second"
    assert drawn(asked(user=read), "third", holder=holder, mark=1) == "third"
    assert drawn(asked("/?period=2025Q2", user=read), "fourth", holder=holder) == "fourth"


def test_what_asks_for_more_than_a_viewpoint_is_never_kept(read):
    for text in ("first", "second"):
        assert drawn(asked("/?download=parks.csv", user=read), text, holder=Holder()) == text


def test_a_reader_whose_scope_is_unknown_gets_nothing_kept(official):
    holder = Holder()
    for text in ("first", "second"):
        assert drawn(asked(user=official, scope_key=None), text, holder=holder) == text


def test_a_form_in_a_kept_part_is_refused(read):
    template = PART.replace("{{ drawn }}", "{% csrf_token %}")
    context = Context({"request": asked(user=read), "csrf_token": "token", "holder": Holder()})
    with pytest.raises(TemplateSyntaxError, match="form"):
        Template(template).render(context)


def test_kept_parts_die_with_their_snapshot(read):
    kept_parts.forget()
    holder = Holder()
    drawn(asked(user=read), "first", holder=holder)
    assert len(kept_parts._parts) == 1
    del holder
    assert len(kept_parts._parts) == 0


def test_addresses_without_end_do_not_fill_the_memory(read, monkeypatch):
    monkeypatch.setattr(kept_parts, "AT_MOST", 3)
    holder = Holder()
    for day in range(1, 10):
        drawn(asked(f"/?as_of=2026-01-0{day}", user=read), str(day), holder=holder)
    assert len(kept_parts._parts[holder]) == 3


# ---- on the overview -------------------------------------------------------------------


@pytest.fixture
def province(officer, reviewer):
    quarter = make_province(silent=["370600"])
    make_submission(make_city("370200"), quarter, status="submitted")
    return make_submission(make_city("370100"), quarter, by=officer, status="submitted")


def linked(client, user):
    client.force_login(user)
    page = client.get("/").content.decode()
    return set(re.findall(r'"(/submissions/\d+/)"', page))


def test_a_bureau_is_never_linked_to_what_the_province_was(client, province, official, officer):
    everything = linked(client, official)
    assert len(everything) == 2

    assert linked(client, officer) == {f"/submissions/{province.pk}/"}
    assert linked(client, official) == everything


def test_one_bureau_is_never_shown_what_another_was(client, province, officer, stranger):
    assert linked(client, officer) == {f"/submissions/{province.pk}/"}
    assert f"/submissions/{province.pk}/" not in linked(client, stranger)


def test_a_right_taken_away_counts_at_once(client, province, official):
    assert len(linked(client, official)) == 2
    official.groups.clear()
    assert linked(client, official) == set()
    CityAssignment.objects.create(user=official, city=make_city("370200"))
    official.groups.add(Group.objects.get(name="bureau"))
    assert len(linked(client, official)) == 1


def test_a_name_and_a_token_are_always_the_readers_own(client, province, official):
    other = make_user("official", username="second-official")
    for user in (official, other, official):
        client.force_login(user)
        page = client.get("/").content.decode()
        assert user.username in page
    assert "second-official" not in page


def test_a_submission_or_an_edit_of_the_register_shows_at_once(client, province, official):
    client.force_login(official)
    before = client.get("/").content.decode()
    make_submission(make_city("370300"), province.period, status="submitted")
    submitted = client.get("/").content.decode()
    # In the strip, and among what needs attention.
    assert submitted.count('data-status="submitted"') == before.count('data-status="submitted"') + 2

    make_park(make_city("370100"), name="刚刚设立的园区", name_en="A park set up just now")
    make_enterprise()
    assert "A park set up just now" in client.get("/").content.decode()


def test_both_languages_are_kept_apart(client, province, official):
    client.force_login(official)
    english = client.get("/").content.decode()
    chinese = client.get("/", headers={"accept-language": "zh-CN"}).content.decode()
    assert "Where the targets stand" in english
    assert "Where the targets stand" not in chinese
