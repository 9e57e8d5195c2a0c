"""
Loads every workbook of the demonstration through the intake of real ones.

Received, read in the child, checked, explained, submitted by its city's account, decided by the
reviewer. Each step is atomic and skips what has been done, so an interrupted loading resumes.
Only the moments of the acts are set afterwards, to those of the story.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from enterprises.models import Enterprise
from submissions.demonstration import story
from submissions.demonstration.places import places
from submissions.demonstration.story import WorkbookVersion
from submissions.demonstration.workbooks import Place, filename, workbook
from submissions.intake import receiving
from submissions.models import Batch, Submission
from submissions.refused import Refused
from submissions.review import actions, explaining

Status = Submission.Status

# What a bureau would say, by the finding's code. Never a stock phrase: the page refuses those.
EXPLANATIONS = {
    "W152": "示例数据：本季度起符合统计口径，新纳入填报。",
    "W159": "示例数据：合同终止，冲回前期已确认的收入。",
    "W160": "示例数据：企业已吸收合并，由存续公司填报。",
    "W176": "示例数据：上年数据已按审计报告调整。",
}
RESTATED_FOR = "示例数据：复核合同台账时发现跨年收入重复计入，按审计报告更正。"
EXPLANATION = "示例数据：季度内一次性确认大额项目收入，合同可查。"
NAMESPACE = uuid.UUID("31100000-2023-4025-8000-000000000311")


def refuse_with_real_data() -> None:
    """Raise Refused if the database has any data besides the demonstration."""
    if Submission.objects.exclude(uploaded_by__is_demonstration=True).exists():
        raise Refused(
            _("There are real submissions here. The demonstration is loaded only without them.")
        )
    if Batch.objects.exclude(created_by__is_demonstration=True).exists():
        raise Refused(
            _("There are real batches here. The demonstration is loaded only without them.")
        )
    if Enterprise.objects.filter(is_demonstration=False).exists():
        raise Refused(
            _("There are real enterprises here. The demonstration is loaded only without them.")
        )


def load(
    *,
    bureaus: Mapping[str, object],
    reviewer,
    report: Callable[[WorkbookVersion, int, int], None],
    before_newest: Callable[[], object] | None = None,
) -> None:
    """
    Load every workbook that has not been decided.

    bureaus   city code -> the account that uploads and submits
    reviewer  the account that decides
    report    called after each with the version, how many are loaded, of how many
    before_newest  called before the first of the newest quarter, which reports on what it enters

    Raises Refused if the intake refuses one.
    """
    periods = ReportingPeriod.objects.in_bulk(
        [str(quarter) for quarter in story.quarters()], field_name="code"
    )
    cities = City.objects.in_bulk(field_name="code")
    every = story.versions({period.quarter: period.due_on for period in periods.values()})
    every = [version for version in every if version.city in bureaus]
    there = places()
    decided = set(
        Submission.objects.filter(decided_at__isnull=False).values_list("client_key", flat=True)
    )
    with may_backfill(reviewer):
        for number, version in enumerate(every, start=1):
            if version.quarter == story.LAST and before_newest:
                before_newest()
                before_newest, there = None, places()
            if key_of(version) not in decided:
                submission = handed_in(
                    version,
                    there[version.city],
                    city=cities[version.city],
                    period=periods[str(version.quarter)],
                    by=bureaus[version.city],
                )
                decide(submission, version, by=reviewer)
            report(version, number, len(every))


def key_of(version: WorkbookVersion) -> uuid.UUID:
    """Return the client_key of a version, by which the intake finds an earlier upload."""
    return uuid.uuid5(NAMESPACE, f"{version.city} {version.quarter} {version.number}")


@contextmanager
def may_backfill(user) -> Iterator[None]:
    """Give an account the permission to back-fill, inside a with block."""
    permission = Permission.objects.get(codename="backfill_submission")
    user.user_permissions.add(permission)
    try:
        yield
    finally:
        user.user_permissions.remove(permission)


def handed_in(version: WorkbookVersion, place: Place, *, city: City, period, by) -> Submission:
    """Return the submission of a version: received, checked, explained, submitted."""
    submission = Submission.objects.filter(client_key=key_of(version)).first()
    if submission is None:
        submission = receiving.receive(
            BytesIO(workbook(place, version.quarter, version.number)),
            city=city,
            period=period,
            by=by,
            filename=filename(place, version.quarter, version.number),
            client_key=key_of(version),
            at=version.submitted_at - timedelta(minutes=40),
        )
    if submission.status == Status.UPLOADED:
        submission = receiving.read_and_check(submission)
        for finding in submission.findings.unanswered():
            text = EXPLANATIONS.get(finding.code, EXPLANATION)
            given_at = version.submitted_at - timedelta(minutes=5)
            explaining.explain(finding, text=text, by=by, confirmed=True, at=given_at)
        at = version.submitted_at
        # The last moment at which the time of a check may still be set.
        Submission.objects.filter(pk=submission.pk).update(
            checked_at=submission.uploaded_at + timedelta(seconds=5)
        )
        submission = actions.submit(submission, by=by, reason=RESTATED_FOR, at=at)
    return submission


@transaction.atomic
def decide(submission: Submission, version: WorkbookVersion, *, by) -> None:
    """Accept a version or send it back, at the moment of the story."""
    at = version.decided_at
    if version.reason:
        actions.send_back(submission, by=by, reason=version.reason, at=at)
    else:
        actions.accept(submission, by=by, published_at=at, at=at)
