"""Amounts in 亿元 and 万元, in English in billions, millions and the workbook's own unit."""

from decimal import Decimal

import pytest
from django.utils import translation

from foundation.amount_units import suitable_unit, unit_name, yuan_in


@pytest.mark.parametrize(
    ("language", "yuan", "name"),
    [("zh-hans", "100000000", "亿元"), ("en", "1000000000", "billion yuan")],
)
def test_the_large_unit_is_that_of_the_readers_language(language, yuan, name):
    with translation.override(language):
        assert (yuan_in("large"), unit_name("large")) == (Decimal(yuan), name)


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        pytest.param("78433020000", "large", "large", id="billions"),
        pytest.param("1000000000", "large", "large", id="one billion"),
        pytest.param("999999999.99", "large", "million", id="less than a billion"),
        pytest.param("-100000000", "large", "million", id="one 亿, a fall"),
        pytest.param("99999999.99", "wan", "wan", id="less than one 亿"),
        pytest.param("0", "wan", "wan", id="nothing"),
    ],
)
def test_the_suitable_unit_goes_by_size(amount, chinese, english):
    for language, unit in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            assert suitable_unit(Decimal(amount)) == unit
