"""What several files of the ledger's tests share."""

import pytest

from tests.factories import make_period


@pytest.fixture
def quarters(db):
    """The first three quarters of 2025."""
    for code in ("2025Q1", "2025Q2", "2025Q3"):
        make_period(code)


@pytest.fixture
def reader(quarters, client, official):
    """The browser of a provincial official."""
    client.force_login(official)
    return client
