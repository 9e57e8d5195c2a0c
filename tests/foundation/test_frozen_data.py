"""One content has one text, however it was written; different contents have two."""

import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.frozen_data import Figure, canonical, differences, number, sha256, written

TEXTS = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
DATA = st.dictionaries(st.text(), TEXTS)
AMOUNTS = st.decimals(-(10**12), 10**12, places=2, allow_nan=False)


@given(DATA)
def test_what_was_frozen_is_read_back_and_frozen_the_same(data):
    text = canonical(data)

    assert json.loads(text) == data
    assert canonical(json.loads(text)) == text
    assert canonical(dict(reversed(data.items()))) == text


@given(DATA)
def test_the_hash_is_plain_sha256_of_the_bytes(data):
    text = canonical(data)
    assert sha256(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("value", [1, 0.5, Decimal("1"), {"a": [2]}, ("a",)])
def test_a_number_is_refused_for_figures_are_texts(value):
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_what_is_not_reported_is_none_and_no_figure_is_rounded():
    assert written(None) is None
    assert written(Decimal("1E+3")) == "1000"
    assert written(Decimal("0.5123456789012345678901234567")) == "0.5123456789012345678901234567"


def test_numbers_name_plan_year_and_serial():
    assert number("311", 2026, 3) == "311-2026-03"
    assert number("311", 2026, 12, mark="F") == "311-F-2026-12"


def figure(key, value, kind="amount"):
    return Figure(key, {"zh-hans": key, "en": key}, "value", kind, value)


FIGURES = st.dictionaries(st.sampled_from("abcdef"), st.none() | AMOUNTS.map(str)).map(
    lambda values: [figure(key, value) for key, value in values.items()]
)


@given(FIGURES)
def test_a_paper_differs_from_itself_in_nothing(figures):
    assert differences(figures, figures) == []


@given(FIGURES, FIGURES)
def test_exactly_what_is_unequal_differs_and_by_how_much(before, after):
    was = {one.key: one.value for one in before}
    now = {one.key: one.value for one in after}
    rows = {row["key"]: row for row in differences(before, after)}

    for key in was.keys() | now.keys():
        one, other = was.get(key), now.get(key)
        same = one == other or (None not in (one, other) and Decimal(one) == Decimal(other))
        assert (key in rows) is not same
        if key in rows and None not in (one, other):
            assert Decimal(one) + Decimal(rows[key]["difference"]) == Decimal(other)


def test_by_how_much_silence_differs_is_not_said():
    [row] = differences([figure("a", None)], [figure("a", "0")])
    assert (row["before"], row["after"], row["difference"]) == (None, "0", None)


def test_a_figure_that_is_written_otherwise_is_the_same():
    assert differences([figure("a", "1.50")], [figure("a", "1.5")]) == []


def test_a_standing_is_another_word_and_has_no_difference():
    [row] = differences([figure("a", "behind", "status")], [figure("a", "on_pace", "status")])
    assert row["difference"] is None
