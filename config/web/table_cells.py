"""
How the cells of foundation.tables are written: as HTML on a page, as texts and numbers in a file.

Template builtins: {% cell column value %} and {% write value %}, for components/data_table.html.
"""

from decimal import Decimal

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from clusters.block_tables import days_words, operating_words
from foundation.exporting import Cell
from foundation.formatting import in_kind, is_number, not_reported
from foundation.statuses import status_mark
from foundation.tables import WITHHELD, Column, Fragment, Link, Parts, Phrase, Typed
from indicators.templatetags.indicators import why_withheld

register = template.Library()
register.simple_tag(operating_words)
register.simple_tag(days_words)
LINE_BREAK = mark_safe("<br> ")  # noqa: S308


# ---- in a file -------------------------------------------------------------------------


def in_file(value, column: Column) -> Cell:
    """Return a cell as a file has it: the number that the page shows, else the text."""
    text = " ".join(as_text(or_default(value, column), column.kind).split())
    return number_in(text) if is_number(column.kind) else text


def as_text(value, kind: str) -> str:
    """Return the words of a cell."""
    match value:
        case Typed():
            return as_text(value.value, value.kind)
        case Link():
            return as_text(value.words, kind)
        case Phrase():
            return value.words % {k: as_text(v, "text") for k, v in value.values.items()}
        case Fragment():
            return as_text(value.text, kind)
        case Parts():
            between = value.between.replace("\n", " ")
            return between.join(as_text(part, "text") for part in present(value))
    return words(value, kind)


def number_in(text: str) -> Cell:
    """Return the number that a text is, 0.601 for 60.1%; the text itself if it is none."""
    plain = text.replace(",", "").replace("−", "-").removeprefix("+")
    try:
        if plain.endswith("%"):
            return Decimal(plain.removesuffix("%")) / 100
        return Decimal(plain)
    except ArithmeticError:
        return text


# ---- on a page -------------------------------------------------------------------------


def as_html(value, kind: str, context) -> str:
    """Return a cell's content; context is the page's, for templates and the viewpoint."""
    match value:
        case Typed():
            content = as_html(value.value, value.kind, context)
            if not (value.css or value.tag):
                return content
            css = format_html(' class="{}"', value.css) if value.css else ""
            return format_html("<{0}{1}>{2}</{0}>", value.tag or "span", css, content)
        case Link():
            return link(value, as_html(value.words, kind, context), context)
        case Parts():
            contents = [(as_html(part, "text", context),) for part in present(value)]
            between = LINE_BREAK if value.between == "\n" else value.between
            return format_html_join(between, "{}", contents)
        case Phrase():
            return conditional_escape(as_text(value, kind))
        case Fragment():
            found = context.template.engine.get_template(value.template)
            inner = context.new(value.context)
            inner["csrf_token"] = context.get("csrf_token")
            return found.render(inner)
    if kind == "status" and value and value != WITHHELD:
        return status_mark(value)
    text = words(value, kind)
    return linebreaksbr(text) if "\n" in text else conditional_escape(text)


def link(value: Link, content: str, context) -> str:
    """Return the element of a link."""
    address, query = value.address, context["viewpoint_query"]
    if value.keeps and query:
        path, _mark, rest = address.partition("?")
        address = f"{path}?{query}{'&' if rest else ''}{rest}"
    attributes = {
        "href": address,
        "class": value.css,
        "title": value.title,
        "aria-current": "true" if value.is_current else "",
    }
    return format_html("<a{}>{}</a>", written(attributes), content)


@register.simple_tag(takes_context=True)
def cell(context, bound, value, is_first):
    """Return the element of a cell: <th> for the first of a row, which names the row, or <td>."""
    column, table = bound.column, context["table"]
    # What has a word of its own for nothing, such as a dash: left out of a telephone's rows.
    is_empty = value is None and column.default is not None
    value, kind = or_default(value, column), column.kind
    bare, its_kind = (value.value, value.kind) if isinstance(value, Typed) else (value, kind)
    is_withheld = bare == WITHHELD
    is_unreported = is_withheld or (bare is None and in_kind(None, its_kind) == not_reported())
    tag = "th" if is_first and table.has_row_headings else "td"
    # Most cells of a column begin alike.
    begun, how = context["begun"], (bound.name, tag, is_unreported, is_withheld, is_empty)
    if how not in begun:
        begun[how] = begin(tag, column, table, is_unreported, is_withheld, is_empty)
    return mark_safe(f"{begun[how]}{as_html(value, kind, context)}</{tag}>")  # noqa: S308


def begin(
    tag: str, column: Column, table, is_unreported: bool, is_withheld: bool, is_empty: bool
) -> str:
    """Return the start tag of a cell."""
    numeric = is_number(column.kind)
    is_labelled = numeric or column.kind == "day"
    classes = [
        "number" if numeric else "",
        column.css,
        "unreported" if is_unreported else "",
        "nothing" if is_empty else "",
    ]
    attributes = {
        "scope": "row" if tag == "th" else "",
        "class": " ".join(filter(None, classes)),
        "title": why_withheld() if is_withheld else "",
        "data-label": column.header if is_labelled and "--stacked" in table.css else "",
    }
    return format_html("<{}{}>", tag, written(attributes))


def written(attributes: dict) -> str:
    """Return the attributes of an element that are not empty."""
    return format_html_join("", ' {}="{}"', ((n, v) for n, v in attributes.items() if v))


@register.simple_tag(takes_context=True)
def write(context, value):
    """Return what stands in a heading or caption: a text, or a value of foundation.tables."""
    return as_html(value, "text", context)


# ---- both ------------------------------------------------------------------------------


def or_default(value, column: Column):
    """Return a cell's value, or the words that its column has for None."""
    return Typed(column.default) if value is None and column.default is not None else value


def present(several: Parts) -> list:
    """Return the parts of a cell that have something to say."""
    return [part for part in several.parts if part is not None and part != ""]


def words(value, kind: str) -> str:
    """Return a raw value in words. Raises TypeError for HTML, which no file can have."""
    if hasattr(value, "__html__"):
        message = "A cell is a value, not HTML: see foundation.tables."
        raise TypeError(message)
    if value == "":
        return ""
    return _("Not disclosed") if value == WITHHELD else in_kind(value, kind)
