"""
Passwords that everybody who knows the work would try: places, units, years, keyboard runs, names.

The rule: take out the words below, the user's own names, runs of the keyboard and of digits, and
repetitions. At least FEWEST_LEFT characters must be left, FEWEST_DIFFERENT of them different.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_LEFT = 6
FEWEST_DIFFERENT = 4
# A shorter part of a name stands in half of all words.
SHORTEST_NAME = 3

# The province and its 16 cities.
PLACES = (
    *("山东", "shandong", "济南", "jinan", "青岛", "qingdao", "淄博", "zibo", "枣庄", "zaozhuang"),
    *("东营", "dongying", "烟台", "yantai", "潍坊", "weifang", "济宁", "jining", "泰安", "taian"),
    *("威海", "weihai", "日照", "rizhao", "临沂", "linyi", "德州", "dezhou", "聊城", "liaocheng"),
    *("滨州", "binzhou", "菏泽", "heze", "zhongguo", "china", "beijing", "中国", "全省"),
)
# What the policy, its units and this product are called, in Chinese, pinyin and its initials.
POLICY = (
    *(
        "环保",
        "huanbao",
        "生态",
        "shengtai",
        "环境",
        "huanjing",
        "产业",
        "chanye",
        "统计",
        "tongji",
    ),
    *("tongji", "省厅", "shengting", "tongjiju", "huanbaoju", "huanbaoting", "shengtaihuanjing"),
    *("sthjt", "sthjj", "hbt", "hbj", "sdhb", "baosong", "报送", "qiye", "企业", "jiqun", "集群"),
    *("yuanqu", "园区", "tracker", "dashboard", "311", "省", "市", "局", "厅", "sheng", "ting"),
)
# What people take for want of another.
USUAL = (
    *("password", "passwd", "passw0rd", "p@ssw0rd", "mima", "密码", "admin", "administrator"),
    *("reviewer", "official", "auditor", "bureau", "root", "user", "test", "guest", "welcome"),
    *("login", "secret", "letmein", "guanliyuan", "管理员", "zhangsan", "lisi", "wangwu", "woaini"),
    *("nihao", "wode", "iloveyou", "aini", "woshi"),
)
WORDS = sorted({*PLACES, *POLICY, *USUAL}, key=len, reverse=True)

KEYBOARD = (
    *(
        "01234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "!@#$%^&*()_+",
        "abcdefghijklmnopqrstuvwxyz",
    ),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp"),
    *("1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "!qaz@wsx#edc$rfv%tgb"),
)
LINES = (*KEYBOARD, *(line[::-1] for line in KEYBOARD))
SHORTEST_RUN = 3
DIGITS = re.compile(r"\d{4,}")
# One sign three times or more, or several signs again and again.
REPEATED = re.compile(r"(.)\1{2,}|(..+?)\2+")
# Stands where something was taken out, so that what stood on both sides is not joined.
GAP = " "


class KnownWordsValidator:
    """Refuses a password of which too little is left without what everybody would try."""

    def validate(self, password, user=None):
        """Raise ValidationError, saying what to do."""
        left = what_is_left(password, names_of(user))
        if len(left) < FEWEST_LEFT or len(set(left)) < FEWEST_DIFFERENT:
            raise ValidationError(
                _(
                    "Too little of this password is left without place names, words of this work, "
                    "your own name, years and keyboard runs. Put three or four words together that "
                    "have nothing to do with your office."
                ),
                code="password_of_known_words",
            )

    def get_help_text(self):
        """Return what the page says before anybody has typed."""
        return _(
            "Place names, words of this work, your own name, years and keyboard runs do not count."
        )


def what_is_left(password: str, names: list[str]) -> str:
    """Return what of a password is left without known words, names, runs and repetitions."""
    rest = folded(password)
    for word in sorted([*WORDS, *names], key=len, reverse=True):
        rest = rest.replace(word, GAP)
    rest = DIGITS.sub(GAP, without_keyboard_runs(rest))
    return re.sub(r"\s", "", REPEATED.sub(GAP, rest))


def without_keyboard_runs(text: str) -> str:
    """Return a text with a gap for each run of keys side by side, forwards or backwards."""
    kept, place = [], 0
    while place < len(text):
        length = _longest_run(text[place:])
        kept.append(GAP if length else text[place])
        place += length or 1
    return "".join(kept)


def _longest_run(text: str) -> int:
    """Return the length of the run of keys that a text begins with; 0 for none."""
    length = 0
    while length < len(text) and any(text[: length + 1] in line for line in LINES):
        length += 1
    return length if length >= SHORTEST_RUN else 0


def names_of(user) -> list[str]:
    """Return the parts of a user's names; none without a user."""
    if user is None:
        return []
    email = user.email.partition("@")[0]
    whole = [user.username, user.first_name, user.last_name, user.last_name + user.first_name]
    parts = [part for name in [*whole, email] for part in [name, *re.split(r"[\W_]+", name)]]
    names = {folded(part) for part in parts}
    return [name for name in names if len(name) >= SHORTEST_NAME or (name and not name.isascii())]


def folded(text: str) -> str:
    """Return a text in the form in which it is compared: full-width signs and capitals are none."""
    return unicodedata.normalize("NFKC", text).casefold()
