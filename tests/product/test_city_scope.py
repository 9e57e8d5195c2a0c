"""Every address, as every kind of user: nobody reads what is not theirs, nobody is met by a 500."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from clusters.models import BuildingBlock
from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_assessment, issue_briefing
from tests.factories import (
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_plan,
    make_target,
    make_user,
)
from tests.province import make_category
from tests.submissions.cast import make_submission

# Open without an account: signing in, choosing a language, whether the server is alive.
OPEN = {
    "login",
    "logout",
    "set_language",
    "healthz",
    "readyz",
    "accessibility",
    "help",
    "help_role",
}
# Only for the admin site's own staff; Django's own tests cover its pages.
ADMIN = "admin/"


def addresses(resolver=None, prefix=""):
    """Every route of the product: its path as written, and its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if not route.startswith(ADMIN):
                yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.name


ROUTES = sorted(set(addresses()), key=str)


@pytest.fixture
def jinan(db, officer):
    """Jinan with one of everything, and the parameters that lead to it."""
    city = make_city("370100")
    cluster = make_clusters()[0]
    make_category(cluster, make_period("2025Q3"))
    block = BuildingBlock.objects.first()
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    period = make_period("2025Q3")
    make_city_return(city, period)
    enterprise = make_enterprise(city, name="济南某企业")
    make_enterprise_return(enterprise, period)
    park = make_park(city)
    submission = make_submission(city, period, by=officer)
    by, seen = make_user("reviewer"), today(Quarter(2025, 3))
    briefing = issue_briefing(seen, by=by)
    assessment = issue_assessment(make_plan(), seen, by=by)
    return {
        "<int:pk>": str(submission.pk),
        "<pk>": str(submission.pk),
        "<int:block_pk>": str(block.pk),
        "<slug:key>": "bureau",
        "<slug:slug>": {"clusters/": "jinan", "cities/": "jinan", "parks/": park.slug},
        "<slug:code>": {
            "/firms/": "firms-over-100m",
            "/heaping/": "firms-over-100m",
            "indicators/": "cluster-output-share",
            "assessment/": "311",
        },
        "<str:period>": "2025Q3",
        "<slug:number>": {"briefing/": briefing.number, "assessment/": assessment.number},
        "<str:code>": "cluster-output-share",
        "<str:credit_code>": enterprise.credit_code,
        "<slug:credit_code>": enterprise.credit_code,
        "{credit_code}": enterprise.credit_code,
        "{code}": "cluster-output-share",
        "<code>": "cluster-output-share",
        "<credit_code>": enterprise.credit_code,
        "<int:finding_pk>": "1",
    }


def path(route, parameters):
    """The route with its parameters filled in."""
    for name, value in parameters.items():
        if isinstance(value, dict):
            value = next((v for start, v in value.items() if start in route), "")
        route = route.replace(name, value)
    assert "<" not in route, f"test_city_scope does not know the parameters of {route}"
    return "/" + route


@pytest.mark.parametrize(("route", "name"), ROUTES)
def test_a_stranger_without_an_account_gets_nowhere(client, jinan, route, name):
    answer = client.get(path(route, jinan))

    if name in OPEN:
        assert answer.status_code < 500
    elif route.startswith("api/"):
        assert answer.status_code in (302, 401, 404)
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["officer", "stranger", "reviewer", "official", "admin"])
@pytest.mark.parametrize(("route", "name"), ROUTES)
def test_nobody_meets_an_error_of_ours(client, jinan, request, role, route, name):
    client.force_login(request.getfixturevalue(role))

    assert client.get(path(route, jinan)).status_code < 500


@pytest.mark.parametrize(
    ("route", "name"),
    [
        pytest.param(route, name, id=route)
        for route, name in ROUTES
        if ("pk>" in route and "submissions/" in route)
        or "credit_code" in route
        or (route.startswith("cities/") and "<" in route)
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_citys_object_is_not_there(client, jinan, officer, stranger, route, name, method):
    where = path(route, jinan)
    client.force_login(stranger)

    answer = getattr(client, method)(where)

    if answer.status_code == 405:  # Said to everyone, so that it tells nothing of whose it is.
        client.force_login(officer)
        assert getattr(client, method)(where).status_code == 405
    else:
        assert answer.status_code == 404


def test_the_walk_knows_the_addresses_of_every_app():
    walked = " ".join(route for route, _ in ROUTES)
    for start in ("indicators/", "clusters/", "cities/", "parks/", "enterprises/", "submissions/"):
        assert start in walked
    assert "api/v1/" in walked


@pytest.mark.parametrize(
    "route", [r for r, _ in ROUTES if r.startswith(("briefing/", "assessment/"))]
)
def test_a_bureau_reads_no_paper_of_the_province(client, jinan, officer, route):
    client.force_login(officer)

    assert client.get(path(route, jinan)).status_code in (403, 405)
    assert client.post(path(route, jinan)).status_code in (403, 405)
