import pytest

from submissions.intake.foreign_reading import city_codes

pytestmark = pytest.mark.django_db


def test_a_city_that_was_joined_to_another_is_found_and_the_code_keeps_its_own_name(city):
    codes = city_codes()
    assert codes["莱芜"] == codes["济南市"] == "370100"
    assert {code: name for name, code in codes.items()}["370100"] == "济南市"
