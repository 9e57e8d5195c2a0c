"""Tests of how long what is made of a snapshot is kept, and of what nothing is kept."""

import gc
from dataclasses import replace
from weakref import ref

import pytest
from django.utils import translation

from clusters.viewpoint import viewpoint_of
from indicators.charts.chart import drawn
from indicators.data.snapshot_cache import cached_by_snapshot, cached_under
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import city_rows
from tests.province import make_province


@pytest.fixture
def of(db):
    """A snapshot of which nothing was made yet."""
    make_province()
    return snapshot(viewpoint_of({}))


def counted():
    """A function that is kept, and how often it was really asked."""
    asked = []

    @cached_by_snapshot(maxsize=2)
    def function(of, number):
        asked.append(number)
        return object()

    return function, asked


def test_the_next_who_asks_the_same_snapshot_gets_the_same(of):
    function, asked = counted()
    assert function(of, 1) is function(of, 1)
    assert asked == [1]


def test_another_snapshot_is_made_anew(of):
    function, asked = counted()
    assert function(of, 1) is not function(replace(of), 1)
    assert asked == [1, 1]


def test_only_so_many_are_kept_the_least_recently_asked_for_goes_first(of):
    function, asked = counted()
    for number in (1, 2, 1, 3, 1, 2):
        function(of, number)
    assert asked == [1, 2, 3, 2]


def test_two_functions_do_not_get_each_others(of):
    (one, _asked), (other, _too) = counted(), counted()
    assert one(of, 1) is not other(of, 1)


def test_what_is_made_goes_with_its_snapshot(of):
    own = replace(of)
    made, whole = ref(city_rows(own, own.quarters[0])[0]), ref(own)
    gc.collect()
    assert city_rows(own, own.quarters[0])[0] is made()
    del own
    gc.collect()
    assert (made(), whole()) == (None, None)


def test_nothing_that_is_made_of_a_passing_snapshot_is_kept(of):
    function, asked = counted()
    passing = replace(of, is_ephemeral=True)
    assert function(passing, 1) is not function(passing, 1)
    assert cached_under(passing, "key", object) is not cached_under(passing, "key", object)
    assert drawn(passing, dict) is not drawn(passing, dict)
    assert asked == [1, 1]
    assert not passing.made


def test_a_chart_is_drawn_once_for_each_language(of):
    english = drawn(of, dict)
    assert drawn(of, dict) is english
    with translation.override("zh-hans"):
        assert drawn(of, dict) is not english


def test_what_is_kept_under_a_key_outlives_its_snapshot_even_if_it_is_none(of):
    made = []

    def make():
        made.append(1)

    for key in ("one", "one", "two"):
        assert cached_under(replace(of), key, make) is None
    assert len(made) == 2
