from io import BytesIO

import pytest
from docx import Document

from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_briefing
from tests.province import make_province

CHINESE = {"accept-language": "zh-hans"}


@pytest.fixture(autouse=True)
def province(db):
    return make_province(silent=["370600"])


def text_of(answer):
    """The text of the body, and before it what stands at the head of each page."""
    document = Document(BytesIO(answer.content))
    above = document.sections[0].header.paragraphs
    return "\n".join(one.text for one in [*above, *document.paragraphs])


def test_an_issued_one_bears_number_and_hash(client, reviewer):
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    client.force_login(reviewer)

    answer = client.get(f"{issued.get_absolute_url()}docx/", headers=CHINESE)
    assert f"{issued.number}.docx" in answer["Content-Disposition"]
    text = text_of(answer)
    assert f"编号：{issued.number}" in text
    assert issued.sha256 in text
    assert "草稿" not in text


def test_the_draft_says_that_it_is_one(client, official):
    client.force_login(official)

    text = text_of(client.get("/briefing/2025Q3/docx/?as_of=2026-02-01", headers=CHINESE))
    assert "【草稿】" in text
    assert "烟台市 ◆ 逾期未报" in text


def test_a_bureau_is_refused(client, officer):
    client.force_login(officer)
    assert client.get("/briefing/2025Q3/docx/").status_code == 403


def test_of_what_was_not_issued_there_is_none(client, official):
    client.force_login(official)
    assert client.get("/briefing/2025Q3/311-1999-01/docx/").status_code == 404
