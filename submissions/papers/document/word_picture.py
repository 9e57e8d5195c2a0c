"""A picture of quarters as shapes of a Word document: sharp at any size, and part of the text."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from submissions.papers.document.picture import HEIGHT, WIDTH, Picture, Place

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{path}"'
    for prefix, path in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "wpg": "microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
# English Metric Units in a point: the unit of shapes.
EMU = 12700
# Shapes have whole coordinates: so many in one unit of a picture.
FINE = 100
INK, SOFT = "16181B", "50565E"
DOT = 2.4


def picture_run(picture: Picture, width: float, number: int) -> Any:
    """
    Return a run that holds a picture, so many points wide; number is its own in the document.

    A program that knows no shapes shows its words instead.
    """
    size = f'cx="{round(width * EMU)}" cy="{round(width * HEIGHT / WIDTH * EMU)}"'
    field = f'cx="{WIDTH * FINE}" cy="{HEIGHT * FINE}"'
    label = quoteattr(picture.label)
    shapes = "".join(_shapes(picture, number * 1000))
    return parse_xml(
        f"<w:r {NAMESPACES}><mc:AlternateContent>"
        f'<mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="{number}" descr={label}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {field}/>'
        f"</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic>"
        f"</wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:t>{label[1:-1]}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _shapes(picture: Picture, first: int) -> Iterable[str]:
    """Yield each shape: the target beneath, then lines, ranges and dots."""
    drawn: list[tuple[str, str]] = []
    if picture.target:
        drawn.append((_path(picture.target), _stroke(0.75, SOFT, dash="dash")))
    drawn += [(_path(places), _stroke(1.25, INK)) for places in picture.lines]
    drawn += [(_path(places), _stroke(0.75, INK, dash="sysDot")) for places in picture.dashes]
    drawn += [(_path(places), _stroke(3, INK)) for places in picture.ranges]
    drawn += [(_dot(place), _fill(INK)) for place in picture.dots]
    for number, (geometry, look) in enumerate(drawn, start=first):
        yield (
            f'<wps:wsp><wps:cNvPr id="{number}" name="{number}"/><wps:cNvSpPr/>'
            f"<wps:spPr>{geometry}{look}</wps:spPr><wps:bodyPr/></wps:wsp>"
        )


def _path(places: Sequence[Place]) -> str:
    """Return the geometry of a line through places."""
    points = [(round(x * FINE), round(y * FINE)) for x, y in places]
    left, top = (min(one[at] for one in points) for at in (0, 1))
    width, height = (max(one[at] for one in points) - low for at, low in ((0, left), (1, top)))
    steps = "".join(
        f'<a:{"lnTo" if at else "moveTo"}><a:pt x="{x - left}" y="{y - top}"/>'
        f"</a:{'lnTo' if at else 'moveTo'}>"
        for at, (x, y) in enumerate(points)
    )
    return (
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{width}" h="{height}" '
        f'fill="none">{steps}</a:path></a:pathLst></a:custGeom>'
    )


def _dot(place: Place) -> str:
    x, y = (round((one - DOT) * FINE) for one in place)
    size = round(2 * DOT * FINE)
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{size}" cy="{size}"/></a:xfrm>'
        f'<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
    )


def _stroke(points: float, colour: str, dash: str = "solid") -> str:
    return (
        f'<a:noFill/><a:ln w="{round(points * EMU)}"><a:solidFill><a:srgbClr val="{colour}"/>'
        f'</a:solidFill><a:prstDash val="{dash}"/></a:ln>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
