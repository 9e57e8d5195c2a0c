"""Tables of the findings of a workbook, of the rules, and of how the rules fare."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from enterprises.models import Nil
from foundation.tables import Column, Fragment, Link, Parts, Phrase, Table, Typed
from submissions.validation.findings_list import FindingGroup


class FindingTable(Table):
    """The findings of one code, each at its cell: one row for each Shown finding."""

    css, has_row_headings = "data-table--stacked", False

    cell = Column(gettext_lazy("Cell"), css="nowrap place")
    firm = Column(gettext_lazy("Enterprise"), css="firm")
    value = Column(gettext_lazy("Value"), css="value")
    message = Column(gettext_lazy("What is wrong"), accessor="finding__message", css="message")
    right = Column(gettext_lazy("Right value"), css="right", exclude_from_export=True)
    answer = Column(gettext_lazy("Explanation"), css="answer")

    def __init__(
        self,
        group: FindingGroup,
        *,
        may_answer: bool = False,
        asks_nil: bool = False,
        correctable: Callable[[object], bool] | None = None,
        **own,
    ):
        """
        Prepare the table.

        may_answer  whether the reader answers here
        asks_nil    whether an answer may say why an enterprise has no figures
        correctable whether the value at a finding can be typed anew; None if none can be now
        """
        exclude = [] if group.to_explain else ["answer"]
        can = correctable and any(correctable(one.finding) for one in group.shown)
        exclude += [] if can else ["right"]
        self.correctable = correctable
        super().__init__(group.shown, title=group.code, exclude=exclude, **own)
        self.nil_choices = Nil.choices if asks_nil else ()
        self.may_answer = may_answer

    def render_cell(self, record):
        return place_of(record.finding)

    def render_value(self, record):
        value = record.finding.value
        return Typed(value, css="finding__value") if value else ""

    def render_right(self, record):
        if not self.correctable(record.finding):
            return ""
        return Fragment("submissions/_right_value.html", {"one": record})

    def render_answer(self, record):
        if self.may_answer and not record.finding.explained_in_cell:
            form = Fragment(
                "submissions/_answer.html", {"one": record, "nil_choices": self.nil_choices}
            )
            return Parts((_refusal(record), _said_before(record), form))
        said = [record.as_last_time and _("word for word as last quarter"), _carried(record)]
        small = [Typed(words, css="soft small") for words in said if words]
        return Parts((record.answer, *small, _refusal(record), _said_before(record)), "\n")


class AllFindingsTable(Table):
    """All findings of a submission, for its file: one row for each Shown finding."""

    key, title = "findings", gettext_lazy("Findings")

    code = Column(gettext_lazy("Code"), accessor="finding__code")
    level = Column(gettext_lazy("Level"))
    cell = Column(gettext_lazy("Cell"))
    firm = Column(gettext_lazy("Enterprise"))
    value = Column(gettext_lazy("Value"), accessor="finding__value")
    message = Column(gettext_lazy("What is wrong"), accessor="finding__message")
    remedy = Column(gettext_lazy("What to do"), accessor="finding__remedy")
    answer = Column(gettext_lazy("Explanation"))

    def render_level(self, record):
        one = record.finding
        return _("on trial") if one.trial else one.get_severity_display()

    def render_cell(self, record):
        return place_of(record.finding)


def place_of(finding) -> str:
    """Return the sheet and cell of a finding."""
    return "!".join(filter(None, (finding.sheet, finding.cell))) or _("whole file")


def _carried(record) -> str:
    """Return which earlier version an explanation was given in; "" if in this one."""
    earlier = record.carried_from
    return earlier and _("carried over from version %(version)d") % {"version": earlier.version}


def _refusal(record) -> Typed | None:
    """Return why what the workbook says is no explanation; None if it is, or says nothing."""
    one = record.finding
    if not one.refusal or record.answer:
        return None
    said = Typed(f"{one.sheet}!{one.answer_cell} “{one.refused_in_cell}”", tag="strong")
    return Typed(Parts((said, one.refusal), "\n"), css="finding__refused", tag="p")


def _said_before(record) -> Typed | None:
    """Return last quarter's explanation; None without one, or if this one is the same."""
    if not record.last_time or record.as_last_time:
        return None
    said = _("Said last quarter: “%(text)s”") % {"text": record.last_time}
    return Typed(said, css="soft small", tag="p")


class RuleTable(Table):
    """Rules of one kind: one row for each FindingKind."""

    code = Column(gettext_lazy("Code"))
    general_message = Column(gettext_lazy("What is wrong"))
    general_remedy = Column(gettext_lazy("What to do"))
    rationale = Column(pgettext_lazy("there is this rule", "Why"))
    example = Column(gettext_lazy("Example"))

    class Meta:
        row_attrs = {"id": lambda record: record.code}


class RuleLogTable(Table):
    """How the rules fare: one row for each RuleFigures."""

    title = gettext_lazy("How the rules fare")

    code = Column(gettext_lazy("Code"))
    level = Column(gettext_lazy("Level"))
    files = Column(gettext_lazy("Versions with it"), "count")
    hits = Column(gettext_lazy("Findings"), "count")
    explained = Column(gettext_lazy("Explained"), "count", default="—")
    corrected = Column(gettext_lazy("Corrected"), "count")
    message = Column(gettext_lazy("What is wrong"), css="sentence")

    def render_code(self, value):
        return Link(value, f"#{value}", keeps=False)

    def render_level(self, record):
        entry = record.entry
        return entry and (_("on trial") if entry.trial else entry.severity.label) or ""

    def render_explained(self, value, record):
        return _with_share(value, record.explained_share)

    def render_corrected(self, value, record):
        return _with_share(value, record.corrected_share)

    def render_message(self, record):
        return record.entry.general_message if record.entry else ""


def _with_share(number: int, share) -> Phrase | None:
    """Return a number and the share it is; None without a share."""
    if share is None:
        return None
    shown = {"number": Typed(number, "count"), "share": Typed(share, "percent0")}
    return Phrase("%(number)s (%(share)s)", shown)
