import pytest

from tests.submissions.rules.plausibility.even_city import even_city


@pytest.fixture
def city():
    """A city whose firms grow evenly: its return of the third quarter of 2025."""
    return even_city()
