"""Tests of the clusters' share."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.cluster_share import cluster_share
from indicators.formulas.incomparable import Incomparable

amounts = st.decimals("0", "1e12", places=2)


def test_exactly_half_is_exactly_half():
    assert cluster_share(clusters=Decimal("1234.50"), province=Decimal("2469.00")) == Decimal("0.5")


@pytest.mark.parametrize(
    ("clusters", "province"),
    [
        pytest.param("4000", "0.8", id="万元 above the line, 亿元 below it"),
        pytest.param("0", "0", id="a province that made nothing"),
        pytest.param("-1", "8000", id="a negative output"),
    ],
)
def test_a_share_of_incomparable_figures_is_refused(clusters, province):
    with pytest.raises(Incomparable):
        cluster_share(clusters=Decimal(clusters), province=Decimal(province))


@given(amounts, amounts.filter(bool))
def test_a_share_lies_between_nothing_and_all(clusters, others):
    assert 0 <= cluster_share(clusters=clusters, province=clusters + others) <= 1
