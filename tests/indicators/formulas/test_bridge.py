"""Tests of the bridge from one figure to another."""

import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.bridge import (
    BridgeStep,
    Cause,
    Cities,
    amount_bridge,
    count_bridge,
    share_bridge,
)
from indicators.formulas.contribution import UnitAmount, exact_share

CODES = ("370100", "370200", "370300", "370400", "370500")
FIRMS = tuple("abcdefgh")
HUNDRED = Decimal(100)
amounts = st.none() | st.decimals("0", "1e12", places=2)
states = st.dictionaries(st.sampled_from(CODES), st.builds(UnitAmount, amounts, st.booleans()))
firm_states = st.dictionaries(
    st.sampled_from(FIRMS), st.builds(UnitAmount, st.none() | st.decimals("99", "101", places=2))
)
some_cities = st.sets(st.sampled_from(CODES))


def cities(**amounts):
    """Cities by a letter; those in capitals are clusters."""
    return {
        name.lower(): UnitAmount(None if text is None else Decimal(text), name.isupper())
        for name, text in amounts.items()
    }


def firms(**amounts):
    return {name: UnitAmount(Decimal(text)) for name, text in amounts.items()}


def causes(bridge):
    return {(step.cause, step.unit) for step in bridge.steps}


def test_nothing_changed_is_a_bridge_without_steps():
    same = cities(A="50", b="50")
    bridge = share_bridge(shown=same, restated=same, now=same)
    assert (bridge.start, bridge.end, bridge.movement) == (Fraction(1, 2), Fraction(1, 2), 0)
    assert bridge.steps == ()
    assert bridge.by_cause() == dict.fromkeys(Cause, Fraction(0))


def test_a_city_that_came_after_it_was_due_is_late_and_one_before_is_new_data():
    then, now = cities(A="50", b="50"), cities(A="50", b="50", c="25", d="25")
    bridge = share_bridge(shown=then, restated=now, now=now, late={"c"})
    assert causes(bridge) == {(Cause.LATE, "c"), (Cause.NEW, "d")}
    assert bridge.part(Cause.LATE) + bridge.part(Cause.NEW) == Fraction(1, 3) - Fraction(1, 2)


def test_a_figure_that_was_known_and_is_another_now_is_a_correction():
    then, now = cities(A="50", b="50"), cities(A="50", b="40")
    bridge = share_bridge(shown=then, restated=now, now=now, late={"a", "b"})
    assert causes(bridge) == {(Cause.CORRECTION, "b")}
    assert bridge.part(Cause.CORRECTION) == bridge.movement == Fraction(5, 9) - Fraction(1, 2)


def test_a_city_that_joins_the_clusters_is_a_change_of_the_register():
    then, now = cities(A="50", b="50"), cities(A="50", B="50")
    bridge = share_bridge(shown=then, restated=now, now=now)
    assert bridge.steps == (BridgeStep(Cause.REGISTER, "b", Fraction(1, 2)),)


def test_from_quarter_to_quarter_it_is_new_data_or_silence():
    then, now = cities(A="50", b="50", c="10"), cities(A="80", b="80")
    bridge = share_bridge(shown=then, restated=then, now=now)
    assert causes(bridge) == {(Cause.NEW, "a"), (Cause.NEW, "b"), (Cause.LATE, "c")}


def test_a_correction_of_the_old_quarter_and_new_data_stand_apart():
    shown, restated = cities(A="50", b="50"), cities(A="60", b="40")
    now = cities(A="70", b="70")
    bridge = share_bridge(shown=shown, restated=restated, now=now)
    assert bridge.part(Cause.CORRECTION) == Fraction(1, 10)
    assert bridge.part(Cause.NEW) == Fraction(-1, 10)
    assert bridge.movement == 0
    assert [step.cause for step in bridge.steps] == [Cause.CORRECTION] * 2 + [Cause.NEW] * 2


def test_without_a_share_at_either_end_there_is_no_bridge():
    known = cities(A="1")
    assert share_bridge(shown={}, restated=known, now=known) is None
    assert share_bridge(shown=known, restated={}, now=known) is None
    assert share_bridge(shown=known, restated=known, now={}) is None


