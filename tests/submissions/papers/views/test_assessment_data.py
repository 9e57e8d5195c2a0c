import hashlib

from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_assessment
from tests.factories import make_plan
from tests.province import make_province


def test_plain_sha256_of_the_download_is_the_hash_on_the_paper(client, official, reviewer):
    make_province(period="2025Q4", silent=["370600"])
    issued = issue_assessment(make_plan(), today(Quarter(2025, 4)), by=reviewer)
    client.force_login(official)

    answer = client.get(f"{issued.get_absolute_url()}json/")
    assert hashlib.sha256(answer.content).hexdigest() == issued.sha256


def test_a_bureau_is_refused(client, officer):
    client.force_login(officer)
    assert client.get("/assessment/311/311-F-2026-01/json/").status_code == 403
