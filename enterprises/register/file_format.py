"""
The register as an exported file.

Own formats in place of django-import-export's, which write live formulas (#1543). What is imported
is read in a child process (reading/).
"""

from import_export.formats.base_formats import Format

from foundation.exporting import csv_bytes, xlsx_bytes


class RegisterCsv(Format):
    """UTF-8 with BOM."""

    extension = "csv"
    write = staticmethod(csv_bytes)

    def get_title(self):
        return self.extension.upper()

    def can_export(self):
        return True


class RegisterXlsx(RegisterCsv):
    """A workbook with one sheet."""

    extension = "xlsx"

    @staticmethod
    def write(headings, rows):
        """Return the rows as a workbook."""
        return xlsx_bytes("企业名录", headings, rows)


FORMATS = [RegisterCsv, RegisterXlsx]
