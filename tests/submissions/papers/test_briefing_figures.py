import json

import pytest

from clusters.viewpoint import today
from foundation.both_languages import in_each
from foundation.frozen_data import canonical, written
from foundation.quarters import Quarter
from indicators.data import notes
from indicators.data.snapshot_reader import snapshot
from indicators.results.scorecard import scorecard
from submissions.papers.briefing_figures import facts, figures, what_is_known
from tests.factories import make_city
from tests.province import make_province

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2025, 3)


def found():
    return facts(snapshot(today(QUARTER)), QUARTER) | {"accepted": "16"}


def test_it_shows_the_scorecards_figures_unrounded_and_its_own_sentence():
    make_province(silent=["370600", "371300"])

    share, firms = found()["targets"]
    for shown, result in zip((share, firms), scorecard(today(QUARTER)), strict=True):
        assert shown["value"] is None
        assert shown["shown"]["en"] == result.shown
        assert shown["certain"]["high"] == written(result.certain.high)
        assert shown["certain_words"]["en"] == result.certain_words
        assert shown["standing"] == result.standing
        assert shown["sentences"][0]["en"] == result.explanation
        assert (shown["accepted"], shown["expected"]) == ("14", "16")
    assert [one["zh-hans"] for one in share["missing"]] == ["烟台市", "临沂市"]


def test_what_nobody_reported_is_none_and_never_nought():
    make_province(silent=["370100"])

    data = found()
    jinan = data["clusters"][0]
    assert jinan["slug"] == "jinan"
    assert (jinan["output_value"], jinan["share"], jinan["over"]) == (None, None, None)
    assert data["parks"]["output_value"] == "5000000.00"
    assert data["parks"] | {"output_value": None} == {
        "number": "1", "reporting": "1", "output_reporting": "1", "output_value": None
    }  # fmt: skip


def test_it_can_be_frozen_as_it_is():
    make_province(silent=["370600"])

    data = found()
    assert json.loads(canonical(data)) == data


def test_every_name_stands_in_both_languages():
    city = make_city("370600")
    assert in_each(lambda: city) == {"zh-hans": "烟台市", "en": "Yantai"}


def test_every_figure_has_a_key_of_its_own():
    make_province()

    every = figures(found())
    assert len({one.key for one in every}) == len(every)
    assert {one.kind for one in every} == {
        *("ratio", "count", "amount", "status", "expected", "ratio_range", "count_range"),
    }


def known(**given):
    """What two papers compare of a share, by measure."""
    one = {"code": "share", "short_name": {}, "unit": "ratio", "value": None, "provisional": True}
    return {figure.measure: figure.value for figure in what_is_known(one | given)}


def test_while_cities_are_silent_ranges_are_compared_and_no_value():
    assert known(
        estimate={"low": "0.505", "high": "0.508"},
        certain={"low": None, "high": "0.5325"},
        expected_standing="achieved",
    ) == {
        "value": None,
        "estimate": "0.505..0.508",
        "certain": "..0.5325",
        "expected": "achieved",
    }


def test_of_a_complete_figure_its_value_is_compared():
    exact = {"low": "0.5042", "high": "0.5042"}
    assert known(value="0.5042", provisional=False, certain=exact) == {
        "value": "0.5042", "estimate": None, "certain": None, "expected": None
    }  # fmt: skip


def test_the_value_of_the_reporting_cities_alone_in_an_older_paper_is_not_compared():
    assert known(value="0.6012") == {
        "value": None, "estimate": None, "certain": None, "expected": None
    }  # fmt: skip


def test_it_counts_the_building_blocks_and_has_the_notes_on_its_figures(reviewer):
    quarter = make_province()
    notes.write("target:firms-over-100m", quarter, "两家企业合并。", by=reviewer)

    data = found()
    assert data["blocks"] == {
        "blocks": "6", "operating": "3", "evidenced": "0", "overdue": "0", "longest": None
    }  # fmt: skip
    assert [(one["about"], one["text"]) for one in data["notes"]] == [
        ("target:firms-over-100m", "两家企业合并。")
    ]
    assert json.loads(canonical(data)) == data
