import hashlib
import json

import pytest

from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_briefing
from tests.province import make_province


@pytest.fixture
def issued(reviewer):
    make_province(silent=["370600"])
    return issue_briefing(today(Quarter(2025, 3)), by=reviewer)


def test_plain_sha256_of_the_download_is_the_hash_on_the_paper(client, official, issued):
    client.force_login(official)

    answer = client.get(f"{issued.get_absolute_url()}json/")
    assert hashlib.sha256(answer.content).hexdigest() == issued.sha256
    assert f'{issued.number}.json"' in answer["Content-Disposition"]
    assert json.loads(answer.content)["number"] == issued.number


def test_one_sign_more_is_another_hash(client, official, issued):
    client.force_login(official)

    answer = client.get(f"{issued.get_absolute_url()}json/")
    assert hashlib.sha256(answer.content + b"\n").hexdigest() != issued.sha256


def test_a_bureau_is_refused(client, officer, issued):
    client.force_login(officer)
    assert client.get(f"{issued.get_absolute_url()}json/").status_code == 403
