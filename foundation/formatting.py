"""
How figures are written, on every page the same way. Template builtins: no {% load %}.

Every filter takes what was reported and returns text in the reader's language; None, which
means that nothing was reported, is "Not reported" and never 0. Rounding is half up (四舍五入).
Amounts are in yuan, shares are fractions.
"""

import re
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from functools import partial

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from foundation.amount_units import suitable_unit, unit_name, yuan_in
from foundation.language import in_chinese, quarter_name
from foundation.quarters import Quarter
from foundation.statuses import status_word

register = template.Library()

HUNDRED = Decimal("100")
MINUS = "\N{MINUS SIGN}"
# As many places as a percentage may need before it stops looking like the whole number above.
MOST_PLACES = 6


def not_reported() -> str:
    """Return the words for a figure that nobody gave."""
    return _("Not reported")


def is_missing(given) -> bool:
    """Return whether there is nothing: None, or "", which Django makes of what is not there."""
    return given is None or given == ""


def rounded(figure: Decimal | int, places: int) -> Decimal:
    """Return a figure rounded half up to so many places."""
    with localcontext(prec=60):
        return Decimal(figure).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def grouped(figure: Decimal | int) -> str:
    """Return a number with thousands separators and a real minus sign; never "-0"."""
    text = f"{abs(figure):,f}" if isinstance(figure, Decimal) else f"{abs(figure):,}"
    return MINUS + text if figure < 0 else text


# ---- amounts ---------------------------------------------------------------------------


def in_unit(amount: Decimal, unit: str, places: int) -> str:
    """Return the number alone, in a unit of foundation.amount_units."""
    return grouped(rounded(amount / yuan_in(unit), places))


@register.filter
def in_wan(amount, places=2) -> str:
    """
    Return an amount in 万元 without its unit, for a column whose heading names the unit.

    In English too: the digits are those of the city's own workbook, for every reader.
    """
    return not_reported() if is_missing(amount) else in_unit(amount, "wan", int(places))


@register.filter
def in_large(amount, places=2) -> str:
    """Return an amount in 亿元 or billions without its unit, which the column's heading names."""
    return not_reported() if is_missing(amount) else in_unit(amount, "large", int(places))


@register.filter
def wan(amount, places=2) -> str:
    """Return an amount in 万元."""
    return not_reported() if is_missing(amount) else with_unit(amount, "wan", int(places))


@register.filter
def large(amount, places=2) -> str:
    """Return an amount in 亿元, in English in billions."""
    return not_reported() if is_missing(amount) else with_unit(amount, "large", int(places))


@register.filter
def money(amount) -> str:
    """Return an amount in the unit that suits its size: 亿元 from one 亿 on, else 万元."""
    if is_missing(amount):
        return not_reported()
    return with_unit(amount, suitable_unit(amount), 2)


@register.filter
def money_number(amount) -> str:
    """Return the number of `money` alone."""
    return not_reported() if is_missing(amount) else in_unit(amount, suitable_unit(amount), 2)


@register.filter
def unit(of) -> str:
    """Return what "wan" or "large" is called, or the unit of `money_number`; "" for None."""
    if is_missing(of):
        return ""
    return unit_name(of if of in ("wan", "large") else suitable_unit(of))


def with_unit(amount, unit: str, places: int) -> str:
    """Return an amount with its unit."""
    return with_word(in_unit(amount, unit, places), unit_name(unit))


# ---- shares and changes ----------------------------------------------------------------


def truthful(figure: Decimal, places: int, against: Decimal | None = None) -> Decimal:
    """
    Return a percentage rounded, with more places where fewer would make it look complete.

    Just under a ten (49.996) would read as the ten, next to nothing (0.003) as nothing, and just
    under the figure it is held against as that figure: they keep the places that tell them apart.
    """

    def misleads(short: Decimal) -> bool:
        looks_reached = short > figure and (short % 10 == 0 or short == against)
        return looks_reached or (not short and bool(figure))

    for more in range(places, MOST_PLACES):
        short = rounded(figure, more)
        if not misleads(short):
            return short
    with localcontext(prec=60):
        return figure.quantize(Decimal(1).scaleb(-MOST_PLACES), ROUND_DOWN)


