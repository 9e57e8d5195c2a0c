"""The ledger of measures in the papers: the same lines on page and document, in both languages."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.utils.html import strip_tags
from docx import Document

from clusters.viewpoint import Viewpoint, end_of, today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_assessment, issue_briefing
from submissions.papers.task_figures import red_tasks, tasks_with_evidence
from tests.factories import make_cities, make_plan, make_user
from tests.measures.cast import make_area, make_evidence, make_file, make_report, make_task
from tests.province import make_province

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "en")
RED_TASKS = {"en": "Red tasks of the ledger", "zh-hans": "台账红灯任务"}


def seen(quarter="2025Q3", day=date(2025, 11, 1)):
    return Viewpoint(Quarter.parse(quarter), day, end_of(day))


def make_red(number, due, quarter="2025Q3", **given):
    task = make_task(number, due=due, **given)
    make_report(task, quarter=quarter)
    return task


def texts_of(client, issued):
    """Return what the page and the document of a paper say, in each language."""
    for language in LANGUAGES:
        asked = {"headers": {"accept-language": language}}
        page = client.get(issued.get_absolute_url(), **asked).content.decode()
        yield language, " ".join(strip_tags(page).replace("&quot;", '"').split())
        answer = client.get(f"{issued.get_absolute_url()}docx/", **asked)
        document = Document(BytesIO(answer.content))
        cells = [one.text for each in document.tables for row in each.rows for one in row.cells]
        lines = [one.text for one in document.paragraphs] + cells
        yield language, " ".join("\n".join(lines).split())


def test_the_red_tasks_are_named_the_latest_first_with_who_is_late_and_why():
    make_red("1-01", date(2025, 9, 1))
    make_red("1-02", date(2025, 6, 30))
    make_red("1-03", date(2026, 6, 30))
    found = red_tasks(make_plan(), seen())
    assert found["number"] == "3"
    assert [one["task"] for one in found["red"]] == ["1-02", "1-01"]
    assert found["red"][0]["who"]["en"] == "Ecology"
    assert found["red"][0]["why"]["en"].endswith("124 days ago.")
    assert "124" in found["red"][0]["why"]["zh-hans"]


def test_of_another_plan_nothing_is_shown():
    other = make_plan(code="312", title="二期", first_year=2026, last_year=2030)
    make_red("1-01", date(2025, 6, 30))
    assert red_tasks(other, seen()) == {"number": "0", "red": []}
    assert tasks_with_evidence(other, seen()) == []
    assert red_tasks(None, seen())["number"] == "0"


def test_every_task_stands_with_its_light_and_the_hash_of_its_evidence():
    task = make_task("1-01", due=date(2025, 6, 30))
    make_report(task, quarter="2025Q2", state="done", done_on=date(2025, 6, 20))
    on = datetime(2025, 8, 1, 2, tzinfo=UTC)
    kept = make_file(task, by=make_user(), added_at=on)
    [one] = tasks_with_evidence(make_plan(), seen())
    assert one["light"] == "light_yellow"
    assert one["evidence"] == [
        {
            "who": {"zh-hans": "省生态环境厅", "en": "Ecology"},
            "document": "",
            "filename": kept.filename,
            "sha256": kept.sha256,
            "checked_at": None,
        }
    ]


def test_what_was_checked_later_was_not_checked_then():
    task = make_task("1-01", due=date(2025, 6, 30))
    done = make_report(task, quarter="2025Q2", state="done", done_on=date(2025, 6, 20))
    checked_at = datetime(2025, 11, 20, 2, tzinfo=UTC)
    make_evidence(done, by=make_user(), checked_by=make_user(), checked_at=checked_at)
    [then] = tasks_with_evidence(make_plan(), seen())
    [later] = tasks_with_evidence(make_plan(), seen(day=date(2025, 11, 30)))
    assert (then["light"], then["evidence"][0]["checked_at"]) == ("light_yellow", None)
    assert later["light"] == "light_green"
    assert later["evidence"][0]["checked_at"] == checked_at.isoformat()


def test_a_briefing_says_each_red_task_in_one_line_wherever_it_is_read(client, reviewer):
    make_province()
    make_red("1-01", date(2025, 6, 30), cities=make_cities()[:2])
    make_red("1-02", date(2025, 8, 30), wording_en="Open the market")
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    tasks = issued.data["tasks"]
    assert [one["task"] for one in tasks["red"]] == ["1-01", "1-02"]

    client.force_login(reviewer)
    for language, text in texts_of(client, issued):
        for one in tasks["red"]:
            parts = (one["wording"][language], one["who"][language], one["why"][language])
            places = [text.index(f"{one['task']} {parts[0]}")]
            places += [text.index(part, places[0]) for part in parts[1:]]
            assert places == sorted(places)
            assert places[-1] - places[0] < 120
        assert RED_TASKS[language] in text


def test_a_paper_of_a_plan_without_tasks_has_no_section_of_them(client, reviewer):
    make_province()
    make_area()
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    client.force_login(reviewer)
    for language, text in texts_of(client, issued):
        assert RED_TASKS[language] not in text


def test_an_assessment_shows_each_task_with_light_and_evidence_wherever_it_is_read(
    client, reviewer
):
    make_province(period="2025Q4")
    task = make_task("1-01", due=date(2025, 6, 30))
    make_report(task, quarter="2025Q2", state="done", done_on=date(2025, 6, 20))
    kept = make_file(task, by=make_user())
    make_task("1-02", due=date(2025, 6, 30))
    issued = issue_assessment(make_plan(), today(Quarter(2025, 4)), by=reviewer)
    client.force_login(reviewer)
    words = {
        "en": ("Tasks of the ledger", "Yellow: warning", "Red: overdue", "not checked yet"),
        "zh-hans": ("台账任务", "黄灯", "红灯", "尚未核验"),
    }
    for language, text in texts_of(client, issued):
        in_short = f"{kept.sha256[:8]}{'（' if language != 'en' else ' ('}"
        for said in (*words[language], kept.sha256, in_short, kept.filename):
            assert said in text, (language, said)
        assert text.count(f"1-01 {task.wording}") == 1
