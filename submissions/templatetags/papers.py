"""Papers on pages: the blocks of a paper, and how a line is drawn."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from submissions.papers.document import assessment_blocks, briefing_blocks, parts

register = template.Library()


@register.simple_tag
def briefing_paper(sheet):
    """Return a briefing's blocks of submissions.papers.paper_sheet.briefing_sheet."""
    return briefing_blocks.briefing_paper(sheet)


@register.simple_tag
def assessment_paper(sheet):
    """Return a closing assessment's blocks of submissions.papers.paper_sheet.assessment_sheet."""
    return assessment_blocks.assessment_paper(sheet)


@register.simple_tag
def changes_table(rows, before, after):
    """Return the table of what differs between two papers that are called before and after."""
    return parts.changes_table(rows, before, after).table


@register.simple_tag
def path_of(places):
    """Return a line through places of a picture as the path of an SVG."""
    return "M" + "L".join(f"{x} {y}" for x, y in places)


@register.simple_tag
def paper_line(line):
    """Draw a line of a paper: texts, and statuses as everywhere else."""
    return format_html_join("", "{}", ((_drawn(piece),) for piece in line))


def _drawn(piece):
    if piece.status:
        # Escaped where it was rendered; without the line's end, which would be a space.
        return mark_safe(
            render_to_string("components/status.html", {"status": piece.status}).strip()
        )
    if piece.kind == "strong":
        return format_html("<strong>{}</strong>", piece.text)
    if piece.kind == "mark":
        return format_html('<strong lang="zh-Hans">{}</strong>', piece.text)
    if piece.kind == "hash":
        return format_html('<span class="paper__hash">{}</span>', piece.text)
    return piece.text
