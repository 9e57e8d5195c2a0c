from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from clusters.models import BlockReturn, BuildingBlock, City
from clusters.viewpoint import Viewpoint
from enterprises.models import EnterpriseReturn
from foundation import data_version
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.results.scorecard import results_in
from submissions.review.actions import accept
from tests.audit.rewritten import rewrite
from tests.factories import make_cities, make_city
from tests.province import make_province
from tests.submissions.cast import make_row, make_submission


def rendered(template, *, cities=None, **context):
    """A template with the tags, rendered for a reader of some cities."""
    request = RequestFactory().get("/")
    request.user, request.data_version = AnonymousUser(), data_version.current()
    request.cities = City.objects.all() if cities is None else cities
    request.viewpoint = Viewpoint(Quarter(2025, 3), None, timezone.now())
    template = engines["django"].from_string("{% load submissions %}" + template)
    return " ".join(template.render(context, request).split())


def test_returns_due_shows_every_city_and_counts_the_accepted(period):
    cities = make_cities()
    accepted = make_submission(cities[0], period, status="accepted")
    make_submission(cities[1], period, status="submitted")

    shown = rendered("{% returns_due %}")
    assert "1/16 cities accepted for Q3 2025" in shown
    assert shown.count("data-city=") == 16
    assert accepted.get_absolute_url() in shown
    assert 'data-status="accepted"' in shown
    assert "Submitted" in shown


def test_returns_due_links_only_the_readers_cities(period):
    jinan, qingdao = make_city("370100"), make_city("370200")
    own = make_submission(jinan, period, status="accepted")
    other = make_submission(qingdao, period, status="accepted")

    shown = rendered("{% returns_due %}", cities=City.objects.filter(pk=jinan.pk))
    assert own.get_absolute_url() in shown
    assert other.get_absolute_url() not in shown
    assert "2/2" in shown


def test_returns_due_needs_three_queries(period, django_assert_num_queries):
    make_cities()

    # One of them is the data version.
    with django_assert_num_queries(4):
        rendered("{% returns_due %}")


TRACE = "{% figure_trace 'enterprises' key city period moment 'revenue' %}"


@pytest.fixture
def published(city, period, reviewer):
    """One firm's figures in force."""
    submission = make_submission(city, period, status="submitted")
    row = make_row(submission)
    accept(submission, by=reviewer)
    return {"key": row.key, "city": city, "period": period, "moment": timezone.now()}


def test_figure_trace_leads_to_the_cell(published):
    shown = rendered(TRACE, **published)

    assert "企业明细!D5" in shown
    assert 'href="/submissions/' in shown


def test_figure_trace_takes_a_quarter_for_a_period(published):
    assert "企业明细!D5" in rendered(TRACE, **published | {"period": Quarter(2025, 3)})


def test_figure_trace_is_empty_for_what_came_from_no_workbook(published):
    before = published | {"moment": timezone.now() - timedelta(days=9999)}

    assert rendered(TRACE, **before) == ""


def test_figure_trace_is_empty_for_who_may_not_see_the_city(published):
    assert rendered(TRACE, cities=City.objects.none(), **published) == ""


def test_figure_trace_asks_once_for_all_figures_of_a_firm(published, django_assert_num_queries):
    # One of them is the data version.
    with django_assert_num_queries(2):
        rendered("{% for n in '123' %}" + TRACE + "{% endfor %}", **published)


NEEDS = "{% needs_attention snapshot results %}"


def attention(**given):
    """What the overview shows of a province in which Yantai is silent."""
    viewpoint = Viewpoint(Quarter(2025, 3), None, timezone.now())
    of = snapshot(viewpoint)
    return rendered(NEEDS, snapshot=of, results=results_in(of, viewpoint.quarter), **given)


def test_needs_attention_names_the_silent_city_its_state_and_where_to_act(db):
    period = make_province(silent=["370600"])
    sent = make_submission(make_city("370600"), period, status="submitted")

    shown = attention()
    assert f'<a href="{sent.get_absolute_url()}">Yantai</a>' in shown
    assert 'data-status="submitted"' in shown


def test_needs_attention_links_no_submission_of_another_city(db):
    period = make_province(silent=["370600"])
    sent = make_submission(make_city("370600"), period, status="submitted")

    shown = attention(cities=City.objects.filter(code="370100"))
    assert "Yantai" in shown
    assert sent.get_absolute_url() not in shown


def test_needs_attention_says_so_if_nothing_does(db):
    period = make_province()
    for city in City.objects.all():
        make_submission(city, period, status="accepted")
    rewrite(EnterpriseReturn.objects, revenue="1000000.00")
    rewrite(BlockReturn.objects, remark="on")
    BuildingBlock.objects.exclude(returns__isnull=False).delete()

    shown = attention()
    assert "Nothing needs attention." in shown
    assert "data-status" not in shown


def test_needs_attention_shares_its_queries_with_the_completeness_strip(
    db, django_assert_num_queries
):
    make_province(silent=["370600"])
    attention()

    # Beside them: whether the snapshot is still right, the data version, the reader's cities.
    with django_assert_num_queries(6):
        attention()
