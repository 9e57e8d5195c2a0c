"""For each rule a reading close to its violation, for which its message would be false."""

from datetime import date
from decimal import Decimal

from foundation.quarters import Quarter
from submissions.rules.context import Registered
from submissions.rules.task_steps import Steps
from submissions.rules.template_signature import stamp
from submissions.workbook.contents import Value
from tests.submissions.rules.workshop import (
    block,
    code,
    earlier,
    firm,
    jinan,
    measures,
    park,
    reading,
    step,
    task,
)

FIRST_QUARTER = Quarter(2025, 1)
BIG = 100_000_000


def firms(*given, **others):
    return reading(enterprises=list(given), **others)


def with_nil(looked, kind="city", reason="全市环保企业均已迁出"):
    looked.tables[kind].nil = Value(reason, "A4", reason)
    return looked


def stamped(looked):
    class Period:
        code = "2025Q3"

    looked.stamp = stamp(jinan(), Period)
    return looked


def of_tasks(*lines, steps=None, elsewhere=(), **given):
    """A reading with these lines of 任务进展, and the steps that the city answers for."""
    return firms(firm(), tasks=list(lines), **given), {
        "steps": Steps.of(steps or [step()], elsewhere)
    }


DONE = {"state": "已完成", "done_on": date(2025, 9, 30), "evidence": "鲁环发〔2025〕9号"}


def many(number, **given):
    return [firm(n, **given) for n in range(1, number + 1)]


