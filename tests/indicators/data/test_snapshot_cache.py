"""Tests of how long what is made of a snapshot is kept."""

from dataclasses import dataclass

from indicators.data.snapshot_cache import kept


@dataclass(frozen=True, eq=False)
class Made:
    passing: bool


def counted():
    """A function that is kept, and how often it was really asked."""
    asked = []

    @kept(maxsize=2)
    def function(of, number):
        asked.append(number)
        return object()

    return function, asked


def test_the_next_who_asks_the_same_snapshot_gets_the_same():
    function, asked = counted()
    of = Made(passing=False)
    assert function(of, 1) is function(of, 1)
    assert asked == [1]


def test_another_snapshot_is_made_anew():
    function, asked = counted()
    assert function(Made(passing=False), 1) is not function(Made(passing=False), 1)
    assert asked == [1, 1]


def test_what_is_made_of_a_what_if_is_not_kept_and_takes_nobodys_place():
    function, asked = counted()
    actual, supposed = Made(passing=False), Made(passing=True)
    first = function(actual, 1)
    assert function(supposed, 1) is not function(supposed, 1)
    for number in range(5):
        function(supposed, number)
    assert function(actual, 1) is first
    assert asked == [1, 1, 1, 0, 1, 2, 3, 4]
