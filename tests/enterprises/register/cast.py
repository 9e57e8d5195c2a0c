"""Files of a register, uploaded and confirmed as the admin does; and what the pages then say."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises.register.reading.reading_sandbox import read_register
from enterprises.register.reading.register_file import REQUIRED
from foundation.exporting import csv_bytes
from submissions.workbook.sandbox import result_of

IMPORT = "admin:enterprises_enterprise_import"
PROCESS = "admin:enterprises_enterprise_process_import"
EXPORT = "admin:enterprises_enterprise_export"


def dataset_of(content):
    return result_of(read_register(content))


def upload(client, content, name="register.csv", reason="Yearly revision of the register"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(IMPORT), {"import_file": file, "reason": reason}, follow=True)


def confirm(client, preview):
    return client.post(reverse(PROCESS), {"preview": preview.context["job"].pk}, follow=True)


def register(*rows, headings=REQUIRED):
    return csv_bytes(headings, rows)


def refusals(page):
    return {row: why for row, _code, _name, why in page.context["outcome"].refused}


def error_of(page):
    return page.context["job"].error


def may_be_confirmed(page):
    return "Confirm import" in page.content.decode()
