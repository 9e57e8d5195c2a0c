import pytest
from django.test import Client


@pytest.fixture
def second_client():
    """A second browser."""
    return Client()