@register.filter
def percent(share, places=1) -> str:
    """Return a fraction in percent. Just under a round figure never reads as that."""
    if is_missing(share):
        return not_reported()
    return f"{grouped(truthful(Decimal(share) * HUNDRED, int(places)))}%"


@register.filter
def factor(times) -> str:
    """Return a factor by which something was multiplied, to four places: 1.0832."""
    return not_reported() if is_missing(times) else grouped(rounded(times, 4))


@register.filter
def chance(odds) -> str:
    """Return a probability (a Fraction) in percent: "12.5%"."""
    return percent(Decimal(odds.numerator) / odds.denominator)


@register.filter
def percent_against(share, target) -> str:
    """Return a fraction in percent that never reads as the target it falls just short of."""
    if is_missing(share) or is_missing(target):
        return percent(share)
    return f"{grouped(truthful(Decimal(share) * HUNDRED, 1, Decimal(target) * HUNDRED))}%"


def with_sign(number: Decimal | int, text: str) -> str:
    """Return a number's text with the plus that tells a change from a figure."""
    return f"+{text}" if number > 0 else text


@register.filter
def signed(change) -> str:
    """Return a change in number with its sign; 0 without one."""
    return not_reported() if is_missing(change) else with_sign(change, grouped(change))


@register.filter
def signed_percent(change, places=1) -> str:
    """Return a change given as a fraction (growth) in percent, with its sign."""
    if is_missing(change):
        return not_reported()
    return with_sign(change, f"{grouped(rounded(Decimal(change) * HUNDRED, int(places)))}%")


@register.filter
def on_the_year(growth) -> str:
    """Return growth against the same quarter last year in words; "" where it cannot be said."""
    if is_missing(growth):
        return ""
    return _("%(change)s on the year") % {"change": signed_percent(growth)}


@register.filter
def points(change, places=1) -> str:
    """Return the difference of two shares in percentage points, with its sign."""
    if is_missing(change):
        return not_reported()
    return _("%(points)s percentage points") % {
        "points": with_sign(change, grouped(rounded(Decimal(change) * HUNDRED, int(places))))
    }


@register.filter
def points_wide(width, places=2) -> str:
    """Return how wide a range of shares is, in percentage points without a sign."""
    if is_missing(width):
        return not_reported()
    return _("%(points)s percentage points") % {
        "points": grouped(rounded(Decimal(width) * HUNDRED, int(places)))
    }


@register.filter
def signed_money(change) -> str:
    """Return a change of an amount with its sign."""
    return not_reported() if is_missing(change) else with_sign(change, money(change))


@register.filter
def clamp(share) -> Decimal:
    """Return a fraction held between 0 and 1, for the length of a bar; 0 for None."""
    return min(max(Decimal(share or 0), Decimal(0)), Decimal(1))


@register.filter
def bar_length(share) -> str:
    """Return a fraction as a length out of 100, as SVG writes it in every language."""
    return f"{rounded(clamp(share) * HUNDRED, 2):f}"


@register.filter
def bar_place(place) -> str:
    """Return a place on a bar from 0 to 100 as SVG writes it in every language."""
    return f"{rounded(Decimal(place), 2):f}"


# ---- numbers of things -----------------------------------------------------------------


@register.filter
def count(number, of="") -> str:
    """Return a number of things; `of` names them: firms, cities, parks, lines, people."""
    if is_missing(number):
        return not_reported()
    whole = int(Decimal(number).to_integral_value(ROUND_HALF_UP))
    text = grouped(whole)
    if not of:
        return text
    words = {
        "firms": ngettext("%(count)s enterprise", "%(count)s enterprises", whole),
        "cities": ngettext("%(count)s city", "%(count)s cities", whole),
        "parks": ngettext("%(count)s park", "%(count)s parks", whole),
        "lines": ngettext("%(count)s line", "%(count)s lines", whole),
        "people": ngettext("%(count)s person", "%(count)s persons", whole),
    }
    return words[of] % {"count": text}


