import pytest

from foundation.exporting import csv_bytes, xlsx_bytes


@pytest.fixture
def keeper(client, admin, city):
    """The admin, signed in."""
    client.force_login(admin)
    return client


@pytest.fixture(params=["csv", "xlsx"])
def written(request):
    """Rows to a file's bytes, in either format."""
    return csv_bytes if request.param == "csv" else lambda *table: xlsx_bytes("名录", *table)
