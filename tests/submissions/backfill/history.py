"""A history as an office has it: the demonstration's workbooks in one archive, names shuffled."""

import io
import random
import zipfile
from collections.abc import Collection, Iterable

from django.db.models import DecimalField, IntegerField

from clusters.models import BlockReturn, CityReturn, ReportingPeriod
from clusters.viewpoint import today
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.results.scorecard import scorecard
from parks.models import ParkReturn
from submissions.backfill.city_history import accept_all, submissions_of
from submissions.backfill.settling import AFTER_THE_OTHERS, choose
from submissions.demonstration import loading, story
from submissions.demonstration.places import places
from submissions.demonstration.story import WorkbookVersion
from submissions.demonstration.workbooks import workbook
from submissions.models import Batch, Submission
from submissions.review import actions, explaining

SEED = 311
# What identifies a figure in force, besides its period.
MODELS = {
    CityReturn: ("city__code",),
    EnterpriseReturn: ("city__code", "enterprise__credit_code"),
    ParkReturn: ("park__city__code", "park__name"),
    BlockReturn: ("block__category__cluster__slug", "block__content"),
}


def versions(cities: Collection[str] | None = None) -> list[WorkbookVersion]:
    """Return the story's versions of some cities; of all without them."""
    due = {one.quarter: one.due_on for one in ReportingPeriod.objects.all()}
    wanted = {quarter: due[quarter] for quarter in story.quarters()}
    return [one for one in story.versions(wanted) if cities is None or one.city in cities]


def archive(of: Iterable[WorkbookVersion]) -> tuple[bytes, dict[str, WorkbookVersion]]:
    """Return a ZIP of the versions in any order, and which version each name stands for."""
    rng, there = random.Random(SEED), places()
    shuffled = list(of)
    rng.shuffle(shuffled)
    made, named = io.BytesIO(), {}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, version in enumerate(shuffled):
            name = f"{rng.choice('甲乙丙')}/报表{number:03}.xlsx"
            packed.writestr(name, workbook(there[version.city], version.quarter, version.number))
            named[name] = version
    return made.getvalue(), named


def decide(batch: Batch, named: dict[str, WorkbookVersion], *, by) -> list[tuple[str, str]]:
    """Decide, as a person, which second version is the newest; return what was asked of them."""
    asked = batch.files.filter(state="asked").select_related("batch", "city", "period")
    for file in asked:
        if named[file.name].number == 2:
            choose(file, AFTER_THE_OTHERS, by=by)
    return sorted({(one.city.code, one.period.code) for one in asked})


def answer(batch: Batch, *, by) -> int:
    """Answer every finding that waits for it, as the bureau would; return how many."""
    answered = 0
    for submission in Submission.objects.filter(batch_files__batch=batch, status="uploaded"):
        for finding in submission.findings.unanswered():
            text = loading.EXPLANATIONS.get(finding.code, loading.EXPLANATION)
            explaining.explain(finding, text=text, by=by, confirmed=True)
            answered += 1
    return answered


def accept(batch: Batch, *, by) -> list[str]:
    """Accept the history city by city; what the story sends back is sent back. Return refusals."""
    refusals = []
    for city in batch.cities.all():
        of_city = submissions_of(batch, city)
        for one in of_city:
            slot = (city.code, one.period.quarter)
            if slot in story.UNANSWERED and one.status == "submitted":
                actions.send_back(one, by=by, reason=story.SENT_BACK[slot])
        waiting = [one for one in submissions_of(batch, city) if one.status == "submitted"]
        bases = dict.fromkeys(one.pk for one in waiting)
        done = accept_all(waiting, by=by, published_at=batch.published_at, bases=bases)
        if done.refusal:
            refusals.append(f"{done.submission}: {done.refusal}")
    return refusals


def figures() -> dict[str, str]:
    """Return every figure in force: what identifies it -> its values, as texts."""
    found = {}
    for model, keys in MODELS.items():
        columns = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, DecimalField | IntegerField)
            and not field.primary_key
            and not field.is_relation
        ]
        for row in model.objects.in_force().values("period__code", *keys, *columns):
            key = " ".join(str(row[name]) for name in ("period__code", *keys))
            found[f"{model.__name__} {key}"] = " ".join(str(row[name]) for name in columns)
    return found


def verdicts(quarters: Iterable[Quarter]) -> dict[str, str]:
    """Return value, totals, certain range and standing of every target in each quarter."""
    return {
        f"{quarter} {one.code}": " ".join(
            str(part)
            for part in (one.value, one.numerator, one.denominator, one.certain, standing(one))
        )
        for quarter in quarters
        for one in scorecard(today(quarter))
    }


def standing(result) -> str | None:
    """Return the standing of a result; None where the plan sets no target."""
    return result.verdict and str(result.verdict.standing)
