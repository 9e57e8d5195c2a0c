"""Every reader walks the demonstration: all opens, nothing fails, no pattern is left out."""

from collections import Counter
from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse

from tests.depth import DEEP
from tests.walker import surfaces
from tests.walker.comparing import compared
from tests.walker.snapshots import written
from tests.walker.surfaces import MOMENTS, NOT_WALKED, READERS
from tests.walker.walking import Walk

pytestmark = pytest.mark.django_db
# Each reader in one language, the languages in turn.
LANGUAGE = dict(zip(READERS, ["zh-hans", "en"] * len(READERS), strict=False))
if not DEEP:
    # The reviewer sees the official's pages, and what the administrator sees besides.
    del LANGUAGE["reviewer"]
QUICK: dict = {"moments": MOMENTS[:1], "objects": 1, "kinds": 1, "downloads": False}
# They see the official's pages; links are followed by those who see other things.
MORE: dict = dict.fromkeys(READERS, {}) | dict.fromkeys(("reviewer", "admin"), {"kinds": 0})
SIGNED_IN = ("official", "reviewer", "admin", "jinan", "yantai")

# Open without an account, and what PUBLIC_DASHBOARD opens beside.
OPEN = {"login", "accessibility", "help", "help_role", "healthz", "readyz"}
OPENED = {
    f"indicators:{one}" for one in ("overview", "targets", "indicator", "movement", "methods")
}
PAPERS = {f"briefing:{one}" for one in ("briefing", "draft_docx", "issued", "docx", "data")}
OF_THE_PROVINCE = PAPERS | {"assessment:assessment", "assessment:draft_docx", "system_status"}
OF_THE_PROVINCE |= {"proposals:proposals"}
# Lists of libraries that only a superuser sees, and there is none.
LOCKED = ("admin:axes_", "admin:django_tasks_database_")
# What a signed-in reader may not open, and what is said instead of 200.
REFUSED = {
    "official": {
        **{"submissions:upload": 403, "indicators:write_note": 404, "system_status": 403},
        "proposals:proposals": 403,
    },
    "reviewer": {"submissions:upload": 403, "system_status": 403, "proposals:proposals": 403},
    "admin": {"submissions:upload": 403},
    # Another city's template; of another city nothing is supposed.
    "jinan": dict.fromkeys(OF_THE_PROVINCE, 403) | {"indicators:what_if": 422},
    "yantai": dict.fromkeys(OF_THE_PROVINCE, 403),
}
# Of their own city a bureau sees them, of another not.
NOT_OF_THIS_CITY = {
    "submissions:template": 404,
    "indicators:heaping": 404,
    "indicators:write_note": 404,
    "measures:department": 404,
    "measures:task": 404,
}
# Patterns that the demonstration has no record for, or that nobody may open.
NOT_REACHED = {
    "admin:indicators_assessment": "the demonstration issues no closing assessment",
    "admin:enterprises_formername": "no enterprise of it had another name",
    "admin:enterprises_citymove": "no enterprise of it moved",
    **dict.fromkeys(LOCKED, "only a superuser sees them, and there is none"),
}
FILES = {"submissions:original", "submissions:marked", "submissions:template"}
IN_JSON = {"briefing:data", "healthz", "readyz"}


@pytest.fixture(scope="module")
def walked(loaded, django_db_blocker):
    """What every reader saw; their sign-ins are gone with the file's demonstration."""
    with django_db_blocker.unblock():
        return {
            role: list(Walk(roles=[role], languages=[language], **QUICK | MORE[role]).readings())
            for role, language in LANGUAGE.items()
        }


def expected(role, name):
    """The answers that a reader may get from a pattern."""
    if name == "login" and role in SIGNED_IN:
        return {302}
    if role in SIGNED_IN:
        city = NOT_OF_THIS_CITY if role in ("jinan", "yantai") else {}
        refused = {**REFUSED[role], **city}.get(name, 200)
        is_locked = name.startswith(LOCKED)
        return (
            {200, refused}
            if name in (*city, "indicators:what_if")
            else ({403} if is_locked else {refused})
        )
    if name in OPEN or (role == "public" and name in OPENED):
        return {200}
    return {401} if name.startswith("api-v1:") else {302}


