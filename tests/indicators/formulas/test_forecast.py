"""Tests of forecasts and of how they fared."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.forecast import Method, forecast, scored

START = Quarter(2023, 1)
values = st.lists(st.decimals("0", "1", places=4), min_size=0, max_size=14)


def series(*texts, start=START):
    quarters = (Quarter.from_ordinal(start.ordinal + n) for n in range(len(texts)))
    return {q: Decimal(t) for q, t in zip(quarters, texts, strict=True) if t is not None}


def share(accepted, at, of, **given):
    options = {"annual": False, "least_width": Decimal(0)} | given
    return forecast(accepted, at=at, of=of, **options)


def test_with_fewer_than_four_accepted_quarters_there_is_no_forecast():
    three = series("0.40", "0.41", "0.42")
    assert share(three, Quarter(2023, 3), Quarter(2025, 4)) is None
    four = series("0.40", "0.41", "0.42", "0.45")
    assert share(four, Quarter(2023, 3), Quarter(2025, 4)) is None
    assert share(four, Quarter(2023, 4), Quarter(2025, 4)) is not None


def test_only_a_later_quarter_is_forecast():
    four = series("0.40", "0.41", "0.42", "0.45")
    assert share(four, Quarter(2023, 4), Quarter(2023, 4)) is None
    assert share(four, Quarter(2023, 4), Quarter(2024, 1)) is not None


def test_quarterly_changes_are_carried_forward_from_the_newest_quarter():
    found = share(
        series("0.40", "0.41", "0.43", "0.46"), Quarter(2023, 4), Quarter(2024, 2)
    )  # fmt: skip
    assert (found.method, found.base, found.times) == (Method.QUARTERLY, Quarter(2023, 4), 2)
    assert found.changes == (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))
    assert (found.low, found.middle, found.high) == tuple(map(Decimal, ("0.48", "0.50", "0.52")))
    assert (found.made_at, found.of) == (Quarter(2023, 4), Quarter(2024, 2))


def test_over_a_gap_there_is_no_quarterly_change():
    found = share(
        series("0.40", "0.41", None, "0.46", "0.47"), Quarter(2024, 1), Quarter(2024, 2)
    )  # fmt: skip
    assert found.changes == (Decimal("0.01"), Decimal("0.01"))


def test_yearly_changes_are_preferred_and_keep_the_season():
    known = series("10", "30", "60", "100", "14", "36")
    found = share(known, Quarter(2024, 2), Quarter(2025, 4), annual=True)
    assert (found.method, found.base, found.times) == (Method.YEARLY, Quarter(2023, 4), 2)
    assert found.changes == (Decimal(4), Decimal(6))
    assert (found.low, found.middle, found.high) == (108, 110, 112)


def test_only_the_newest_four_changes_count():
    known = series(*"1234", *"2468", *"3699", "5")
    found = share(known, Quarter(2025, 4), Quarter(2026, 4))
    assert found.made_at == Quarter(2026, 1) or found.made_at == Quarter(2025, 4)
    assert len(found.changes) == 4
    assert found.changes == (1, 2, 3, 1)


def test_what_came_after_the_moment_is_not_known_yet():
    known = series("0.40", "0.41", "0.43", "0.46", "0.90")
    early = share(known, Quarter(2023, 4), Quarter(2024, 4))
    assert early == share(series("0.40", "0.41", "0.43", "0.46"), Quarter(2023, 4), early.of)


def test_an_annual_figure_is_never_carried_from_quarter_to_quarter():
    known = series("10", "30", "60", "100", "14")
    assert share(known, Quarter(2024, 1), Quarter(2024, 4), annual=True) is None


def test_an_annual_figure_of_a_season_that_never_was_has_no_forecast():
    known = series("10", "30", None, None, "14", "36")
    assert share(known, Quarter(2024, 2), Quarter(2025, 4), annual=True) is None


def test_it_is_always_a_range():
    flat = series("0.5", "0.5", "0.5", "0.5")
    found = share(flat, Quarter(2023, 4), Quarter(2024, 1), least_width=Decimal("0.01"))
    assert (found.low, found.middle, found.high) == tuple(map(Decimal, ("0.495", "0.5", "0.505")))
    wide = series("0.40", "0.41", "0.43", "0.46")
    assert share(
        wide, Quarter(2023, 4), Quarter(2024, 2), least_width=Decimal("0.01")
    ).high == Decimal("0.52")


def test_it_stays_within_what_the_figure_can_be():
    up = series("0.70", "0.80", "0.91", "0.99")
    found = share(up, Quarter(2023, 4), Quarter(2025, 4), floor=Decimal(0), ceiling=Decimal(1))
    assert (found.low, found.high) == (1, 1)
    down = series("0.30", "0.20", "0.11", "0.01")
    found = share(down, Quarter(2023, 4), Quarter(2025, 4), floor=Decimal(0), ceiling=Decimal(1))
    assert (found.low, found.high) == (0, 0)


@given(values, st.integers(0, 14), st.integers(1, 8), st.booleans())
def test_a_forecast_is_in_order_and_within_its_limits(texts, at, ahead, annual):
    known = series(*texts)
    now = Quarter.from_ordinal(START.ordinal + at)
    found = share(
        known,
        now,
        Quarter.from_ordinal(now.ordinal + ahead),
        annual=annual,
        least_width=Decimal("0.001"),
        floor=Decimal(0),
        ceiling=Decimal(1),
    )
    if found is not None:
        assert 0 <= found.low <= found.middle <= found.high <= 1
        assert found.made_at <= now < found.of
        assert sum(q <= now for q in known) >= 4
        assert 2 <= len(found.changes) <= 4


def test_past_forecasts_are_scored_against_what_came():
    known = series("0.40", "0.41", "0.43", "0.46")
    one = share(known, Quarter(2023, 4), Quarter(2024, 2))
    other = share(known, Quarter(2023, 4), Quarter(2024, 1))
    later = share(known, Quarter(2023, 4), Quarter(2024, 3))
    record = scored([later, one, other], {Quarter(2024, 1): Decimal("0.9"), one.of: one.low})
    assert [row.forecast for row in record.rows] == [other, one, later]
    assert [row.hit for row in record.rows] == [False, True, None]
    assert [row.actual for row in record.rows] == [Decimal("0.9"), one.low, None]
    assert (record.hits, record.told) == (1, 2)


def test_both_ends_of_the_range_are_hits():
    found = share(series("0.40", "0.41", "0.43", "0.46"), Quarter(2023, 4), Quarter(2024, 2))
    hair = Decimal("0.0001")
    assert found.holds(found.low)
    assert found.holds(found.high)
    assert not found.holds(found.low - hair)
    assert not found.holds(found.high + hair)


def test_hits_are_counted_and_not_misses():
    known = series("0.40", "0.41", "0.43", "0.46")
    made = [share(known, Quarter(2023, 4), Quarter(2024, n)) for n in (1, 2, 3)]
    came = {made[0].of: made[0].low, made[1].of: made[1].high, made[2].of: Decimal("0.9")}
    record = scored(made, came)
    assert (record.hits, record.told) == (2, 3)
