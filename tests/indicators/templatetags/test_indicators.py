from datetime import UTC, datetime

import pytest
from django.template import RequestContext, Template

from clusters.viewpoint import viewpoint_of
from foundation.quarters import Quarter
from tests.factories import make_city, make_city_return, make_period, make_publication
from tests.province import make_province

pytestmark = pytest.mark.django_db


def written(rf, tag, query="", **context):
    request = rf.get("/" + query)
    request.viewpoint = viewpoint_of(request.GET)
    return Template("{% load indicators %}" + tag).render(RequestContext(request, context))


def test_any_page_can_say_who_has_reported_and_as_of_when(rf):
    make_province(silent=["370600"])
    tag = (
        "{% data_state request.viewpoint as s %}"
        "{{ s.coverage.accepted }}/{{ s.coverage.expected }} {{ s.as_of }}"
    )
    assert written(rf, tag) == "15/16 None"
    asked = written(rf, tag, "?period=2025Q3&as_of=2020-01-01")
    assert asked.startswith("0/16")


def test_the_choice_of_quarters_is_those_with_figures_newest_first(rf):
    make_province()
    make_city_return(make_city(), make_period("2024Q4"))
    make_period("2026Q4")
    found = written(rf, "{% period_choices as quarters %}{{ quarters|join:' ' }}")
    assert found == f"{Quarter(2025, 3)} {Quarter(2024, 4)}"


def test_a_past_day_says_which_figures_were_not_known_on_it(rf):
    """Declared for 10 January, recorded on 1 March: known now of then, and not known then."""
    declared, recorded = (
        datetime(2026, month, day, tzinfo=UTC) for month, day in ((1, 10), (3, 1))
    )
    make_publication(make_city(), published_at=declared, recorded_at=recorded)
    tag = "{% include 'components/past_day.html' with viewpoint=request.viewpoint %}"

    def on(day):
        return written(rf, tag, f"?period=2025Q3&as_of={day}")

    assert "The figures of 1 city were back-filled after" in on("2026-02-01")
    assert "back-filled" not in on("2026-01-05")
    assert "back-filled" not in on("2026-03-02")
