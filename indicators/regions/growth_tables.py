"""The sentence and the tables of growth on a comparable basis."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.language import quarter_name
from foundation.quarters import Quarter
from foundation.tables import WITHHELD, Column, Link, Parts, Phrase, Table, Typed, ad_hoc
from indicators.catalogue import Measure
from indicators.regions.growth import GrowthReason, NamedRows, PlaceGrowth, reason_word
from indicators.regions.growth_disclosure import COMPARABLE, PARTS, SUMS


def growth_sentence(place: PlaceGrowth) -> Parts:
    """Return both growths of a place and their difference, or why they are not said."""
    reported = Typed(place.reported, "change")
    told = {"name": place.name, "cities": place.same_cities, "reported": reported}
    end = pgettext("end of sentence", ".")
    if SUMS in place.withheld:
        return Parts((Phrase(_("%(name)s: not disclosed"), told), end), "")
    if place.reported is None:
        words = _("%(name)s: — (not both quarters were reported, so there is nothing to compare)")
        return Parts((Phrase(words, told), end), "")
    if place.city:
        words = _("%(name)s: %(reported)s%% on the year of all enterprises")
    else:
        words = _("%(name)s: %(cities)s, %(reported)s%% on the year of all enterprises")
    return Parts((Phrase(words, told), _comparable_words(place), end), "")


def _comparable_words(place: PlaceGrowth) -> object:
    if COMPARABLE in place.withheld:
        return _("; the comparable growth is not disclosed")
    if place.comparable is None:
        return _("; no enterprise reported both years")
    words = _(
        "; %(comparable)s%% of the %(stayed)s enterprises that can be compared; %(difference)s "
        "percentage points come from who was counted"
    )
    told = {
        "comparable": Typed(place.comparable, "change"),
        "stayed": Typed(place.exact.stayed, "count"),
        "difference": Typed(place.difference, "change"),
    }
    return Phrase(words, told)


def reconciliation_table(place: PlaceGrowth) -> Table:
    """Return the steps from a place's reported growth to the comparable one."""
    columns = [
        Column(_("Step")),
        Column(_("Enterprises"), "count"),
        Column(_("Percent, and percentage points"), "change"),
    ]
    cities = Typed(place.same_cities, css="small soft") if place.same_cities else None
    every = Parts((_("Growth of all enterprises"), cities))
    less = pgettext("reconciliation", "less:")
    is_secret = PARTS in place.withheld
    rows = [
        (every, "", place.reported),
        *(
            (f"{less} {word}", *((WITHHELD, WITHHELD) if is_secret else (number, part)))
            for word, number, part in place.made_of
        ),
        (_("Growth on a comparable basis"), place.exact.stayed, _strong(place.comparable)),
    ]
    title = _("From reported to comparable growth")
    return ad_hoc(columns, rows, key="reconciliation", title=title, labelled_by="made-of")


def places_table(
    places: Iterable[PlaceGrowth], chosen: PlaceGrowth, quarter: Quarter, measure: Measure
) -> Table:
    """Return both growths of every place, and what the reasons make of their difference."""
    columns = [
        Column(_("Place")),
        Column(_("Cities that reported both"), "written", css="nowrap"),
        Column(quarter_name(quarter.year_earlier()), "amount"),
        Column(quarter_name(quarter), "amount"),
        Column(_("All enterprises, in percent"), "change"),
        Column(_("Comparable, in percent"), "change"),
        *(Column(reason_word(reason), "change") for reason in GrowthReason),
    ]
    rows = [
        (
            Link(one.name, f"?measure={measure}&of={one.key}", is_current=one.key == chosen.key),
            f"{one.cities}/{one.of}",
            *_unless(SUMS, one, one.then, one.now, one.reported),
            *_unless(COMPARABLE, one, _strong(one.comparable)),
            *_unless(PARTS, one, *one.parts),
        )
        for one in places
    ]
    title = _("Growth on a comparable basis")
    return ad_hoc(columns, rows, key="places", title=title, labelled_by="places")


def named_table(named: NamedRows, quarter: Quarter) -> Table:
    """Return the enterprises that joined, left or were filled in."""
    columns = [
        Column(_("Enterprise")),
        Column(_("City")),
        Column(_("Why")),
        Column(quarter_name(quarter.year_earlier()), "amount"),
        Column(quarter_name(quarter), "amount"),
        Column(_("Percentage points"), "change"),
    ]
    rows = [
        (Link(firm, firm.get_absolute_url()), firm.city, row.why, row.then, row.now, row.part)
        for firm, row in named.rows
    ]
    return ad_hoc(
        columns,
        rows,
        key="enterprises",
        title=_("The enterprises, one by one"),
        labelled_by="firms",
        css="data-table--names",
    )


def _strong(change: object) -> Typed:
    return Typed(change, "change", tag="strong")


def _unless(what: str, place: PlaceGrowth, *cells: object) -> tuple[object, ...]:
    """Return cells of a place, withheld if what they tell is."""
    return (WITHHELD,) * len(cells) if what in place.withheld else cells
