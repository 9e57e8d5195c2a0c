"""Messages and remedies of the faults that the reader reports of files, sheets and headings."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity, register

MANDATORY = Severity.MANDATORY
ADVISORY = Severity.ADVISORY

# The file itself
register(
    "E101",
    MANDATORY,
    _("The file would unpack to %(found)s MiB; the limit is %(limit)s MiB."),
    _("Save the workbook anew without pictures and empty formatted areas, then upload it again."),
)
register(
    "E102",
    MANDATORY,
    _("The file is incomplete or damaged."),
    _("Open it in Excel or WPS, save it as .xlsx and upload it again."),
)
register(
    "E103",
    MANDATORY,
    _("The file declares a document type or entities, which no workbook needs. It was not read."),
    _("Copy the tables into the template and upload that."),
)
register(
    "E104",
    MANDATORY,
    _("Reading the file took too much time or memory."),
    _("Copy the tables into the template, values only, and upload that."),
)
register(
    "E105",
    MANDATORY,
    _("The file is empty."),
    _("Save the workbook again and check its size before uploading it."),
)
register(
    "E106",
    MANDATORY,
    _("No spreadsheet program writes such a part of a file: %(reason)s."),
    _("Open it in Excel or WPS, save it as .xlsx and upload it again."),
)
register(
    "E107",
    MANDATORY,
    _("The file has %(found)s MiB; the limit is %(limit)s MiB."),
    _("Remove pictures and sheets that were not asked for."),
)
register(
    "E108",
    MANDATORY,
    _("The workbook has %(found)s sheets; the limit is %(limit)s."),
    _("Remove the sheets that were not asked for."),
)
register(
    "E109",
    MANDATORY,
    _("The sheet uses %(found)s columns or more; the limit is %(limit)s."),
    _("Remove the columns that were not asked for."),
)
register(
    "E110",
    MANDATORY,
    _("The sheet has %(found)s lines; the limit is %(limit)s."),
    _("Check for lines that were pasted twice. If there really are so many, tell the province."),
)
register(
    "E111",
    MANDATORY,
    _("The file is a web page (%(kind)s), though it may be named .xls."),
    _("Open it in Excel or WPS, save it as .xlsx and upload that."),
)
register(
    "W112",
    ADVISORY,
    _("The file is named %(named)s but is %(found)s. It was read as what it is."),
    _("Nothing need be done if the figures below are right. Next time, name it %(found)s."),
)
register(
    "E113",
    MANDATORY,
    _("The workbook contains macros, or is saved as one that may (.xlsm). That is not accepted."),
    _("Save it as .xlsx, which leaves the macros out, and upload that."),
)
register(
    "E114",
    MANDATORY,
    _("The file is protected by a password and cannot be read."),
    _("Remove the password and upload it again."),
)
register(
    "E115",
    MANDATORY,
    _("The file is %(kind)s, not a workbook."),
    _("Upload the workbook as .xlsx, or the enterprise lines as .csv."),
)
register(
    "E116",
    MANDATORY,
    _("The workbook has no sheet with cells."),
    _("Upload the workbook that was made from the template."),
)
register(
    "E117",
    MANDATORY,
    _("The file is a workbook of another kind (%(kind)s), which is not read here."),
    _(
        "Open it in the program it was made with, choose “Save as” and the type “Excel workbook "
        "(.xlsx)” (in LibreOffice “Excel 2007–365”), and upload that."
    ),
)
register(
    "E210",
    MANDATORY,
    _("The workbook is not filled in yet: it has no figure of this quarter."),
    _(
        "Fill in 城市汇总 and 企业明细. If the whole city has nothing to report, write the reason "
        "behind 本期无数据： in 城市汇总."
    ),
)
register(
    "E118",
    MANDATORY,
    _("The file is an XML table of Excel 2003, though it may be named .xls."),
    _("Open it in Excel or WPS, save it as .xlsx and upload that."),
)
register(
    "E119",
    MANDATORY,
    _("The file is of no type that is known here."),
    _(
        "Upload the workbook as .xlsx, or the enterprise lines as .csv. If your office encrypts "
        "documents, have the file decrypted first."
    ),
)

register(
    "E221",
    MANDATORY,
    _("The file has %(found)s parts, such as pictures and sheets; the limit is %(limit)s."),
    _("Remove pictures and sheets that were not asked for, save it and upload it again."),
)
register(
    "E222",
    MANDATORY,
    _("One part of the file (%(part)s) would unpack to %(found)s MiB; the limit is %(limit)s MiB."),
    _("Copy the tables into the template, values only, and upload that."),
)
register(
    "E223",
    MANDATORY,
    _("The file would unpack to %(found)s times its size; the limit is %(limit)s times."),
    _("Copy the tables into the template, values only, and upload that."),
)
register(
    "E224",
    MANDATORY,
    _(
        "The file is probably encrypted by document security software (%(product)s); only "
        "computers of your office can open it."
    ),
    _("Have it decrypted (解密) where it was written, or ask for a plain copy, and upload that."),
)

# A csv
register(
    "E121",
    MANDATORY,
    _("Line %(line)s, byte %(byte)s is neither UTF-8 nor GB18030."),
    _("Open the file in Excel or WPS, save it as “CSV UTF-8” and upload it again."),
)
register(
    "E122",
    MANDATORY,
    _(
        "The row has %(found)s fields, the headings have %(expected)s. It was not read, "
        "for its figures may stand in the wrong columns."
    ),
    _("Look for a comma too many or too few, or put texts with commas in quotation marks."),
)
register(
    "E123",
    MANDATORY,
    _("A quotation mark that is opened at line %(line)s or below is not closed properly."),
    _("Close or remove the quotation mark."),
)
register(
    "E124",
    MANDATORY,
    _("Line %(line)s contains a character without meaning (NUL)."),
    _("Open the file in Excel or WPS, save it again and upload it."),
)

register(
    "W232",
    ADVISORY,
    _(
        "%(found)s rows end before the last heading. The fields that are missing were taken as "
        "blank: rows %(rows)s."
    ),
    _("Check that their figures stand in the right columns, or save the file as .xlsx."),
)

# Sheets, labels and headings
register(
    "E125",
    MANDATORY,
    _("The reporting period is not understood."),
    _("Write it as 2025年1—9月, 2025年三季度 or 2025Q3. All figures count from January."),
)
register(
    "E126",
    MANDATORY,
    _("No row of headings was found within the first %(rows)s rows."),
    _("Use the headings of the template."),
)
register(
    "W127",
    ADVISORY,
    _("The sheet is hidden and was not read."),
    _("Unhide it if it is to count, otherwise delete it."),
)
register(
    "E128",
    MANDATORY,
    _("“%(heading)s” has no unit of money. Its amounts were not read."),
    _("Write 计量单位：万元 above the table, or the unit in the heading."),
)
register(
    "W129",
    ADVISORY,
    _("%(found)s cells outside the table were not read: %(cells)s."),
    _("Delete them, or move them into the table or the 说明 column."),
)
register(
    "E130",
    MANDATORY,
    _("The workbook has this sheet twice; only “%(first)s” was read."),
    _("Delete or rename the one that is not to count."),
)
register(
    "E131",
    MANDATORY,
    _("The cells %(range)s are merged; only the first of them holds a value."),
    _("Unmerge them and fill in every cell."),
)
register(
    "E132",
    MANDATORY,
    _("The column “%(heading)s” is missing."),
    _("Add the column with exactly this heading."),
)
register(
    "E133",
    MANDATORY,
    _("The heading “%(heading)s” stands twice; the first, in %(first)s, was read."),
    _("Delete or rename the column that is not to count."),
)
register(
    "E225",
    MANDATORY,
    _("The unit “%(unit)s” does not fit the column “%(heading)s”. Its figures were not read."),
    _("Count firms in 家 and people in 人, and write that in the heading or leave it out."),
)
register(
    "W134",
    ADVISORY,
    _("The column “%(heading)s” was not asked for and was not read."),
    _("Check the heading for a slip. If the column is your own, say so."),
)
register(
    "W135",
    ADVISORY,
    _("%(found)s hidden rows were read and count: %(rows)s."),
    _("Delete them if they are not to count."),
)
register(
    "W229",
    ADVISORY,
    _("The row “%(label)s” has figures and no credit code. It does not count."),
    _("Delete it, or, if it is an enterprise that is to count, write its code and name."),
)
register(
    "W230",
    ADVISORY,
    _("%(found)s rows hold nothing but zeros. They do not count: rows %(rows)s."),
    _("Delete them; often a formula was filled down too far."),
)
register(
    "E231",
    MANDATORY,
    _("%(found)s rows have figures, but neither code nor name: rows %(rows)s."),
    _("Write code and name, or delete the rows if they are not to count."),
)
register(
    "E137",
    MANDATORY,
    _("The sheet has no data rows."),
    _("Fill in the table. That nothing was reported is not the same as zero."),
)
register(
    "E138",
    MANDATORY,
    _("The sheet “%(heading)s” is missing. Sheets found: %(found)s."),
    _("Name the sheet exactly as in the template."),
)
register(
    "W139",
    ADVISORY,
    _(
        "The file has no sheet “%(heading)s”. If it is accepted so, the enterprises "
        "count, but the city's own totals stay unreported."
    ),
    _("Add the sheet, or say why it is missing."),
)
register(
    "W140",
    ADVISORY,
    _("Hidden columns were read and count: %(columns)s."),
    _("Delete them if they are not to count."),
)

# What the reader adds to the list
register(
    "W191",
    ADVISORY,
    _("“%(column)s” has more digits than there are fen; %(rounded)s yuan was taken."),
    _("Nothing need be done if the rounded amount is right."),
)
register(
    "E192",
    MANDATORY,
    _("There are %(found)s findings; only the first %(kept)s are listed."),
    _("Correct these and upload again. Most of them often have one cause."),
)
register(
    "E193",
    MANDATORY,
    _("This says something else than the same label before it; the first was taken."),
    _("Keep one of the two."),
)
register(
    "W194",
    ADVISORY,
    _("The workbook refers to other files. The values saved with it were read."),
    _("Replace the references by values if you are not sure they are current."),
)
register(
    "W195",
    ADVISORY,
    _("The row “%(measure)s” was not asked for and was not read."),
    _("Check the name for a slip."),
)
register(
    "E196",
    MANDATORY,
    _("The row “%(measure)s” stands twice; the first, in %(first)s, was read."),
    _("Delete the row that is not to count."),
)
register(
    "E197",
    MANDATORY,
    _("The unit “%(unit)s” does not fit “%(measure)s”. The row's figures were not read."),
    _("Use 元, 千元, 万元, 百万元 or 亿元 for money, 家 for enterprises, 人 for staff."),
)
register(
    "E198", MANDATORY, _("“%(column)s” must be a whole number."), _("Write it without decimals.")
)
register(
    "E199",
    MANDATORY,
    _("The file could not be read, for a reason that is ours to find."),
    _("Try again. If it happens twice, tell the province; the file is kept."),
)
