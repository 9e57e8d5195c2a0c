"""Finishes a workbook: results of formulas, which openpyxl leaves out, and no time of writing."""

import io
import re
import zipfile
from decimal import Decimal

from submissions.workbook.xml_patch import escape_text

# Sheet -> address -> result.
Results = dict[str, dict[str, Decimal | int | str]]

# When the workbook was made and changed.
WRITTEN_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)</c>', re.DOTALL)


def with_results(content: bytes, names: list[str], results: Results) -> bytes:
    """
    Return the workbook with the result of each formula, for programs that do not calculate.

    The same contents give the same bytes, so that a second click makes no second version.
    `names` are its sheets in the order of their parts, as openpyxl numbers them.
    """
    file = io.BytesIO()
    parts = {f"xl/worksheets/sheet{at}.xml": name for at, name in enumerate(names, start=1)}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            part = before.read(entry)
            if known := results.get(parts.get(entry.filename, "")):
                part = CELL.sub(lambda match: _cell(match, known), part.decode()).encode()  # noqa: B023
            if entry.filename == "docProps/core.xml":
                part = WRITTEN_AT.sub(b"", part)
            after.writestr(zipfile.ZipInfo(entry.filename), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _cell(match: re.Match[str], known: dict[str, Decimal | int | str]) -> str:
    """Return the cell with its result, if there is one."""
    at, attributes, formula = match.groups()
    if at not in known:
        return match[0]
    result = known[at]
    kind = ' t="str"' if isinstance(result, str) else ""
    written = escape_text(result) if isinstance(result, str) else format(result, "f")
    return f'<c r="{at}"{attributes}{kind}><f>{formula}</f><v>{written}</v></c>'