@given(states, states, states, some_cities)
def test_the_parts_of_a_share_add_up_exactly(shown, restated, now, late):
    bridge = share_bridge(shown=shown, restated=restated, now=now, late=late)
    if bridge is not None:
        assert bridge.start == exact_share(shown)
        assert bridge.end == exact_share(now)
        assert sum(bridge.by_cause().values()) == bridge.movement
        assert sum(step.part for step in bridge.steps) == bridge.movement
        assert all(step.part for step in bridge.steps)


@given(states, states, states, some_cities)
def test_the_parts_of_a_sum_add_up_to_the_cent(shown, restated, now, late):
    bridge = amount_bridge(shown=shown, restated=restated, now=now, late=late)
    assert bridge.start + sum(bridge.by_cause().values()) == bridge.end
    assert all((step.part * 100).denominator == 1 for step in bridge.steps)


def test_the_bridge_of_a_sum_names_the_causes_too():
    bridge = amount_bridge(
        shown=cities(a="10", b=None), restated=cities(a="11.50", b="5"), now=cities(a="20"),
        late={"b"},
    )  # fmt: skip
    assert (bridge.start, bridge.end) == (10, 20)
    assert bridge.by_cause() == {
        Cause.LATE: 5 - 5,
        Cause.CORRECTION: Fraction("1.5"),
        Cause.REGISTER: 0,
        Cause.NEW: Fraction("8.5"),
    }
    assert causes(bridge) == {(Cause.CORRECTION, "a"), (Cause.NEW, "a")}


@given(states, states, states, st.randoms())
def test_permuting_the_order_of_submissions_changes_nothing(shown, restated, now, chance):
    def shuffled(entries):
        items = list(entries.items())
        chance.shuffle(items)
        return dict(items)

    late = {"370100", "370400"}
    for bridge in (share_bridge, amount_bridge):
        assert bridge(shown=shown, restated=restated, now=now, late=late) == bridge(
            shown=shuffled(shown), restated=shuffled(restated), now=shuffled(now), late=late
        )


def test_a_firm_counts_by_its_citys_cause():
    shown = firms(a="90", b="110", c="90")
    restated = firms(a="110", b="90", c="90", d="120", e="130", f="140")
    now = firms(a="110", b="110", c="101", d="120", f="140")
    bridge = count_bridge(
        shown=shown,
        restated=restated,
        now=now,
        city_of={firm: city for firm, city in zip("abcdef", "xxxyzx", strict=True)},
        cities=Cities(late={"y"}, known={"x"}, here={"x", "y"}),
        joined={"f"},
        threshold=HUNDRED,
    )
    assert (bridge.start, bridge.end) == (1, 5)
    assert bridge.steps == (
        BridgeStep(Cause.LATE, "d", Fraction(1)),
        BridgeStep(Cause.LATE, "e", Fraction(-1)),
        BridgeStep(Cause.CORRECTION, "a", Fraction(1)),
        BridgeStep(Cause.CORRECTION, "b", Fraction(-1)),
        BridgeStep(Cause.REGISTER, "f", Fraction(1)),
        BridgeStep(Cause.NEW, "b", Fraction(1)),
        BridgeStep(Cause.NEW, "c", Fraction(1)),
        BridgeStep(Cause.NEW, "e", Fraction(1)),
    )


@given(firm_states, firm_states, firm_states, some_cities, some_cities, st.integers(0, 99))
def test_the_parts_of_a_count_add_up(shown, restated, now, late, known, seed):
    pick = random.Random(seed)  # noqa: S311 - not for secrets
    bridge = count_bridge(
        shown=shown,
        restated=restated,
        now=now,
        city_of={firm: pick.choice(CODES) for firm in FIRMS},
        cities=Cities(late, known, known),
        joined=set(pick.sample(FIRMS, 2)),
        threshold=HUNDRED,
    )
    assert sum(bridge.by_cause().values()) == bridge.movement
    over = {f for f, e in now.items() if e.amount is not None and e.amount > HUNDRED}
    assert bridge.end == len(over)
