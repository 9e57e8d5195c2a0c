"""Facts for templates, made by hand: a city with three firms, two parks, blocks and tasks."""

from datetime import date
from decimal import Decimal

from submissions.workbook.layout import CITY_LABELS, DUE_NOW, LAST_QUARTER, LAST_YEAR, CellKind
from submissions.workbook.template.facts import RuleText, TemplateFacts, TemplateLine
from tests.submissions.fault_catalogue import forge

STAMP = '["370100","2025Q3",1]:signed'
SPITEFUL = "=HYPERLINK(示例)"


def firm(number, **given):
    """A firm with figures of last quarter and of a year earlier, in yuan."""
    values = {
        "credit_code": forge.credit_code(number),
        "name": f"示例环保企业{number}",
        "park": "示例园区甲",
        "revenue_last_year": Decimal(8_000_000 + number),
    }
    references = {
        f"{LAST_QUARTER}环保业务产值": Decimal("6000000.55"),
        f"{LAST_QUARTER}环保业务营业收入": Decimal(5_000_000),
        f"{LAST_YEAR}环保业务营业收入": Decimal(8_000_000 + number),
        f"{LAST_YEAR}从业人员": 120,
    }
    return TemplateLine(values | given.pop("values", {}), references, **given)


def facts(**given):
    """Facts with everything that a template can contain."""
    city = [
        TemplateLine(
            {"measure": label, "last_year": Decimal(90_000_000) if money else 40},
            {f"{LAST_QUARTER}累计": Decimal(70_000_000) if money else 44},
            unit="万元" if money else "家",
        )
        for label, money in ((k, v.kind is CellKind.MONEY) for k, v in CITY_LABELS.items())
    ]
    parks = [
        TemplateLine({"park": name}, {f"{LAST_QUARTER}入园企业数": 7})
        for name in ("示例园区甲", "示例园区乙")
    ]
    blocks = [
        TemplateLine(
            {
                "content": content,
                "category": "专业园区",
                "name": "示例",
                "planned_on": date(2025, 12, 31),
            },
            {f"{LAST_QUARTER}状态": "在建"},
        )
        for content in ("专业园区1", "专业园区2")
    ]
    tasks = [
        TemplateLine(
            {
                "number": number,
                "task": "推进园区污水处理提标改造",
                "step": "印发方案",
                "standard": "印发文件",
                "first_due": date(2025, 9, 30),
                "node": f"{number}#1",
            },
            {
                DUE_NOW: date(2025, 12, 31),
                f"{LAST_QUARTER}状态": "推进中",
                f"{LAST_QUARTER}进展说明": "完成招标",
            },
        )
        for number in ("1-01", "2-03")
    ]
    remark = {"revenue": "W157 疑似单位错误"}
    return TemplateFacts(
        **{
            "title": "济南市 2025Q3 季度报表",
            "reporter": "济南市生态环境局",
            "period": "2025年1—9月",
            "stamp": STAMP,
            "lines": {
                "city": city,
                "enterprises": [
                    firm(1),
                    firm(2, remarks=remark),
                    firm(3, values={"name": SPITEFUL, "park": None}),
                ],
                "parks": parks,
                "blocks": blocks,
                "tasks": tasks,
            },
            "parks": ["示例园区甲", "示例园区乙"],
            "statuses": ["未开工", "在建", "建成运营", "停建"],
            "contents": ["专业园区1", "专业园区2"],
            "categories": ["专业园区"],
            "states": ["未启动", "推进中", "基本完成", "已完成", "需协调"],
            "instructions": ["白色单元格请填写。", "没有数据请留空。"],
            "rules": [RuleText("E146", "必须修改", "不是数字。", "写成 1234.5。")],
            "remarks": ["请核对企业2的营业收入。"],
        }
        | given
    )
