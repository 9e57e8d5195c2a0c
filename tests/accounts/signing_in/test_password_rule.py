import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.one_time_password import one_time_password
from accounts.signing_in.password_rule import WORDS, KnownWordsValidator

LI = User(username="li.weiguo", last_name="李", first_name="卫国", email="liwg@example.com")


@pytest.mark.parametrize(
    "password",
    [
        # Those that were taken before, and others of their kind.
        *("shandong311", "jinanjinan", "311tracker", "zhangsan1990", "mima123456"),
        *(
            "JiNan@2026!!",
            "济南市生态环境局2026",
            "山东省环保厅311",
            "ｓｈａｎｄｏｎｇ３１１",
            "huanbao20260101",
        ),
        *(
            "1qaz2wsx3edc",
            "qwertyuiop",
            "zxcvbnm,./asdf",
            "poiuytrewq",
            "1q2w3e4r5t6y",
            "qweasdzxc1",
        ),
        *(
            "aaaaaaaaaaaa",
            "abababababab",
            "password2026",
            "yantai.weihai",
            "13953112345",
            "li.weiguo2026",
        ),
        *("weiguoweiguo1", "卫国19900101卫国", "liwg12345678", "admin@admin1", "woaini5201314"),
    ],
)
def test_what_everybody_would_try_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        KnownWordsValidator().validate(password, LI)
    assert "Too little of this password is left" in refused.value.messages[0]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "窗台上三盆薄荷与旧船票",
        "jinan-teapot-lantern",
        "vR7!mq2;Lx0e",
        "umbrella kite 88",
    ],
)
def test_words_that_have_nothing_to_do_with_the_office_are_taken(password):
    validate_password(password, LI)


@given(st.lists(st.sampled_from([*WORDS, "2026", "1999", "12345", "qwer"]), min_size=3, max_size=6))
def test_known_words_are_refused_in_whatever_order(words):
    """But for what forms of itself where two of them meet, as in any list of words."""
    with pytest.raises(ValidationError):
        KnownWordsValidator().validate("#".join(words)[:60] if len(words) < 4 else "".join(words))


def test_what_is_handed_over_passes_the_rule():
    for _ in range(200):
        validate_password(one_time_password(), LI)


@pytest.mark.parametrize("length", [9, 10])
def test_ten_characters_are_enough_and_nine_are_not(length):
    password = "vR7!mq2;Lx0e"[:length]
    if length == 10:
        validate_password(password)
    else:
        with pytest.raises(ValidationError):
            validate_password(password)
