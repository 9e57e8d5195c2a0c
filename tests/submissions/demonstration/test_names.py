import random
import subprocess
import sys

import pytest

from enterprises.credit_code import city_of, problem
from submissions.demonstration import names


def test_codes_are_valid_and_belong_to_nobody():
    codes = [names.credit_code("370100", number) for number in range(1000)]

    assert len(set(codes)) == 1000
    assert not [code for code in codes if problem(code)]
    # Real ones have digits or MA there.
    assert {code[8:11] for code in codes} == {"DEM"}


def test_the_organisation_part_has_its_own_check_character():
    # An organisation code printed in GB 11714 itself.
    assert names.organisation_check("D2143569") == "X"


def test_a_code_has_the_place_of_registration():
    assert city_of(names.credit_code("371700", 1)) == "371700"
    assert city_of(names.credit_code("371200", 1)) == "370100"


def test_a_number_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        names.credit_code("370100", 100_000)


def test_names_say_that_they_are_examples():
    name = names.firm_name("海岱", "services", random.Random(1), joint_stock=False)

    assert name.startswith("示例·海岱")
    assert name.endswith("有限公司")


def test_there_are_brands_for_a_thousand_firms():
    brands = list(names.brands(random.Random(1)))

    assert len(set(brands)) == len(brands) >= 1000


def test_the_same_seed_gives_the_same_province_in_another_process():
    code = (
        "from submissions.demonstration import province;"
        "print([(f.credit_code, f.name, f.revenue) for f in province.firms()][-1])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
        ).stdout
        for env in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    }
    assert len(runs) == 1
