from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.drawings.labels import Label, Spot, place, text_width
from tests.indicators.drawings.apart import cut_off, touching

WIDTH = Decimal("288")
PERCENT = st.decimals("0", "100", places=2)
SPOTS = st.builds(
    Spot,
    at=PERCENT,
    y=st.sampled_from([13, 59, 75]),
    anchor=st.sampled_from(["start", "middle", "end"]),
    dx=st.integers(-8, 8),
)
LABELS = st.builds(
    Label,
    text=st.text("目标值50.%aW—", min_size=1, max_size=12),
    spots=st.lists(SPOTS, min_size=1, max_size=4),
)


@given(st.lists(LABELS, max_size=7))
def test_no_two_labels_touch_and_none_is_cut_off_at_any_width(labels):
    found = place(labels, WIDTH)
    assert touching(found, WIDTH) == []
    assert cut_off(found, WIDTH) == []


def test_the_first_label_takes_the_best_spot_and_the_next_another():
    spots = [Spot(Decimal("50"), 13), Spot(Decimal("50"), 59)]
    first, second = place([Label("目标50%", spots), Label("估计", spots)], WIDTH)
    assert (first.spot, second.spot) == (spots[0], spots[1])


def test_a_label_without_a_free_spot_is_left_out():
    spot = [Spot(Decimal("50"), 13)]
    assert [one.text for one in place([Label("目标", spot), Label("估计", spot)], WIDTH)] == [
        "目标"
    ]


def test_labels_that_only_cross_over_in_a_wider_drawing_do_not_stand_together():
    # Left of its neighbour in the narrow drawing, though its own place is further right.
    one = Label("估计", [Spot(Decimal("50"), 13, "end", -8)])
    other = Label("目标", [Spot(Decimal("49"), 13, "start", 8)])
    assert len(place([other, one], WIDTH)) == 1


def test_a_chinese_sign_is_wider_than_a_digit():
    assert text_width("目") > text_width("5")
