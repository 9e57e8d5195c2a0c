import io

import pytest
from django.core.management import CommandError, call_command

from foundation.quarters import Quarter
from indicators.models import Briefing
from submissions.demonstration import story
from submissions.models import Submission
from tests.factories import make_enterprise


@pytest.fixture(autouse=True)
def short_story(db, settings, tmp_path, monkeypatch):
    """One quarter of two cities; the whole is loaded by the browser suite."""
    settings.DATA_DIR = tmp_path
    settings.DEMO_PASSWORD = "taishan-2025"
    profiles = {code: story.PROFILES[code] for code in ("370500", "371700")}
    monkeypatch.setattr(story, "PROFILES", profiles)
    monkeypatch.setattr(story, "quarters", lambda: [Quarter(2024, 2)])


def load_demo():
    said = io.StringIO()
    call_command("load_demo", demo=True, stdout=said)
    return said.getvalue()


def test_it_shows_its_progress_and_says_who_can_sign_in(tmp_path):
    said = load_demo()

    assert "3 of 3 workbooks" in said
    assert "admin, admin2, reviewer, official, auditor, ecology, jinan" in said
    assert "taishan-2025" in said
    assert "示例数据" in said
    assert not (tmp_path / "demonstration_unfinished").exists()


def test_a_version_that_was_sent_back_is_answered_by_another():
    load_demo()

    heze = Submission.objects.filter(city__slug="heze").order_by("version")
    assert [one.status for one in heze] == ["sent_back", "accepted"]
    assert "示例数据" in heze[0].reason


def test_it_may_be_run_again():
    load_demo()
    before = list(Submission.objects.values())
    load_demo()

    assert list(Submission.objects.values()) == before


def test_cut_short_it_leaves_word_for_the_next_start(tmp_path, monkeypatch):
    def cut(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("submissions.demonstration.loading.load", cut)
    with pytest.raises(KeyboardInterrupt):
        load_demo()
    assert (tmp_path / "demonstration_unfinished").exists()


def test_refused_beside_real_data_it_leaves_nothing(tmp_path):
    make_enterprise()

    with pytest.raises(CommandError, match="real enterprises"):
        load_demo()
    assert not Submission.objects.exists()
    assert not (tmp_path / "demonstration_unfinished").exists()


def test_it_issues_one_briefing_in_its_time_and_only_once():
    load_demo()
    load_demo()

    [briefing] = Briefing.objects.all()
    assert briefing.number == "311-2025-01"
    assert briefing.data["demonstration"] is True
    assert briefing.data["period"] == "2025Q3"
    assert briefing.is_intact


def test_another_database_than_the_embedded_one_is_left_alone_unless_told(monkeypatch):
    monkeypatch.setattr("config.deploy.demonstration.is_embedded", lambda: False)

    with pytest.raises(CommandError, match="--demo"):
        call_command("load_demo", stdout=io.StringIO())
    assert not Submission.objects.exists()
