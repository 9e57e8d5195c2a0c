"""The first screen in each state of a target, on the demonstration's figures."""

import pytest
from lxml import html

from indicators.models import Target
from tests.factories import make_user
from tests.product.test_verify_proof import COUNT, SHARE, written  # noqa: F401

pytestmark = pytest.mark.django_db
NOW, COMPLETE, FIRST = "?period=2025Q4", "?period=2025Q3", "?period=2023Q1"
CONDITION = "as long as no accepted figure is corrected downwards"
TOO_FEW, NOBODY = f"{NOW}&as_of=2026-01-18", f"{NOW}&as_of=2026-01-02"


def words_of(element):
    return " ".join(element.text_content().split())


class Card:
    """A target's card as the page shows it."""

    def __init__(self, page, code):
        heading = f"//article[@aria-labelledby='verdict-{code}']"
        [self.element] = page.xpath(heading)
        self.words = words_of(self.element)

    def of(self, css):
        return [words_of(one) for one in self.element.xpath(f".//*[@class='{css}']")]

    @property
    def figure(self):
        return "".join(self.of("goal-card__figure") or self.of("goal-card__words"))

    @property
    def certain(self):
        return "".join(self.of("goal-card__certain"))

    @property
    def status(self):
        return self.element.xpath(".//*[@data-status]/@data-status")[0]

    @property
    def bar(self):
        """The texts of the bar and how many of its marks there are, by class."""
        [svg] = self.element.xpath(".//*[@class='range-bar']")
        texts = [words_of(one) for one in svg.xpath(".//text")]
        marks = [one.removeprefix("range-bar__") for one in svg.xpath(".//@class")]
        return texts, {one: marks.count(one) for one in marks}


@pytest.fixture
def page(written, client):  # noqa: F811
    """Open the overview as an official."""
    client.force_login(make_user("official"))
    return lambda query: html.fromstring(client.get("/" + query).content.decode())


def change_target(code, **fields):
    """Save a target as an administrator does: its history keeps what it was."""
    target = Target.objects.get(indicator=code)
    for name, value in fields.items():
        setattr(target, name, value)
    target.save()


def test_incomplete_the_estimate_is_the_figure_and_beneath_it_is_what_is_certain(page):
    shown = page(NOW)
    share, firms = Card(shown, SHARE), Card(shown, COUNT)

    assert share.figure == "Estimate 50.5%–50.8%"
    assert share.certain == f"Certain: at most 53.3%, {CONDITION}"
    assert "must make over 9.57 billion yuan in Q4" in share.words
    assert "+1.4 percentage points since Q4 2024, same 13 cities." in share.words
    texts, marks = share.bar
    assert texts == ["Target 50%", "Estimate", "at most 53.3%", "Baseline 46.44%"]
    assert (marks["likely"], marks["certain"], marks.get("dot")) == (1, 1, None)

    assert firms.figure == "Estimate 298–300 firms"
    assert firms.certain.startswith("Certain: at least 286 firms")
    assert "14 firms more are needed" in firms.words
    assert "+20 enterprises since Q4 2024, same 13 cities." in firms.words


def test_who_is_silent_stands_in_one_line_with_what_the_figures_rest_on(page):
    [line] = page(NOW).xpath("//*[@class='viewpoint-line__state']")
    assert words_of(line) == (
        "Yantai, Linyi, Liaocheng have not reported; 13/16 cities reported, "
        "84% of last year's output value"
    )


def test_complete_there_is_one_number_and_no_estimate(page):
    shown = page(COMPLETE)
    share, firms = Card(shown, SHARE), Card(shown, COUNT)

    assert share.figure == "50.4%"
    assert share.certain == ""
    assert "0.4 percentage points over the target" in share.words
    assert "Largest correction of a complete quarter so far: Q4 2024" in share.words
    texts, marks = share.bar
    assert texts == ["Target 50%", "50.4%", "Baseline 46.44%"]
    assert (marks["dot"], marks.get("certain"), marks.get("likely")) == (1, None, None)

    # Before the year's end a count is judged by its projection.
    assert firms.figure == "Estimate of the year 296–300 firms"
    assert firms.certain == "Certain: at least 216 firms, January–September 2025"
    assert "16/16 cities reported" in words_of(shown)
    assert not shown.xpath("//section[@class='attention']//table")


