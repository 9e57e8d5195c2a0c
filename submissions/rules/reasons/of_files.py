"""Rationale and example of each rule on files."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "E101",
    _("A small file can be made to fill the memory of the server when it is unpacked."),
    _("A file of 1 MiB that holds 1 GiB of spaces."),
)
rationale(
    "E102",
    _("Half a file would look like half a city."),
    _("An upload that broke off at 90 percent."),
)
rationale(
    "E103",
    _("Such declarations serve attacks on the reader and nothing a bureau needs."),
    _("A sheet that asks for a file of the server."),
)
rationale(
    "E104",
    _("One file must not keep all others waiting."),
    _("A sheet with a billion formatted cells."),
)
rationale(
    "E105",
    _("Nothing was sent, and silence must not pass for a report."),
    _("A file of 0 bytes."),
)
rationale(
    "E106",
    _("If two programs read a file differently, nobody can say what was reported."),
    _("The same sheet stands in the file twice, under one name."),
)
rationale(
    "E107",
    _("A workbook of one city has some hundred kilobytes; larger ones hold something else."),
    _("Photographs pasted into the sheet 说明."),
)
rationale(
    "E108",
    _("Many sheets are the sign of a collection of files, and the wrong one may be read."),
    _("One sheet for each county."),
)
rationale(
    "E109",
    _("The table has ten columns; hundreds mean that something was pasted across."),
    _("A table pasted as one row."),
)
rationale(
    "E110",
    _("A province has fewer enterprises in this industry than that."),
    _("The lines were pasted three times, one below the other."),
)
rationale(
    "E111",
    _("Other systems hand out web pages named .xls; their numbers are only text."),
    _("An export of a web system, opened by Excel after a warning."),
)
rationale(
    "W112",
    _("The content counts; but a wrong name often means the wrong file."),
    _("A workbook renamed from .xlsx to .csv."),
)
rationale(
    "E113",
    _("Macros are programs, and nobody should have to run them."),
    _("A workbook saved as .xlsm."),
)
rationale(
    "E114",
    _("What cannot be opened cannot be checked."),
    _("A workbook with a password to open it."),
)
rationale(
    "E115",
    _("Only a workbook has cells to point at."),
    _("A scan of the signed table as .pdf."),
)
rationale(
    "E116",
    _("Charts alone say nothing that could be added up."),
    _("A workbook with one chart sheet."),
)
rationale(
    "E117",
    _("Each further kind of workbook that is read is one more that can be misread."),
    _("A workbook saved by LibreOffice as .ods."),
)
rationale(
    "E210",
    _("A blank template would otherwise be hundreds of blank cells, each a finding of its own."),
    _("The template, uploaded as it was downloaded."),
)
rationale(
    "E118",
    _("The format is no longer read by everyone in the same way."),
    _("An export of an old system under the name .xls."),
)
rationale(
    "E119",
    _("Guessing what a file is would mean guessing what was reported."),
    _("A file of random bytes."),
)
rationale(
    "E121",
    _("A name with question marks is another name."),
    _("A file saved as Big5."),
)
rationale(
    "E122",
    _("One comma too many moves every figure behind it into the next column."),
    _("“1,234” without quotation marks in a csv."),
)
rationale(
    "E123",
    _("Everything behind an open quotation mark would become one cell."),
    _("A name that begins with a quotation mark and does not end with one."),
)
rationale(
    "E124",
    _("Such a character marks a file that was damaged on its way."),
    _("A file copied from a broken disk."),
)
rationale(
    "E136",
    _("A template is filled in with one city's enterprises and one period's earlier figures."),
    _("The template of 2025Q2, filled in for 2025Q3."),
)
rationale(
    "W280",
    _("A stamp that does not hold is no offence, but then nothing proves whose template it is."),
    _("The hidden sheet was copied from another program, or edited."),
)
rationale(
    "E192",
    _("Thousands of findings help nobody, and most have one cause."),
    _("The whole column is in words instead of numbers."),
)
rationale(
    "W194",
    _("A reference to another file may be out of date, and we cannot look there."),
    _("A formula that points at last quarter's workbook."),
)
rationale(
    "E199",
    _("A failure of ours must not look like a fault of yours."),
    _("The reader broke off without a word."),
)
rationale(
    "E221",
    _("A file of thousands of parts takes long to open and is seldom what was meant."),
    _("A workbook with 2,500 pictures."),
)
rationale(
    "E222",
    _("A part that unpacks to so much would fill the memory of the computer that reads it."),
    _("One sheet of 65 MiB."),
)
rationale(
    "E223",
    _("What unpacks to many times its size is built to fill a computer, not to report."),
    _("A sheet of ten million blanks."),
)
rationale(
    "E224",
    _("Software that encrypts every document of an office leaves them unreadable elsewhere."),
    _("A file that opens in the office and nowhere else."),
)
rationale(
    "W232",
    _("Programs leave out blank fields at the end of a row, but a lost comma looks the same."),
    _("Rows without 说明, saved by Excel as csv."),
)
