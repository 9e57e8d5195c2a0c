"""Names that differ: the right firm is first among the candidates, and none is taken."""

from decimal import Decimal
from random import Random

import pytest

from submissions.workbook.contents import Line, Reading, SheetTable, Value
from submissions.workbook.foreign.firm_names import FirmNames, KnownFirm
from submissions.workbook.foreign.firms import open_names, with_codes

CITIES = {"济南市": "370100", "青岛市": "370200", "淄博市": "370300", "潍坊市": "370700"}
FIRST = "绿清蓝源泰和宏瑞鑫恒润泽海天鲁齐康正华盛中环科智安信达丰博远佳洁净碧晨星"
TRADES = (
    "环保科技",
    "水务",
    "环境工程",
    "固废处理",
    "节能装备",
    "生态科技",
    "环境检测",
    "再生资源",
)
FORMS = ("有限公司", "股份有限公司", "有限责任公司", "集团有限公司")


def register(random, many=600):
    """Return a register with names that are as alike as those of real firms."""
    firms, seen = [], set()
    while len(firms) < many:
        city = random.choice(list(CITIES))
        place = random.choice(["山东", city.removesuffix("市"), ""])
        stem = "".join(random.sample(FIRST, random.choice([2, 2, 3])))
        trade = random.choice(TRADES)
        if (stem, trade) in seen:
            continue
        seen.add((stem, trade))
        name = place + stem + trade + random.choice(FORMS)
        size = Decimal(random.randrange(10**6, 10**9))
        firms.append(KnownFirm(f"C{len(firms):05}", name, CITIES[city], (), size))
    return firms


def other_form(name, random):
    for form in sorted(FORMS, key=len, reverse=True):
        if name.endswith(form):
            rest = [one for one in (*FORMS, "股份公司", "") if one != form]
            return name.removesuffix(form) + random.choice(rest)
    return name


def brackets(name, random):
    pair = random.choice(["（{}）", "({})", "【{}】"])
    at = random.randrange(4, 6)
    return name[:at] + pair.format(random.choice(["山东", "中国"])) + name[at:]


def city_prefix(name, random):
    for place in ("山东", *(city.removesuffix("市") for city in CITIES)):
        if name.startswith(place):
            return random.choice(["", "山东省", "济南市"]) + name.removeprefix(place)
    return random.choice(["山东", "山东省", "青岛"]) + name


def wrong_character(name, random):
    at = random.randrange(2, len(name) - 4)
    return name[:at] + random.choice("洲沅淸藍蓉奥宇") + name[at + 1 :]


def width(name, random):
    return " ".join([name[:3], name[3:]]) + "\u3000"


# Held out while the comparison was built: an abbreviation, as people say the name.
def abbreviated(name, random):
    return other_form(name, random).replace("科技", "").replace("工程", "").replace("处理", "")


@pytest.mark.parametrize(
    "variant", [other_form, brackets, city_prefix, wrong_character, width, abbreviated]
)
def test_the_right_firm_is_first_in_95_of_100(variant):
    random = Random(311)
    firms = register(random)
    names = FirmNames(firms, CITIES)
    meant = random.sample(firms, 200)
    right = 0
    for firm in meant:
        size = firm.size * Decimal(random.randrange(80, 120)) / 100
        found = names.candidates(variant(firm.name, random), city=firm.city, size=size)
        right += bool(found) and found[0].firm == firm
    assert right / len(meant) >= 0.95, right


def test_a_former_name_finds_the_firm_and_says_by_which():
    firm = KnownFirm("C1", "山东新名环保有限公司", "370100", ("济南旧称水务有限公司",))
    [found, *_] = FirmNames([firm], CITIES).candidates("旧称水务", city="370100")
    assert (found.firm, found.by_name, found.same_city) == (firm, "济南旧称水务有限公司", True)
    assert found.likeness < 1


def test_only_the_very_name_has_a_likeness_of_one():
    firm = KnownFirm("C1", "山东绿源环保科技有限公司", "370100")
    names = FirmNames([firm], CITIES)
    assert names.candidates("山东绿源环保科技有限公司")[0].likeness == 1
    assert names.candidates("山东绿源环保科技有限责任公司")[0].likeness < 1
    assert names.candidates("毫不相干") == []
    assert names.candidates("（）") == []


def test_city_and_size_decide_between_like_names():
    firms = [
        KnownFirm("C1", "济南绿源环保有限公司", "370100", (), Decimal(10**6)),
        KnownFirm("C2", "青岛绿源环保有限公司", "370200", (), Decimal(10**8)),
        KnownFirm("C3", "绿源环保股份有限公司", "370100", (), Decimal(10**8)),
    ]
    names = FirmNames(firms, CITIES)
    assert names.candidates("绿源环保", city="370200")[0].firm.code == "C2"
    by_size = names.candidates("绿源环保", city="370100", size=Decimal(9 * 10**7))
    assert by_size[0].firm.code == "C3"


def reading(*names):
    lines = [
        Line(row, {"name": Value(name, f"B{row}", name),
                   "revenue": Value(Decimal(5), f"C{row}", "5")})
        for row, name in enumerate(names, start=3)
    ]  # fmt: skip
    return Reading({"enterprises": SheetTable("enterprises", "表", lines=lines)})


def test_none_is_taken_without_a_person_and_what_is_open_counts_nowhere():
    found = with_codes(reading("甲公司", "乙公司"), {})
    assert found.tables["enterprises"].lines == []
    assert [(one.code, one.sheet, one.cell) for one in found.faults] == [
        ("W294", "表", "B3"),
        ("W294", "表", "B4"),
    ]


def test_a_chosen_firm_gets_its_code_with_the_cell_of_its_name():
    found = with_codes(reading("甲 公司", "乙公司"), {"甲公司": "X1", "乙公司": ""})
    [line] = found.tables["enterprises"].lines
    assert line.values["credit_code"] == Value("X1", "B3", "甲 公司")
    assert [one.value for one in found.faults] == ["乙公司"]
    assert open_names(reading("甲公司", "甲公司", "丙")) == ["甲公司", "丙"]
