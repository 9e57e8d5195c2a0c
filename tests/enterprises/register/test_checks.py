import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from enterprises.register.checks import CODES


def test_the_project_as_it_is_passes():
    call_command("check")
    assert openpyxl.DEFUSEDXML


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("code", [None, "", "fly"])
def test_a_permission_code_unset_or_unknown_stops_the_start(settings, name, code):
    setattr(settings, name, code)
    with pytest.raises(SystemCheckError, match=r"enterprises\.E001"):
        call_command("check")


def test_a_permission_code_that_is_not_there_stops_the_start(settings):
    del settings.IMPORT_EXPORT_IMPORT_PERMISSION_CODE
    with pytest.raises(SystemCheckError, match=r"enterprises\.E001"):
        call_command("check")


def test_openpyxl_without_defusedxml_stops_the_start(monkeypatch):
    monkeypatch.setattr(openpyxl, "DEFUSEDXML", False)
    with pytest.raises(SystemCheckError, match=r"enterprises\.E002"):
        call_command("check")
