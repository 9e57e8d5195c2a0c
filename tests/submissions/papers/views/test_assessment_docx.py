from io import BytesIO

from docx import Document

from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_assessment
from tests.factories import make_plan
from tests.province import make_province


def test_it_holds_the_whole_assessment(client, official, reviewer):
    make_province(period="2025Q4", silent=["370600"])
    issued = issue_assessment(make_plan(), today(Quarter(2025, 4)), by=reviewer)
    client.force_login(official)

    answer = client.get(f"{issued.get_absolute_url()}docx/", headers={"accept-language": "zh-hans"})
    document = Document(BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)
    assert issued.sha256 in text
    for heading in ("一、目标完成情况", "二、尚缺资料", "六、集群建设内容", "附件1"):
        assert heading in text
    cities = [[row.cells[0].text for row in table.rows] for table in document.tables]
    assert any(len(every) == 17 and "烟台市" in every for every in cities)


def test_there_is_one_of_the_draft_as_known_on_a_day(client, official):
    make_province(period="2025Q4", silent=["370600"])
    client.force_login(official)

    answer = client.get("/assessment/311/docx/?as_of=2026-02-01", headers={"accept-language": "en"})
    document = Document(BytesIO(answer.content))
    assert "【Draft】" in document.sections[0].header.paragraphs[0].text
    assert "as known on 1 February 2026" in document.paragraphs[2].text
    assert client.get("/assessment/other/docx/").status_code == 404


def test_a_bureau_is_refused(client, officer):
    client.force_login(officer)
    assert client.get("/assessment/311/docx/").status_code == 403
    assert client.get("/assessment/311/311-F-2026-01/docx/").status_code == 403
