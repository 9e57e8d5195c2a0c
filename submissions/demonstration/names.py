"""
Names and credit codes of fictional firms. Pure.

A name begins with 示例. A code passes every check, and has DEM where a real organisation's
code has digits or MA, so that it belongs to nobody.
"""

import random
from collections.abc import Iterator

from enterprises.credit_code import check_character

FIRST = "海岱泰沂鲁齐汶泗潍胶渤蓝青碧清绿瑞恒信宏润华新盛泽源景云禾嘉朗澄"
SECOND = "岱泉川源洲原澜峰林森泽润和达成通远航晟诚禹舜河岳松柏谷丰安宁明升"

BUSINESSES = {
    "manufacturing": ("环保装备", "水处理设备", "除尘设备", "环保材料", "膜科技", "监测仪器"),
    "services": ("环境工程", "环境检测", "生态修复", "水务运营", "环境科技"),
    "resource-use": ("再生资源", "固废利用", "循环科技", "资源综合利用"),
}


def brands(rng: random.Random) -> Iterator[str]:
    """Yield about a thousand different two-character brands."""
    pairs = [first + second for first in FIRST for second in SECOND if first != second]
    rng.shuffle(pairs)
    yield from pairs


def firm_name(brand: str, field: str, rng: random.Random, *, joint_stock: bool) -> str:
    """Return a firm's name, such as 示例·海岱环保装备有限公司."""
    ending = "股份有限公司" if joint_stock else "有限公司"
    return f"示例·{brand}{rng.choice(BUSINESSES[field])}{ending}"


def credit_code(place: str, number: int) -> str:
    """
    Return the valid credit code of a numbered firm registered at a place (GB/T 2260).

    Raises ValueError for a number of more than five digits.
    """
    if not 0 <= number < 100_000:
        raise ValueError(f"{number} does not fit into a code.")
    organisation = f"DEM{number:05d}"
    body = f"91{place}{organisation}{organisation_check(organisation)}"
    return body + check_character(body)


def organisation_check(first8: str) -> str:
    """
    Return the check character of an organisation code.

        C9 = 11 − Σ value(i) × weight(i) mod 11; 10 is written X, 11 is written 0

    Source: GB 11714.
    """
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign, 36) * weight for sign, weight in zip(first8, weights, strict=True))
    return "0123456789X0"[11 - total % 11]