def kind(surface):
    """The kind of answer that an address promises."""
    asked = parse_qs(urlsplit(surface.address).query)
    if surface.name in FILES:
        return "xlsx"
    if surface.name.endswith("docx"):
        return "docx"
    if surface.name.startswith("api-v1:") or surface.name in IN_JSON:
        return asked.get("format", ["json"])[0]
    return "html"


@pytest.mark.parametrize("role", LANGUAGE)
def test_every_reader_gets_the_answers_of_their_role(walked, role):
    wrong = [
        f"{surface}: {reading.status} {reading.location}"
        for surface, reading in walked[role]
        if reading.status not in expected(role, surface.name)
    ]
    assert wrong == []
    assert len(walked[role]) >= 40


def test_who_has_no_account_is_sent_to_sign_in(walked):
    sent = {r.location.split("?")[0] for s, r in walked["anonymous"] if r.status == 302}
    assert sent == {"/accounts/login/"}


def test_every_answer_is_of_the_kind_that_its_address_promises(walked):
    wrong = [
        f"{surface}: {reading.kind}"
        for every in walked.values()
        for surface, reading in every
        if reading.status == 200 and reading.kind != kind(surface)
    ]
    assert wrong == []


def test_every_link_that_a_page_shows_opens(walked):
    dead = [
        f"{surface} ({reading.status}), linked from {surface.linked_from}"
        for every in walked.values()
        for surface, reading in every
        if surface.linked_from and reading.status >= 400
    ]
    assert dead == []


def test_every_page_and_file_shows_something(walked):
    empty = [
        str(surface)
        for every in walked.values()
        for surface, reading in every
        if reading.status == 200 and not reading.values
    ]
    assert empty == []


def test_every_pattern_is_walked_or_named_with_the_reason(walked):
    reached = {s.name for every in walked.values() for s, r in every if r.status == 200}
    left = {
        name
        for name in surfaces.names()
        if surfaces.is_walked(name) and not name.startswith(tuple(NOT_REACHED))
    }
    assert left - reached - {"login"} == set()
    assert NOT_WALKED.keys() <= set(surfaces.names()), "an exception that is none any more"


@pytest.mark.parametrize("name", [n for n, why in NOT_WALKED.items() if why.startswith("POST")])
def test_what_is_said_to_be_post_only_shows_nothing(client, demonstration, name):
    client.force_login(get_user_model().objects.get(username="reviewer"))
    whole = {"pk": 1, "finding_pk": 1, "period": "2025Q4", "code": "311", "number": "1-01"}
    whole |= {"return_pk": 1, "evidence_pk": 1, "deferral_pk": 1, "slug": "jinan"}
    tried = ({k: whole[k] for k in some} for n in range(4) for some in combinations(whole, n))
    for some in tried:
        try:
            address = reverse(name, kwargs=some)
        except NoReverseMatch:
            continue
        assert client.get(address).status_code in (302, 403, 404, 405)
        return
    raise AssertionError(f"{name} has other parameters")


def test_the_overview_has_the_same_figures_in_both_languages(demonstration):
    walk = Walk(roles=["official"], **QUICK | {"kinds": 0}, only=["indicators:overview"])
    # Amounts stand in 亿元 in the one language and in billions in the other; counting words differ.
    kinds = ("percent", "points", "firms", "days")
    found = {
        surface.language: Counter(
            value.number for value in reading if value.number is not None and value.kind in kinds
        )
        for surface, reading in walk.readings()
    }
    assert found["zh-hans"].total() > 20
    assert found["zh-hans"] == found["en"]


def test_two_walks_of_the_same_are_equal(demonstration):
    parts = {"roles": ["jinan"], "languages": ["zh-hans"], "only": ["indicators:city"]}
    first, second = (written(Walk(**QUICK | parts).readings()) for _n in range(2))

    assert "tile | " in first
    assert compared(first, second) == []