# code -> (reading, what is known besides)
READINGS = {
    "E180": lambda: (firms(firm(output_value=0, revenue=0)), {}),
    "E181": lambda: (firms(firm(revenue=30_000_001, total_revenue=30_000_001)), {}),
    "W182": lambda: (firms(firm(rd_expenditure=30_000_001)), {}),
    "E183": lambda: (firms(firm(), city=measures(enterprises=5, enterprises_over_100m=5)), {}),
    "E184": lambda: (firms(firm(), city=measures(output_value=20_000_001)), {}),
    "W185": lambda: (firms(firm(1), totals=[{"label": "合计", "output_value": 20_000_000}]), {}),
    "W186": lambda: (
        firms(firm(revenue=BIG, total_revenue=BIG), city=measures(enterprises_over_100m=0)),
        {},
    ),
    "E187": lambda: (firms(firm(), city=measures(output_value=20_000_001)), {}),
    "W188": lambda: (firms(firm(), city=measures(output_value=None)), {}),
    "W159": lambda: (firms(firm(revenue=-5)), {"previous": earlier(1)}),
    "W160": lambda: (firms(firm(1)), {"previous": earlier(2, expected=False)}),
    "W161": lambda: (firms(firm(1, employees=41)), {"previous": earlier(1)}),
    "W176": lambda: (
        firms(firm(1, revenue_last_year=10_000_001 + 4_000)),
        {"year_earlier": earlier(1)},
    ),
    "E155": lambda: (firms(firm(), period="2025Q3"), {}),
    "E156": lambda: (firms(firm()), {"today": date(2025, 10, 1)}),
    "E162": lambda: (firms(firm(), reporter="济南市莱芜区生态环境局"), {}),
    "W163": lambda: (firms(firm(), reporter="莱芜市环保局"), {}),
    "W164": lambda: (firms(firm(), period=None, form="csv"), {}),
    "E175": lambda: (firms(firm(credit_code=code(1)[:17] + "?")), {}),
    "E142": lambda: (firms(firm(credit_code=code(1)[:17])), {}),
    "E143": lambda: (firms(firm(credit_code=code(1))), {}),
    "E151": lambda: (firms(firm(1), firm(2, name="企业1")), {}),
    "E153": lambda: (firms(firm(1)), {"register": {}}),
    "W152": lambda: (firms(firm(1, credit_code=code(1)[:17])), {"register": {}}),
    "W154": lambda: (
        firms(firm(1, name="山东（集团）公司")),
        {"register": {code(1): Registered("山东(集团) 公司", "370100")}},
    ),
    "E228": lambda: (firms(firm(1, name="3M环保", remark="是否停产？待查实")), {}),
    "E177": lambda: (
        firms(firm(1, name="企业2"), firm(2)),
        {"register": {code(n): Registered(f"企业{n}", "370100") for n in (1, 2)}},
    ),
    "E206": lambda: (firms(firm(1, remark="停业")), {"previous": earlier(1)}),
    "E207": lambda: (firms(firm(1)), {}),
    "E208": lambda: (with_nil(firms(firm(1, output_value=0))), {}),
    "E209": lambda: (
        with_nil(firms(firm(1))),
        {"period": FIRST_QUARTER, "city_previous": {"output_value": Decimal(5)}},
    ),
    "E136": lambda: (stamped(firms(firm(1))), {}),
    "W165": lambda: (firms(firm(1, park="园区 甲")), {}),
    "W166": lambda: (firms(firm(1), parks=[park("园区　甲")]), {}),
    "W167": lambda: (firms(firm(1), parks=[]), {"parks": {}}),
    "E173": lambda: (firms(firm(1), parks=[park("园区甲"), park("园区乙")]), {}),
    "W168": lambda: (firms(firm(1), blocks=[]), {"categories": None}),
    "W169": lambda: (firms(firm(1), blocks=[block(category=" 专业园区 ")]), {}),
    "W170": lambda: (firms(firm(1), blocks=[block("创新中心9", category="创新中心")]), {}),
    "W171": lambda: (firms(firm(1), blocks=[block("专业园区9")]), {}),
    "E172": lambda: (firms(firm(1), blocks=[block(status=None)]), {}),
    "E174": lambda: (firms(firm(1), blocks=[block("专业园区1"), block("专业园区2")]), {}),
    "W201": lambda: (firms(*many(7)), {"previous": {}}),
    "W202": lambda: (firms(firm(1, revenue=20_000_000)), {"year_earlier": earlier(1)}),
    "W203": lambda: (firms(*many(9), firm(20, employees=0)), {}),
    "W157": lambda: (firms(firm(1, revenue=25_000_000)), {"previous": earlier(1)}),
    "E158": lambda: (firms(*many(2)), {"previous": earlier(1, revenue=1_000)}),
    "W210": lambda: (firms(*many(3)), {"register": {}, "first_return": False}),
    "W224": lambda: (firms(firm(1), parks=[park("园区甲")]), {}),
    "W280": lambda: (stamped(firms(firm(1))), {}),
    "W178": lambda: (firms(*many(9), firm(20, revenue=100_000, output_value=200_000)), {}),
    "E250": lambda: of_tasks(task(node=None)),
    "E251": lambda: of_tasks(task(), elsewhere=["1-02"]),
    "E252": lambda: of_tasks(task(step="印发 方案")),
    "E253": lambda: of_tasks(task(), task("1-02"), steps=[step(), step("1-02")]),
    "E254": lambda: of_tasks(task(state="推进 中")),
    "E255": lambda: of_tasks(task(state=None, remark=None)),
    "E256": lambda: of_tasks(task(remark="完成")),
    "E257": lambda: of_tasks(
        task(remark="开工三处"), steps=[step(last={"state": "under_way", "text": "开工两处"})]
    ),
    "E258": lambda: of_tasks(task(**DONE), steps=[step(last={"state": "done", "text": "已印发"})]),
    "E259": lambda: of_tasks(task(**DONE)),
    "E260": lambda: of_tasks(task(**DONE)),
    "E261": lambda: of_tasks(task(state="基本完成")),
    "E262": lambda: of_tasks(task(**DONE | {"evidence": None}), steps=[step(has_evidence=True)]),
    "E263": lambda: of_tasks(task(state="需协调", help_wanted="请协调用地指标")),
    "E264": lambda: of_tasks(task(remark="字" * 2000)),
    "W265": lambda: of_tasks(task(), steps=[step(), step("1-02", is_open=False)]),
    "W266": lambda: (of_tasks(task())[0], {"reported": frozenset({"city", "enterprises"})}),
}