def test_too_few_reports_give_no_estimate_and_say_why_and_what_was_complete(page):
    shown = page(TOO_FEW)
    share = Card(shown, SHARE)

    assert share.figure == "Cannot be estimated yet"
    assert (
        "2/16 cities reported, 17% of last year's output value, under 60%; "
        "last complete: January–September 2025, 50.4%."
    ) in share.words
    texts, marks = share.bar
    assert texts == ["Target 50%", "Baseline 46.44%"]
    assert (marks.get("likely"), marks.get("certain")) == (None, None)
    assert shown.xpath("//input[@name='map-measure']/@value") == ["growth"]
    assert len(shown.xpath("//use[@data-silent='yes']")) == 14
    assert "Jinan and others, 14 cities, have not reported" in words_of(shown)


def test_nobody_reported_says_so_and_shows_the_last_complete_quarter(page):
    shown = page(NOBODY)
    share = Card(shown, SHARE)

    assert share.figure == "Not reported"
    assert "last complete: January–September 2025, 50.4%." in share.words.replace("L", "l")
    assert "no city has reported" in words_of(shown)
    assert len(shown.xpath("//use[@data-silent='yes']")) == 16


def test_in_the_first_plan_year_a_projection_without_ends_has_an_open_dot_and_no_colour(page):
    firms = Card(page(FIRST), COUNT)

    assert firms.figure == "Estimate of the year 257 firms"
    assert firms.certain == "Certain: at least 43 firms, January–March 2023"
    assert firms.status == "cannot_judge"
    assert "No earlier year says how far the projection may be off." in firms.words
    [dot] = firms.element.xpath(".//*[@class='range-bar__dot']")
    assert dot.get("data-open") == "yes"


def test_a_floor_past_the_target_is_certainly_achieved_and_says_by_how_much(page):
    change_target(COUNT, value="280")
    firms = Card(page(NOW), COUNT)

    assert firms.status == "achieved"
    assert firms.figure == "Estimate 298–300 firms"
    assert firms.certain == f"Certain: at least 286 firms, 6 firms over the target, {CONDITION}"
    assert "The silent cities cannot change this." in firms.words


def test_a_ceiling_under_the_target_is_certainly_missed_and_says_by_how_much(page):
    change_target(SHARE, value="0.6")
    share = Card(page(NOW), SHARE)

    assert share.status == "target_missed"
    assert share.figure == "Estimate 50.5%–50.8%"
    assert share.certain == (
        f"Certain: at most 53.3%, 6.7 percentage points short of the target, {CONDITION}"
    )
    assert "The silent cities cannot change this." in share.words


def test_a_ceiling_short_of_the_target_says_so_before_the_standing_is_certain(page):
    change_target(SHARE, value="0.54")
    share = Card(page(NOW), SHARE)

    # Behind or seriously behind: only that it is missed is certain.
    assert share.status == "cannot_judge"
    assert "0.7 percentage points short of the target" in share.certain


def test_a_target_that_was_moved_bears_the_mark(page):
    change_target(COUNT, value="260")
    firms = Card(page(NOW), COUNT)

    assert "Target changed: 300 firms → 260 firms" in firms.words
    assert "(version 2)" in firms.words


def test_without_a_baseline_there_is_no_short_tick(page):
    change_target(SHARE, baseline_value=None, baseline_period="")
    texts, marks = Card(page(NOW), SHARE).bar
    assert texts == ["Target 50%", "Estimate", "at most 53.3%"]
    # Only the ceiling has a cap.
    assert marks["cap"] == 1


def test_before_the_deadline_is_over_a_short_target_is_behind_and_not_missed(page):
    change_target(SHARE, value="0.6")

    assert Card(page(f"{NOW}&as_of=2025-12-31"), SHARE).status != "target_missed"
