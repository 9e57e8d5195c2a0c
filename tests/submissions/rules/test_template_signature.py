import pytest

from submissions.rules.template_signature import Stamp, read_stamp, stamp
from submissions.workbook.layout import TEMPLATE_VERSION


def test_a_stamp_has_city_period_and_version(city, period):
    assert read_stamp(stamp(city, period)) == Stamp("370100", "2025Q3", TEMPLATE_VERSION)


@pytest.mark.parametrize("text", [None, "", "stamp", "a:b", "[]:x", "…" * 90])
def test_an_invalid_stamp_is_none(text):
    assert read_stamp(text) is None


def test_a_stamp_that_was_changed_is_none(city, period):
    signed = stamp(city, period)
    middle = len(signed) // 3

    assert read_stamp(signed[:-1]) is None
    assert read_stamp(signed[:middle] + "x" + signed[middle + 1 :]) is None


def test_a_stamp_of_another_server_is_none(city, period, settings):
    signed = stamp(city, period)
    settings.SECRET_KEY = "another"

    assert read_stamp(signed) is None


def test_a_stamp_signed_with_the_key_before_is_still_good(city, period, settings):
    signed = stamp(city, period)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert read_stamp(signed).city == "370100"
