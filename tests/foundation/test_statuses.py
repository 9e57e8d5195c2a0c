import pytest

from foundation import statuses
from foundation.statuses import STATUSES, status_shape, status_tone, status_word


def test_two_statuses_of_one_kind_differ_without_colour():
    verdicts = ["achieved", "on_pace", "slightly_behind", "behind", "seriously_behind"]

    assert len({status_shape(one) for one in [*verdicts, "cannot_judge"]}) == 6


def test_every_status_has_a_word_a_tone_and_a_shape():
    for status in STATUSES:
        assert status_word(status)
        assert status_tone(status) in {"good", "fair", "poor", "bad", "wait", "open"}
        assert status_shape(status)


def test_an_unknown_status_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError):
        status_word("splendid")


def test_every_filter_says_what_it_returns():
    assert all(function.__doc__ for function in statuses.register.filters.values())
