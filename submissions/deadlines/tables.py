"""Tables of the inbox: what a bureau owes, what waits for a decision, the state of every city."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from clusters.backfilled import mark
from clusters.models import City, ReportingPeriod
from foundation.tables import Column, Fragment, Link, Parts, Phrase, Table, Typed, ad_hoc
from submissions.deadlines.obligations import Delay, Obligation, State, answered, counts
from submissions.models import Submission

# What the link to a submission says in each state.
LINK_WORDS = {
    State.ACCEPTED: gettext_lazy("Look at it"),
    State.NIL: gettext_lazy("Look at it"),
    State.SUBMITTED: gettext_lazy("Waits for the reviewer"),
    State.SENT_BACK: gettext_lazy("Read the reason"),
    State.WITHDRAWN: gettext_lazy("Read why it was withdrawn"),
    State.UPLOADED: gettext_lazy("Look at the findings and submit"),
}


class WaitingTable(Table):
    """One row for each Submission that waits for a decision."""

    key, title, labelled_by = "waiting", gettext_lazy("Waiting for a decision"), "waiting"

    city = Column(gettext_lazy("City"))
    period = Column(gettext_lazy("Reporting period"), "quarter")
    version = Column(gettext_lazy("Version"))
    submitted_at = Column(gettext_lazy("Submitted at"), "moment", css="nowrap")
    submitted_by = Column(gettext_lazy("Submitted by"))
    step = Column(Typed(gettext_lazy("Next step"), css="visually-hidden"))

    def render_step(self, record):
        return submission_link(record, _("Look at it"))


class OwedTable(Table):
    """One row for each Obligation of a bureau."""

    key, title, css = "owed", gettext_lazy("What we owe"), "data-table--stacked"
    labelled_by = "periods"

    city = Column(gettext_lazy("City"))
    period = Column(gettext_lazy("Reporting period"), "quarter")
    due = Column(gettext_lazy("Due on"), "day", css="nowrap")
    state = Column(gettext_lazy("State"))
    step = Column(gettext_lazy("Next step"))

    def render_due(self, record):
        return record.period.due_on if record.owed else Typed(State.NOT_OWED.label)

    def render_state(self, record):
        words = mark(record.submission)
        return Parts((state_cell(record, record.delay), Typed(words, tag="small")), "\n")

    def render_step(self, record):
        query = urlencode({"period": record.period.code, "city": record.city.code})
        upload = f"{reverse('submissions:upload')}?{query}"
        links: list[object] = []
        if record.state == State.NOT_DUE:
            links = [_("Nothing yet: the period has not ended.")]
        elif record.state in LINK_WORDS:
            css = "btn btn-primary" if record.state == State.UPLOADED else ""
            links = [submission_link(record.submission, LINK_WORDS[record.state], css)]
        else:
            links = [Link(_("Upload the workbook"), upload, keeps=False, css="btn btn-primary")]
        if record.answered and record.newer:
            links.append(newer_link(record.newer))
        if record.state in (State.SENT_BACK, State.WITHDRAWN):
            links.append(Link(_("Upload a corrected workbook"), upload, keeps=False))
        if not record.answered and record.state != State.SUBMITTED:
            template = f"{reverse('submissions:template')}?{query}"
            links.append(Link(_("Download the template"), template, keeps=False))
        return Parts(links, " · ")


def matrix(cities: list[City], periods: list[ReportingPeriod], owed: list[Obligation]) -> Table:
    """Return the state of every city, beneath each other, for every period."""
    width = len(periods)
    return ad_hoc(
        [Column(_("City")), *map(_period_column, periods)],
        [
            (city, *map(_matrix_cell, owed[i * width : (i + 1) * width]))
            for i, city in enumerate(cities)
        ],
        key="matrix",
        title=_("Submissions"),
        labelled_by="matrix",
        foot=[(_("Accepted"), *(_sums(one, owed[i::width]) for i, one in enumerate(periods)))],
    )


def _period_column(period: ReportingPeriod) -> Column:
    due = Phrase(_("due %(due)s"), {"due": Typed(period.due_on, "day")})
    beneath = due if period.is_owed else State.NOT_OWED.label
    return Column(Parts((Typed(period, "quarter"), Typed(beneath, css="soft", tag="small"))))


def _matrix_cell(one: Obligation) -> Parts:
    state: object = state_cell(one)
    if one.submission:
        state = submission_link(one.submission, state, title=mark(one.submission))
    is_marked = bool(one.submission and mark(one.submission))
    short = Typed(pgettext("a history", "back-filled"), tag="small") if is_marked else None
    newer = Typed(newer_link(one.newer), tag="small") if one.newer else None
    return Parts((state, short, newer), "\n")


def _sums(period: ReportingPeriod, owed: list[Obligation]) -> Parts:
    """Return how many cities are accepted, of how many, and how many are in each state."""
    counted = counts(owed)
    accepted = f"{answered(counted)}/{len(owed)}" if period.is_owed else ""
    states = [
        Typed(f"{state.label} {number}", css="soft nowrap", tag="small")
        for state, number in counted.items()
        if number
    ]
    return Parts((accepted, *states), "\n")


def state_cell(one: Obligation, delay: Delay | None = None) -> Fragment:
    """Return the state of an obligation, with its delay if that is given."""
    shown = {"state": one.state, "word": one.state.label, "late": one.late, "delay": delay}
    late = f"({_('late')})" if one.late and one.state != State.OVERDUE and not delay else ""
    return Fragment(
        "submissions/_state.html", shown, Parts((one.state.label, late, delay and delay.words))
    )


def submission_link(submission: Submission, words: object, css: str = "", title: str = "") -> Link:
    """Return a link to a submission."""
    return Link(words, submission.get_absolute_url(), keeps=False, css=css, title=title)


def newer_link(newer: Submission) -> Link:
    """Return a link to an open version after the one in force."""
    words = _("Version %(version)s is under way") % {"version": newer.version}
    return submission_link(newer, words)
