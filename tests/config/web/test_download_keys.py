"""A file that no table has is refused before the page is made."""

import pytest

from foundation.tables import Table


@pytest.mark.parametrize("asked", ["nothing.csv", "cities.pdf", "cities", ""])
def test_what_a_page_does_not_offer_is_no_file_and_no_page_is_made(
    client, official, asked, monkeypatch
):
    client.force_login(official)
    made = []
    monkeypatch.setattr(Table, "shown_rows", property(lambda table: made.append(table) or []))
    answer = client.get("/cities/", {"download": asked})

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert not made


def test_a_file_of_another_page_is_none_of_this_one(client, official):
    client.force_login(official)
    assert client.get("/cities/", {"download": "heaping.csv"}).status_code == 404
