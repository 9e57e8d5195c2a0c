from enterprises.thresholds import NEAR_FROM, OVER_100M
from indicators.catalogue import INDICATORS
from indicators.formulas import firm_outlook
from indicators.models import Target


def test_every_indicator_says_what_it_is_and_is_found_by_its_code():
    for code, indicator in INDICATORS.items():
        assert indicator.code == code
        assert all(
            str(text)
            for text in (
                indicator.name,
                indicator.short_name,
                indicator.scope,
                indicator.formula,
                indicator.source,
            )
        )


def test_codes_fit_where_targets_keep_them():
    longest = Target._meta.get_field("indicator").max_length
    assert all(len(code) <= longest for code in INDICATORS)


def test_near_is_the_same_line_in_the_register_and_in_the_outlook():
    assert firm_outlook.NEAR_FROM * OVER_100M == NEAR_FROM
