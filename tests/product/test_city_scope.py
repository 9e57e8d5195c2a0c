"""Every address, as every kind of user: nobody reads what is not theirs, nobody is met by a 500."""

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from audit.proposals.deciding import propose
from audit.proposals.keepers import keeper_of
from clusters.models import BuildingBlock
from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.models import Target
from submissions.intake import background
from submissions.intake.dry_run import DryRunResult
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
)
from tests.jobs.cast import make_job
from tests.measures.cast import make_asked, make_file, make_handed_in, make_task
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
    "password_link",
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


@pytest.fixture(scope="module")
def _jinan(people):
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
    task = make_task("1-01", cities=[city])
    evidence, deferral = make_file(task, city, by=people["officer"]), make_asked(task)
    handed_in = make_handed_in(make_task("1-02"))
    submission = make_submission(city, period, by=people["officer"])
    job = make_job(
        background.check_file,
        by=people["officer"],
        state="done",
        arguments={"city": city.code, "period": "2025Q3"},
        result=DryRunResult(readable=True, lines=0).as_json(),
    )
    by, seen = people["reviewer"], today(Quarter(2025, 3))
    briefing = issue_briefing(seen, by=by)
    assessment = issue_assessment(make_plan(), seen, by=by)
    target = Target.objects.first()
    state = keeper_of("indicators.target").stands(target, ["value"])
    changed = [state[0] | {"fields": {"value": "0.4"}}]
    proposal = propose(target, state, changed, by=people["admin"], reason="x")
    return {
        "<uidb64>": "MQ",
        "<token>": "never-made",
        "<int:pk>": {"proposals/": str(proposal.pk), "": str(submission.pk)},
        "<pk>": str(submission.pk),
        "<int:block_pk>": str(block.pk),
        "<slug:key>": "bureau",
        "<slug:slug>": {
            "clusters/": "jinan",
            "cities/": "jinan",
            "parks/": park.slug,
            "measures/": "ecology",
        },
        "<str:number>": "1-01",
        "<int:return_pk>": str(handed_in.pk),
        "<int:evidence_pk>": str(evidence.pk),
        "<int:deferral_pk>": str(deferral.pk),
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
        "<uuid:job_id>": str(job.pk),
    }


@pytest.fixture
def jinan(_jinan, db):
    """The same for one test."""
    return _jinan


def path(route, parameters):
    """The route with its parameters filled in."""
    for name, value in parameters.items():
        if isinstance(value, dict):
            value = next((v for start, v in value.items() if start in route), "")
        route = route.replace(name, value)
    assert "<" not in route, f"test_city_scope does not know the parameters of {route}"
    return "/" + route


def asked(client, address, method="get"):
    """The answer to a request, of which nothing is left behind."""
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer


def is_turned_away(route, name, answer) -> bool:
    """Whether a route answers somebody without an account as it must."""
    if name in OPEN:
        return answer.status_code < 500
    if route.startswith("api/"):
        return answer.status_code in (302, 401, 404)
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def test_a_stranger_without_an_account_gets_nowhere(client, jinan):
    answers = [(route, name, asked(client, path(route, jinan))) for route, name in ROUTES]

    assert [
        route for route, name, answer in answers if not is_turned_away(route, name, answer)
    ] == []


@pytest.mark.parametrize(
    "role", ["officer", "stranger", "reviewer", "official", "admin", "auditor"]
)
def test_nobody_meets_an_error_of_ours(client, jinan, people, role):
    client.raise_request_exception = False
    client.force_login(people[role])

    answers = {route: asked(client, path(route, jinan)).status_code for route, _name in ROUTES}

    assert {route: status for route, status in answers.items() if status >= 500} == {}


def of_one_city(route) -> bool:
    """Whether a route leads to an object of one city."""
    return (
        ("pk>" in route and "submissions/" in route)
        or "credit_code" in route
        or (route.startswith("cities/") and "<" in route)
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_citys_object_is_not_there(client, jinan, people, method):
    client.force_login(people["stranger"])
    routes = [route for route, _name in ROUTES if of_one_city(route)]
    answers = {route: asked(client, path(route, jinan), method).status_code for route in routes}

    assert len(answers) > 10
    assert set(answers.values()) <= {404, 405}, answers
    # 405 is said to everyone, so that it tells nothing of whose it is.
    client.force_login(people["officer"])
    for route in (route for route, status in answers.items() if status == 405):
        assert asked(client, path(route, jinan), method).status_code == 405, route


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["officer", "reviewer", "official"])
def test_what_needs_two_people_is_closed_to_all_but_admins(client, jinan, people, role, method):
    client.force_login(people[role])
    routes = [route for route, _name in ROUTES if route.startswith("proposals/")]
    answers = {route: asked(client, path(route, jinan), method).status_code for route in routes}

    assert len(answers) == 4
    # Opening the address of an act leads to its page.
    acts = {route for route in answers if route.endswith(("confirm/", "reject/"))}
    wanted = {route: 302 if method == "get" and route in acts else 403 for route in answers}
    assert answers == wanted


def test_the_walk_knows_the_addresses_of_every_app():
    walked = " ".join(route for route, _ in ROUTES)
    for start in ("indicators/", "clusters/", "cities/", "parks/", "enterprises/", "submissions/"):
        assert start in walked
    assert "api/v1/" in walked


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bureau_reads_no_paper_of_the_province(client, jinan, people, method):
    client.force_login(people["officer"])
    papers = [route for route, _name in ROUTES if route.startswith(("briefing/", "assessment/"))]

    answers = {route: asked(client, path(route, jinan), method).status_code for route in papers}

    assert len(answers) > 5
    assert {route: status for route, status in answers.items() if status not in (403, 405)} == {}
