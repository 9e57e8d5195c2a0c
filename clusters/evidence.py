"""The documents and addresses that a city names in its own words as evidence. Pure."""

import re

# 《山东省……实施方案》, with the number that may follow it; 鲁环发〔2024〕12号; an address.
NUMBER = r"[\u4e00-\u9fff]{1,12}[〔\[【(（]\s*20\d\d\s*[〕\]】)）]\s*(?:第\s*)?\d{1,5}\s*号"
REFERENCE = re.compile(
    rf"《[^《》\n]{{2,120}}》(?:[（(]{NUMBER}[）)])?|{NUMBER}|https?://[^\s，。；、）)》]{{4,200}}"
)
# Words before a number that are not the issuing office's.
LED_IN = re.compile("^[^《〔]*?(?:依据|根据|按照|详见|参见|见)")


def references(text: str) -> tuple[str, ...]:
    """
    Return what a text refers to, each once, in its order: titled documents, numbers, addresses.

    Empty if it names none: then there is a statement, and no evidence that anybody could look up.
    """
    found = (LED_IN.sub("", one.group()) for one in REFERENCE.finditer(text))
    return tuple(dict.fromkeys(found))
