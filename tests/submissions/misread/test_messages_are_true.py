"""
Every message of the catalogue, tested with something close to its fault for which it is false.

A new code needs an entry: in nearby_files.py if the reader reports it, in nearby_layouts.py if it
is of a foreign file, in nearby_cities.py if it takes a city's history, else in nearby_readings.py.
"""

import pytest

from submissions.rules.catalogue import CATALOGUE
from submissions.rules.rule import RULES
from submissions.validation import checking
from submissions.workbook.reading.workbook import read
from tests.submissions.fault_catalogue import forge
from tests.submissions.misread.nearby_cities import CITIES
from tests.submissions.misread.nearby_files import FILES, OUR_NAME
from tests.submissions.misread.nearby_layouts import LAYOUTS
from tests.submissions.misread.nearby_readings import READINGS
from tests.submissions.rules.workshop import codes, violations


@pytest.mark.parametrize("code", FILES)
def test_the_reader_does_not_say_it_of_a_file_for_which_it_is_false(code, tmp_path):
    made = FILES[code]()
    content, name = made if isinstance(made, tuple) else (made, OUR_NAME)
    reading = read(forge.saved(content, tmp_path, name), name)

    assert code not in [fault.code for fault in reading.faults]


@pytest.mark.parametrize("code", LAYOUTS)
def test_it_is_not_said_of_a_foreign_file_for_which_it_is_false(code, tmp_path):
    assert code not in [fault.code for fault in LAYOUTS[code](tmp_path)]


@pytest.mark.parametrize("code", READINGS)
def test_a_rule_does_not_say_it_of_a_reading_for_which_it_is_false(code):
    looked, known = READINGS[code]()

    assert code not in codes(violations(looked, **known))


@pytest.mark.parametrize("code", CITIES)
def test_a_rule_of_plausibility_does_not_say_it_of_a_city_for_which_it_is_false(code):
    assert code not in [finding.code for finding in CITIES[code]().findings()]


def test_every_code_has_a_file_a_reading_or_a_city_for_which_it_is_false():
    assert checking.RULES
    known = {*FILES, *LAYOUTS, *READINGS, *CITIES}
    absent, gone = sorted(set(CATALOGUE) - known), sorted(known - set(CATALOGUE))
    assert not absent, (
        f"Add to {'nearby_readings.READINGS' if absent[0] in RULES else 'nearby_files.FILES'} "
        f"something close to the fault for which the message is false: {', '.join(absent)}"
    )
    assert not gone, f"Take out of nearby_files or nearby_readings what is gone: {', '.join(gone)}"
