import pytest
from django.template import RequestContext, Template

from clusters.viewpoint import viewpoint_of
from foundation.quarters import Quarter
from tests.factories import make_city, make_city_return, make_period
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
