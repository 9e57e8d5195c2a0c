"""The earlier of two moments that a movement lies between: ?from=2025Q2&since=2025-09-30."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.movement.changes import in_one_plan


@dataclass(frozen=True)
class ComparisonPoint:
    """
    The earlier quarter, and the day whose knowledge is used; None is the later one's.

    known_then as of a viewpoint.
    """

    quarter: Quarter
    since: date | None
    known_then: bool = False

    def snapshot(self, now: Snapshot) -> Snapshot:
        """Return the snapshot of that day; the later snapshot without a day."""
        if self.since is None or self.since == now.as_of:
            return now
        moment = end_of(self.since)
        return snapshot(Viewpoint(self.quarter, self.since, moment, self.known_then))


@dataclass(frozen=True)
class Preset:
    """A usual comparison: its name and the address's query."""

    label: str
    query: str
    is_chosen: bool


class EarlierForm(forms.Form):
    """The earlier quarter and day; without a day, the knowledge of the later moment is used."""

    since = forms.DateField(label=gettext_lazy("As known on"), required=False)

    def __init__(self, *args, snapshot: Snapshot, viewpoint: Viewpoint, **kwargs):
        super().__init__(*args, **kwargs)
        self.known_then = viewpoint.known_then
        self.latest = viewpoint.as_of or timezone.localdate()
        self.choices = [q for q in snapshot.reported_quarters if q <= viewpoint.quarter]
        # All reported quarters; only the same months can be compared.
        self.comparable = [q for q in self.choices if q.quarter == viewpoint.quarter.quarter]
        self.fields["from"] = forms.ChoiceField(
            label=gettext_lazy("Earlier quarter"), choices=[(str(q), str(q)) for q in self.choices]
        )

    def clean_since(self):
        """Return the earlier day. Refuse one that is after the later moment."""
        since = self.cleaned_data["since"]
        if since and since > self.latest:
            raise forms.ValidationError(_("The earlier day is after the later one."))
        return since

    @property
    def earlier(self) -> ComparisonPoint:
        """Return the earlier moment of a valid form."""
        quarter = Quarter.parse(self.cleaned_data["from"])
        return ComparisonPoint(quarter, self.cleaned_data["since"], self.known_then)


def known_by(quarter: Quarter, latest: date) -> date | None:
    """
    Return the last day on which a quarter was the newest that could be reported.

    None if that day is not yet over.
    """
    day = quarter.next().last_day
    return day if day < latest else None


def usual(viewpoint: Viewpoint) -> ComparisonPoint:
    """Return the same quarter a year earlier, as it is known at the viewpoint."""
    return ComparisonPoint(viewpoint.quarter.year_earlier(), None, viewpoint.known_then)


def presets(
    snapshot: Snapshot, viewpoint: Viewpoint, baseline: Quarter | None, chosen: ComparisonPoint
) -> list[Preset]:
    """
    Return the usual earlier moments that have figures and can be compared.

    Other months and other plans cannot be compared.
    """
    latest = viewpoint.as_of or timezone.localdate()
    now = viewpoint.quarter
    wanted = [(_("A year earlier"), usual(viewpoint))]
    if baseline and baseline != usual(viewpoint).quarter:
        wanted.append(
            (_("Since the baseline"), ComparisonPoint(baseline, None, viewpoint.known_then))
        )
    if day := known_by(now, latest):
        first = ComparisonPoint(now, day, viewpoint.known_then)
        wanted.append((_("The same quarter, as first told"), first))
    return [
        Preset(label, query_of(viewpoint, one), one == chosen)
        for label, one in wanted
        if one.quarter in snapshot.reported_quarters
        and one.quarter.quarter == now.quarter
        and in_one_plan(snapshot, now, one.quarter)
    ]


def query_of(viewpoint: Viewpoint, earlier: ComparisonPoint) -> str:
    """Return the query of the movement between two moments."""
    asked = {"from": str(earlier.quarter)}
    if earlier.since:
        asked["since"] = earlier.since.isoformat()
    return f"{viewpoint.query}&{urlencode(asked)}"
