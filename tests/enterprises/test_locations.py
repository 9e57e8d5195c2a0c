"""Which city an enterprise was of on a day."""

from datetime import date

import pytest

from enterprises.locations import Move, city_on
from enterprises.models import CityMove, Enterprise
from tests.factories import make_city, make_enterprise

FIRST, SECOND = date(2023, 7, 1), date(2025, 2, 1)


@pytest.mark.parametrize(
    ("day", "city"),
    [
        (date(2023, 6, 30), "a"),
        (FIRST, "b"),
        (date(2025, 1, 31), "b"),
        (SECOND, "c"),
        (date(2026, 1, 1), "c"),
    ],
)
@pytest.mark.django_db
def test_a_day_before_a_move_is_of_the_city_it_left(day, city):
    """The same of the arithmetic and of the query."""
    cities = {"a": make_city("370100"), "b": make_city("370200"), "c": make_city("370300")}
    firm = make_enterprise(cities["c"])
    for moved_on, one, other in ((FIRST, "a", "b"), (SECOND, "b", "c")):
        CityMove.objects.create(
            enterprise=firm, from_city=cities[one], to_city=cities[other], moved_on=moved_on
        )
    moves = [Move(SECOND, "b"), Move(FIRST, "a")]

    assert city_on(day, today="c", moves=moves) == city
    for name, other in cities.items():
        assert Enterprise.objects.of_city_on(other.pk, day).exists() == (name == city)
    [seen] = Enterprise.objects.with_city_then(day)
    assert seen.was_of_city == (None if city == "c" else cities[city].name)


def test_one_that_never_moved_was_always_there():
    assert city_on(FIRST, today="a", moves=[]) == "a"
