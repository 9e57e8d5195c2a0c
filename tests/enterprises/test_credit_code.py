"""Tests of the unified social credit code."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from enterprises.credit_code import (
    ALPHABET,
    CodeFault,
    Problem,
    check_character,
    city_of,
    fold,
    problem,
)

beginnings = st.text(ALPHABET, min_size=17, max_size=17)
codes = beginnings.map(lambda first17: first17 + check_character(first17))


@pytest.mark.parametrize("code", ["91110000600037341L", "91110108551385082Q"])
def test_published_codes_have_nothing_wrong(code):
    assert problem(code) is None


@given(beginnings)
def test_the_check_character_is_what_the_standard_computes(first17):
    total = sum(ALPHABET.index(c) * 3**i for i, c in enumerate(first17))
    assert check_character(first17) == ALPHABET[(31 - total % 31) % 31]


def test_a_remainder_of_zero_gives_the_character_zero():
    assert check_character("0" * 17) == "0"


@given(st.sampled_from("ANY"), st.text(ALPHABET, min_size=16, max_size=16))
def test_codes_that_begin_with_a_letter_are_verified_too(letter, rest):
    first17 = letter + rest
    assert problem(first17 + check_character(first17)) is None


@given(
    st.from_regex(r"9[1-3]37[0-9]{4}", fullmatch=True), st.text(ALPHABET, min_size=9, max_size=9)
)
def test_on_companies_we_agree_with_stdnum(place, organisation):
    first17 = place + organisation
    assert uscc.is_valid(first17 + check_character(first17))


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET + "IOZSV-一a"))
def test_any_one_changed_character_is_caught(code, index, character):
    assume(code[index] != character)
    assert problem(code[:index] + character + code[index + 1 :]) is not None


@pytest.mark.parametrize("forbidden", "IOZSV")
def test_a_forbidden_letter_is_named_with_its_place(forbidden):
    assert problem(f"9137{forbidden}000600037341L") == Problem(
        CodeFault.CHARACTER, 18, position=5, character=forbidden
    )


@pytest.mark.parametrize("code", ["", "91110000600037341", "91110000600037341LL"])
def test_a_wrong_length_is_told(code):
    assert problem(code) == Problem(CodeFault.LENGTH, len(code))


def test_a_wrong_check_character_is_told_with_the_one_that_fits():
    assert problem("91110000600037341M") == Problem(
        CodeFault.CHECK, 18, position=18, character="M", expected="L"
    )


def test_folding_narrows_strips_and_raises():
    assert fold(" ９１１１００００600037341l\u3000\n") == "91110000600037341L"


@pytest.mark.parametrize("first17", ["", "1" * 16, "1" * 18, "I" * 17, "1" * 16 + " "])
def test_what_does_not_begin_a_code_has_no_check_character(first17):
    with pytest.raises(ValueError, match="beginning"):
        check_character(first17)


@pytest.mark.parametrize(
    ("place", "city"),
    [
        pytest.param("370102", "370100", id="a district of Jinan"),
        pytest.param("371202", "370100", id="Laiwu, now part of Jinan"),
        pytest.param("370800", "370800", id="Jining"),
        pytest.param("371781", "371700", id="Heze"),
        pytest.param("370000", None, id="province level"),
        pytest.param("371802", None, id="a city there never was"),
        pytest.param("379900", None, id="nor this"),
        pytest.param("110108", None, id="Beijing"),
        pytest.param("37", None, id="too short"),
    ],
)
def test_the_city_is_read_from_the_place_of_registration(place, city):
    assert city_of(f"91{place}MA3C0000X") == city
