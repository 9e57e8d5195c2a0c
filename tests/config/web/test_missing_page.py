import pytest


@pytest.fixture
def answer(client, official):
    client.force_login(official)
    return lambda address: client.get(address)


def test_a_missing_record_is_not_named_in_djangos_words(answer):
    page = answer("/clusters/nowhere/")

    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()
    assert "matches the given query" not in page.content.decode()


def test_an_unknown_address_says_no_more_than_that(answer):
    page = answer("/nowhere/")

    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()
    assert "tried" not in page.content.decode()


def test_our_own_words_are_said(answer):
    page = answer("/?period=1999Q9")

    assert page.status_code == 404
    assert "Write the period as 2025Q3." in page.content.decode()
