from urllib.parse import quote

import pytest

from tests.submissions.cast import make_original, make_submission

BYTES = b"<html>\x00\xffnot what it seems"


@pytest.fixture
def submission(city, officer):
    submission = make_submission(city, by=officer, filename='济南"报表".xlsx')
    make_original(submission, BYTES)
    return submission


def get(client, user, submission):
    client.force_login(user)
    return client.get(f"{submission.get_absolute_url()}original/")


@pytest.mark.parametrize("role", ["officer", "reviewer", "official", "admin"])
def test_the_untouched_bytes_are_for_the_city_and_the_province(client, request, role, submission):
    answer = get(client, request.getfixturevalue(role), submission)

    assert b"".join(answer.streaming_content) == BYTES


def test_it_is_an_attachment_never_shown_inline(client, officer, submission):
    answer = get(client, officer, submission)
    answer.close()

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    name = quote('济南"报表".xlsx')
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_another_citys_original_is_404(client, stranger, submission):
    assert get(client, stranger, submission).status_code == 404


def test_a_missing_original_is_no_server_error(client, officer, city):
    submission = make_submission(city, by=officer)

    assert get(client, officer, submission).status_code == 404
