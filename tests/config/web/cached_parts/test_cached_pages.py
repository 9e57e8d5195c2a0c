"""A page from its cached parts is the page that would be made anew, whatever has changed."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache

from clusters.models import BuildingBlock, City
from enterprises.models import Enterprise
from indicators.data import snapshot_reader
from indicators.models import Note, Target
from measures import plan_ledger
from tests.factories import make_city, make_city_return, make_publication, make_user
from tests.measures.cast import make_task
from tests.province import make_province
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db
SHARE, FIRMS = "/indicators/cluster-output-share/", "/indicators/firms-over-100m/"
JINAN, YANTAI = "/cities/jinan/", "/cities/yantai/"
# Yantai is silent. Of each page the parts in which the state of a workbook stands.
WITH_STATES = {
    "/": {"overview_attention", "overview_rest"},
    "/clusters/": set(),
    "/cities/": {"cities_states"},
    JINAN: {"city_state"},
    YANTAI: {"city_state"},
    SHARE: set(),
    FIRMS: set(),
}
PAGES = list(WITH_STATES)
# What is each reader's own, or of the moment.
OWN = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|Printed\s+[\d :-]+|打印于\s+[\d :-]+'
    r'|<p class="small soft">(Request number|请求编号)[^<]+'
)


@pytest.fixture
def quarter(officer):
    quarter = make_province(silent=["370600"], period="2025Q4")
    task = make_task(cities=[make_city("370100")])
    task.targets.set(Target.objects.filter(indicator="cluster-output-share"))
    return quarter


@pytest.fixture
def kept(monkeypatch):
    """The parts of pages that were made, by their key."""
    parts, put = {}, LocMemCache.set

    def note(self, key, value, *given, **named):
        if key.startswith("template.cache."):
            parts[key] = value
        return put(self, key, value, *given, **named)

    monkeypatch.setattr(LocMemCache, "set", note)
    return parts


def named(keys):
    """Return the names of parts, from their keys."""
    return {key.split(".")[2] for key in keys}


def shown(client, page):
    return OWN.sub("", client.get(page).content.decode())


def anew(client, page):
    """Return the page as it is made where nothing is kept."""
    cache.clear()
    snapshot_reader.forget()
    plan_ledger.forget()
    return shown(client, page)


# ---- whatever changes shows at once ----------------------------------------------------


def new_figures(quarter):
    [yantai] = City.objects.filter(code="370600")
    make_city_return(yantai, quarter, output_value="300000000.00")
    make_publication(yantai, quarter)


def edited_enterprise(quarter):
    firm = Enterprise.objects.get(city__code="370100")
    firm.name = firm.name_en = "Renamed just now"
    firm.save()


def edited_block(quarter):
    block = BuildingBlock.objects.filter(category__cluster__slug="zibo").first()
    block.content = block.content_en = "Renamed block"
    block.save()


def edited_target(quarter):
    target = Target.objects.get(indicator="cluster-output-share")
    target.value += 5
    target.save()


def a_note(about):
    def write(quarter):
        by = make_user("reviewer", username="writer")
        Note.objects.create(about=about, period=quarter, text="口径调整", written_by=by)

    return write


def edited_task(quarter):
    task = Target.objects.get(indicator="cluster-output-share").tasks.get()
    task.wording = "另一个说法"
    task.save()


CHANGES = {
    "a publication": (new_figures, set(PAGES)),
    "an edit of an enterprise": (edited_enterprise, {JINAN, FIRMS}),
    "an edit of a block": (edited_block, {"/clusters/"}),
    "an edit of a target": (edited_target, {"/", SHARE}),
    "a note on a target": (a_note("target:cluster-output-share"), {"/", SHARE}),
    "a note on a city": (a_note("city:370100"), {JINAN}),
    "an edit of a task": (edited_task, {"/", SHARE}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_shows_at_once(client, official, quarter, change):
    act, told = CHANGES[change]
    client.force_login(official)
    before = {page: shown(client, page) for page in PAGES}
    act(quarter)
    after = {page: shown(client, page) for page in PAGES}
    assert {page for page in PAGES if before[page] != after[page]} == told
    assert after == {page: anew(client, page) for page in PAGES}


# ---- nobody is shown another's ---------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_everybody_is_shown_their_own(client, quarter, officer, stranger, official, page):
    """One after the other, and each again once the others have been there."""
    readers = [official, officer, stranger, make_user("department"), make_user("reviewer")]
    for reader in readers * 2:
        for language in ("en", "zh-hans"):
            client.force_login(reader)
            client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
            warm = shown(client, page)
            parts = dict(cache._cache), dict(cache._expire_info)
            assert warm == anew(client, page)
            cache._cache.update(parts[0])
            cache._expire_info.update(parts[1])


@pytest.mark.parametrize("page", PAGES)
def test_a_right_taken_away_counts_at_once(client, quarter, official, page):
    make_user("official")
    client.force_login(official)
    before = shown(client, page)
    official.groups.clear()
    after = shown(client, page)
    assert after != before
    assert after == anew(client, page)


@pytest.mark.parametrize("page", ["/", SHARE])
def test_a_permission_taken_away_counts_at_once(client, quarter, official, page):
    """Of the same cities: the way to the briefing, and the tasks of the ledger."""
    client.force_login(official)
    before = shown(client, page)
    lost = official.groups.get().permissions.filter(codename__in=["view_briefing", "view_task"])
    official.groups.get().permissions.remove(*lost)
    after = shown(client, page)
    assert "/briefing/2025Q4/" in before
    assert "/briefing/2025Q4/" not in after
    assert after == anew(client, page)


@pytest.mark.parametrize("page", PAGES)
def test_another_day_shows_at_once(client, quarter, official, page):
    client.force_login(official)
    with time_machine.travel("2026-02-03 23:50 +08:00"):
        before = shown(client, page)
    with time_machine.travel("2026-02-04 00:05 +08:00"):
        after = shown(client, page)
        assert after == anew(client, page)
    assert after != before or page != "/clusters/"


@pytest.mark.parametrize("role", ["official", "reviewer", "admin", "officer"])
def test_no_part_holds_a_form_with_a_token_or_a_name(client, quarter, kept, request, role):
    reader = request.getfixturevalue(role)
    writer = make_user("reviewer", username="writer")
    for about in ("target:cluster-output-share", "target:firms-over-100m", "city:370100"):
        Note.objects.create(about=about, period=quarter, text="口径调整", written_by=writer)
    target = Target.objects.get(indicator="cluster-output-share")
    target._history_user = writer
    target.save()
    client.force_login(reader)
    for page in PAGES:
        client.get(page)
    assert kept
    for part in kept.values():
        assert "csrfmiddlewaretoken" not in part
        assert reader.get_username() not in part
        assert "writer" not in part


# ---- what an upload changes ------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("status", ["uploaded", "submitted", "sent_back", "discarded"])
def test_only_parts_with_states_are_made_anew_after_an_upload(
    client, quarter, official, kept, page, status
):
    client.force_login(official)
    shown(client, page)
    before = dict(kept)
    kept.clear()
    for code in ("370600", "370100"):
        make_row(make_submission(make_city(code), quarter, status=status))
    after = shown(client, page)
    assert named(kept) == WITH_STATES[page]

    # And nothing of the others would be another if they were made anew.
    kept.clear()
    assert after == anew(client, page)
    same = before.keys() & kept.keys()
    assert named(same) == named(before) - WITH_STATES[page]
    assert {key: before[key] for key in same} == {key: kept[key] for key in same}


@pytest.mark.parametrize(
    ("page", "state"), [("/", "submitted"), ("/cities/", "submitted"), (YANTAI, "submitted")]
)
def test_where_a_state_stands_it_changes_at_once(client, quarter, official, page, state):
    client.force_login(official)
    assert f'data-status="{state}"' not in shown(client, page)
    make_submission(make_city("370600"), quarter, status=state)
    assert f'data-status="{state}"' in shown(client, page)
