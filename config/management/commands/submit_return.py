from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.scope import cities_for, own_cities
from audit.operator_command import OperatorCommand
from submissions import access
from submissions.intake import receiving
from submissions.management.commands.check_return import (
    MANDATORY,
    UNREADABLE,
    city_called,
    existing,
    period_called,
)
from submissions.models import StagedRow, Submission
from submissions.refused import Refused
from submissions.review import actions, explaining
from submissions.validation.reporting import as_json, as_text

Status = Submission.Status


class Command(OperatorCommand):
    """
    Exit 0 if it went the whole way, 1 for a mandatory finding or a refusal, 2 for a file or
    arguments that fail.
    """

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Take a city's workbook the whole way: upload, check, submit and, if asked, accept."
        )

    def add_arguments(self, parser):
        """Take the file, whose it is, who acts, and how to print."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--city", required=True, help=_("code or slug: 370100 or jinan"))
        parser.add_argument("--period", required=True, help=_("such as 2025Q3"))
        parser.add_argument(
            "--by", required=True, metavar="USER", help=_("who uploads and submits")
        )
        parser.add_argument("--accept-by", metavar="USER", help=_("who accepts: somebody else"))
        parser.add_argument(
            "--published-at", metavar="ISO-TIME", help=_("dates a back-filled history (admin only)")
        )
        parser.add_argument(
            "--explain",
            action="append",
            default=[],
            metavar="CODE=TEXT",
            help=_("answers an advisory finding that has no row, and so no 说明 of its own"),
        )
        parser.add_argument(
            "--reason",
            metavar="TEXT",
            default="",
            help=_("why figures that are in force are restated"),
        )
        parser.add_argument("--json", action="store_true", help=_("print one object as last line"))

    def handle(
        self, *, file, city, period, by, accept_by, published_at, explain, reason, json, **options
    ):
        """Go as far as it goes, print the findings and where it ended, and exit accordingly."""
        path, city, period = existing(file), city_called(city), period_called(period)
        moment = moment_of(published_at)
        answers = answers_in(explain)
        by, accept_by = user_called(by), user_called(accept_by) if accept_by else None
        if moment and not accept_by:
            raise wrong(_("--published-at needs --accept-by."))
        if moment and not any(user.has_perm(access.BACKFILL) for user in (by, accept_by)):
            raise CommandError(_("Only an administrator may date a back-filled history."))
        must(by, access.UPLOAD, city, backfill=bool(moment))
        if accept_by:
            must(accept_by, access.REVIEW, city)
        if accept_by == by:
            raise CommandError(
                _("Somebody other than the person who submitted it must decide."),
                returncode=MANDATORY,
            )
        refusal = None
        submission = None
        try:
            submission = taken_in(path, city=city, period=period, by=by)
            answer(submission, answers, by=by)
            go_on(submission, by=by, accept_by=accept_by, published_at=moment, reason=reason)
        except Refused as refused:
            refusal = str(refused)
        self.tell(file, city, period, submission, refusal, json=json)

    def tell(self, file, city, period, submission, refusal, *, json):
        """Print what became of the file; raise CommandError with the exit code if it failed."""
        findings = []
        if submission:
            submission.refresh_from_db()
            findings = list(submission.findings.all())
        if json:
            self.stdout.write(
                as_json(
                    file=file,
                    city=city.code,
                    period=period.code,
                    submission=submission.pk if submission else None,
                    status=submission.status if submission else "refused",
                    lines=(submission.lines or 0) if submission else 0,
                    findings=findings,
                )
            )
        else:
            for line in as_text(findings):
                self.stdout.write(line)
            if submission:
                self.stdout.write(f"{submission}: {submission.get_status_display()}")
        if refusal:
            raise CommandError(refusal, returncode=exit_code(submission))


def taken_in(path, *, city, period, by):
    """Return a file's submission, read and checked; the one that is there if it came before."""
    with path.open("rb") as file:
        submission = receiving.receive(file, city=city, period=period, by=by, filename=path.name)
    if submission.checked_at is None:
        submission = receiving.read_and_check(submission)
    return submission


def answer(submission, answers: dict[str, str], *, by) -> None:
    """Answer the findings without a cell: a row's own are answered in its 说明, one by one."""
    open_findings = submission.findings.unanswered().filter(code__in=answers, cell="")
    if submission.status == Status.UPLOADED:
        for finding in open_findings:
            explaining.explain(finding, text=answers[finding.code], by=by)


def go_on(submission, *, by, accept_by, published_at, reason):
    """Submit and accept, as far as that is still to be done. Raises Refused."""
    reason = reason or _("Restated by the command submit_return; no other reason was given.")
    if submission.repeated and submission.status == Status.ACCEPTED:
        return
    if not (submission.repeated and submission.status == Status.SUBMITTED):
        actions.submit(submission, by=by, reason=reason)
    if accept_by:
        actions.accept(submission, by=accept_by, published_at=published_at)


def exit_code(submission) -> int:
    """Return how the command ends after a refusal."""
    unreadable = (
        submission
        and submission.checked_at
        and not StagedRow.objects.filter(submission=submission).exists()
    )
    return UNREADABLE if unreadable else MANDATORY


def wrong(text: str) -> CommandError:
    """Return the error of wrong arguments."""
    return CommandError(text, returncode=UNREADABLE)


def user_called(name: str):
    """Return the user of a name. Raises CommandError if there is none who may sign in."""
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise wrong(_("There is no user %(name)s.") % {"name": name})
    return user


def must(user, permission: str, city, *, backfill: bool = False) -> None:
    """
    Raise CommandError unless the user may do this for the city.

    An administrator who back-fills a history brings the bureau's file, and never accepts it.
    """
    stands_in = backfill and user.has_perm(access.BACKFILL)
    theirs = own_cities(user) if permission == access.UPLOAD and not stands_in else cities_for(user)
    allowed = stands_in or user.has_perm(permission)
    if not allowed or not theirs.filter(pk=city.pk).exists():
        raise CommandError(
            _("%(user)s may not do this for %(city)s.") % {"user": user, "city": city},
            returncode=MANDATORY,
        )


def answers_in(given: list[str]) -> dict[str, str]:
    """Return the texts given by --explain, by code. Raises CommandError for anything else."""
    answers = dict(one.partition("=")[::2] for one in given)
    if not all(code and text.strip() for code, text in answers.items()):
        raise wrong(_("Write --explain as W139=TEXT."))
    return answers


def moment_of(text: str | None):
    """Return the moment a text names, in the province's time if it names no zone; None if blank."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise wrong(_("Write the time as 2026-01-20T10:00."))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
