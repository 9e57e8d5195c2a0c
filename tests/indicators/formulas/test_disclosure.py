"""No cell that is hidden can be calculated from what is shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.formulas.disclosure import (
    DisclosureGroup,
    Hidden,
    Mass,
    hidden,
    hidden_parts,
    is_sensitive,
    together,
)
from tests.depth import examples


def group(key, *amounts):
    """A group of enterprises that make these amounts."""
    known = [abs(Decimal(a)) for a in amounts]
    return DisclosureGroup(
        key, len(known), (Mass(sum(known, Decimal(0)), max(known, default=Decimal(0))),)
    )


@pytest.mark.parametrize(
    ("amounts", "sensitive"),
    [
        pytest.param((1, 1), True, id="two"),
        pytest.param((1, 1, 1), False, id="three"),
        pytest.param((80, 10, 10), False, id="one with exactly 80 %"),
        pytest.param((81, 10, 9), True, id="one with more"),
        pytest.param((-81, 10, 9), True, id="one with more, below nothing"),
        pytest.param((), False, id="nobody"),
        pytest.param((0, 0, 0), False, id="three that made nothing"),
    ],
)
def test_fewer_than_three_or_one_over_eighty_percent_is_sensitive(amounts, sensitive):
    assert is_sensitive(group("a", *amounts)) is sensitive


def test_the_total_does_not_give_a_single_hidden_row_away():
    small, middle, large = group("s", 5), group("m", 3, 3, 3), group("l", 90, 90, 90)

    assert hidden([large, small, middle]) == Hidden(frozenset({"s", "m"}))


def test_two_hidden_rows_that_are_still_sensitive_together_need_a_third():
    """Of two single enterprises in two rows each would know the other's figure."""
    rows = [group("a", 5), group("b", 6), group("c", 4, 4, 4), group("d", 50, 50, 50)]

    assert hidden(rows).keys == {"a", "b", "c"}


def test_where_nothing_else_helps_the_total_is_hidden_too():
    assert hidden([group("a", 5), group("b", 6)]) == Hidden(frozenset({"a", "b"}), total=True)
    assert hidden([group("a", 5), group("empty")]) == Hidden(frozenset({"a"}), total=True)


def test_nothing_is_hidden_without_need():
    assert hidden([group("a", 1, 1, 1), group("b")]) == Hidden(frozenset())
    assert hidden([]) == Hidden(frozenset())


ROWS = st.lists(st.lists(st.integers(-50, 1000), max_size=6), min_size=1, max_size=9)


def unknowable(unknown: list[int], known_sums: list[set[int]]) -> bool:
    """Whether no single unknown follows from sums that are known: exact elimination."""
    system = [[Fraction(at in one) for at in unknown] for one in known_sums]
    row = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(row, len(system)) if system[r][column]), None)
        if pivot is None:
            continue
        system[row], system[pivot] = system[pivot], system[row]
        system[row] = [value / system[row][column] for value in system[row]]
        for other in range(len(system)):
            if other != row and system[other][column]:
                factor = system[other][column]
                pairs = zip(system[other], system[row], strict=True)
                system[other] = [a - factor * b for a, b in pairs]
        row += 1
    return all(sum(value != 0 for value in one) != 1 for one in system)


@given(ROWS)
def test_what_is_hidden_together_is_insensitive_or_without_a_total(rows):
    groups = [group(n, *amounts) for n, amounts in enumerate(rows)]
    secret = hidden(groups)
    closed = [one for one in groups if one.key in secret.keys]

    assert {one.key for one in groups if is_sensitive(one)} <= secret.keys
    if closed and not secret.total:
        assert len(closed) >= 2
        assert not is_sensitive(together(closed))


@settings(max_examples=examples(60))
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_no_hidden_part_follows_from_cities_parts_and_total(cities):
    """
    The published sums: the total, the cities that are shown, the parts that are shown. Each
    part is an unknown of its own; nobody can solve for one that is hidden.
    """
    parts = {
        f"city{c}": [group((c, p), *amounts) for p, amounts in enumerate(rows) if amounts]
        for c, rows in enumerate(cities)
    }
    parts = {city: groups for city, groups in parts.items() if groups}
    wholes = [
        DisclosureGroup(c, (w := together(groups)).firms, w.masses) for c, groups in parts.items()
    ]
    secret_wholes = hidden(wholes)
    secret = hidden_parts(secret_wholes, parts)

    place = {one.key: n for n, one in enumerate(o for groups in parts.values() for o in groups)}
    closed = {place[key] for key in secret}
    published = [] if secret_wholes.total else [set(place.values())]
    published += [
        {place[one.key] for one in groups}
        for city, groups in parts.items()
        if city not in secret_wholes.keys
    ]
    # What is shown is subtracted: only the hidden remain unknown.
    assert unknowable(sorted(closed), [one & closed for one in published])
    for one in (o for groups in parts.values() for o in groups):
        assert not is_sensitive(one) or one.key in secret


def test_rows_together_have_the_sum_of_their_masses_and_the_largest_of_all():
    one = DisclosureGroup("a", 2, (Mass(Decimal(10), Decimal(6)),))
    other = DisclosureGroup("b", 1, (Mass(Decimal(5), Decimal(5)),))

    assert together([one, other]) == DisclosureGroup(None, 3, (Mass(Decimal(15), Decimal(6)),))