@register.filter
def measure(value, of) -> str:
    """Return an indicator's value as its unit wants it: ratio, count or yuan."""
    write = {"ratio": percent, "yuan": large}
    return write.get(of, count)(value)


@register.filter
def with_word(number, unit) -> str:
    """Return a number as it is written with its unit, as the language parts them; "" is no unit."""
    if not unit:
        return number
    return pgettext("number and unit", "%(number)s %(unit)s") % {"number": number, "unit": unit}


@register.filter
def measure_change(change, of) -> str:
    """Return a change of an indicator's value with its sign, as its unit wants it."""
    write = {"ratio": points, "yuan": signed_money}
    return write.get(of, signed)(change)


# How a cell's value is written, by the kind of its column; an indicator's unit is a kind, too.
NUMBERS = {
    "amount": in_wan,
    "wan": wan,
    "large": in_large,
    "percent": percent,
    "percent0": partial(percent, places=0),
    "percent2": partial(percent, places=2),
    "ratio": percent,
    "yuan": large,
    "count": count,
    "growth": signed_percent,
    "points": points_wide,
    "change": signed,
    "ratio_change": points,
    "yuan_change": signed_money,
    "count_change": signed,
    "figure": grouped,
    # A figure in words, or a pair of numbers.
    "written": str,
}


@register.filter
def in_kind(value, kind) -> str:
    """Return a table's raw value as its column's kind wants it; amounts in 万元, without unit."""
    if is_missing(value):
        # Of a change and a rounded figure, none is one that there cannot be.
        return "—" if kind in ("change", "figure", "day", "moment") else not_reported()
    words = {
        "quarter": quarter,
        "cumulative": cumulative,
        "day": day,
        "moment": moment,
        "status": status_word,
    }
    write = NUMBERS.get(kind) or words.get(kind, str)
    return write(value)


@register.filter
def is_number(kind) -> bool:
    """Return whether a column's kind is set to the right, digit under digit."""
    return kind in NUMBERS


A_NUMBER = re.compile(r"(\d[\d,.]*|[–—])")


@register.filter
def sized(text) -> str:
    """Return a figure in words with all but its numbers in <small>, and a dash between two."""
    pieces = (piece for piece in A_NUMBER.split(str(text)) if piece)
    return format_html_join("", "{}", ((_sized(piece),) for piece in pieces))


def _sized(piece: str) -> str:
    if piece in ("–", "—"):
        return format_html('<span class="sized__dash">{}</span>', piece)
    return piece if A_NUMBER.fullmatch(piece) else format_html("<small>{}</small>", piece)


# ---- time ------------------------------------------------------------------------------


def as_quarter(given) -> Quarter:
    """Return the quarter of a Quarter, a reporting period or a code such as 2025Q3."""
    return given if isinstance(given, Quarter) else Quarter.parse(str(given))


@register.filter
def quarter(given) -> str:
    """Return a quarter's name: 2025年三季度, Q3 2025."""
    return not_reported() if is_missing(given) else quarter_name(as_quarter(given))


@register.filter
def cumulative(given) -> str:
    """Return the months that a quarter's cumulative figures are of: 2025年1—9月."""
    if is_missing(given):
        return not_reported()
    one = as_quarter(given)
    names = {
        1: _("January–March %(year)s"),
        2: _("January–June %(year)s"),
        3: _("January–September %(year)s"),
        4: _("January–December %(year)s"),
    }
    return names[one.quarter] % {"year": one.year}


@register.filter
def day(given) -> str:
    """Return a day, or the day of a moment in the province's time; a dash for none."""
    if is_missing(given):
        return "—"
    if isinstance(given, datetime):
        given = timezone.localtime(given).date()
    if in_chinese():
        return f"{given.year}年{given.month}月{given.day}日"
    return f"{given.day} {month_in_english(given)} {given.year}"


@register.filter
def moment(given) -> str:
    """Return a day and the time of day, in the province's time; a dash for none."""
    if is_missing(given):
        return "—"
    local = timezone.localtime(given)
    return f"{day(local)} {local:%H:%M}"


def month_in_english(given: date) -> str:
    """Return a month's English name, whatever language is active: the text around it is English."""
    with override("en"):
        return date_format(given, "F")
