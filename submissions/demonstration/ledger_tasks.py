"""
The demonstration's tasks: fictional, about forty over the plan's nine measures. Pure.

No document names a single task of the plan; every wording here says 示例.
"""

from dataclasses import dataclass
from enum import StrEnum


class Course(StrEnum):
    """How a task goes."""

    IN_TIME = "in time, its evidence checked"
    UNDER_WAY = "under way, its date far ahead"
    DUE_SOON = "due within a month"
    FORGOTTEN = "never reported"
    REFUSED = "missed; a later date was asked for too late"
    UNCHECKED = "said to be done, its evidence not checked"
    CAUGHT_UP = "done late"
    DEFERRED = "deferred in time"
    STANDING = "standing, reported every quarter"
    COORDINATION = "needs others"
    NO_STANDARD = "without a standard of completion"


@dataclass(frozen=True)
class DemoTask:
    """
    A task of the demonstration.

    who   codes of the cities that answer; without them the lead department does
    lead  the slug of the department
    """

    area: tuple[str, int]
    wording: str
    wording_en: str
    course: Course
    who: tuple[str, ...] = ()
    lead: str = "ecology"
    target: str = ""


JINAN, QINGDAO, ZIBO = "370100", "370200", "370300"
CLUSTERS = (JINAN, QINGDAO, ZIBO)
SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
C = Course


def _of(kind: str, position: int, *tasks: tuple) -> list[DemoTask]:
    return [DemoTask((kind, position), *one[:3], **one[3]) for one in tasks]


TASKS = [
    *_of(
        "support",
        1,
        ("编制环保治理需求清单", "Draw up a list of demand", C.IN_TIME, {"target": SHARE}),
        (
            "推进园区污水处理提标改造",
            "Upgrade sewage treatment in parks",
            C.UNDER_WAY,
            {"who": ("370600", "371000", "371500"), "target": SHARE},
        ),
        ("发布环境治理项目机会", "Publish project openings", C.STANDING, {"who": CLUSTERS}),
        (
            "开展第三方治理试点",
            "Try treatment by third parties",
            C.CAUGHT_UP,
            {"who": (ZIBO, "371600")},
        ),
        ("建设示范工程10个", "Build ten model projects", C.FORGOTTEN, {"who": ("371300",)}),
    ),
    *_of(
        "support",
        2,
        ("落实环保设备税收优惠", "Apply tax relief for equipment", C.IN_TIME, {"lead": "reform"}),
        (
            "设立产业发展专项资金",
            "Set up a fund for the industry",
            C.DEFERRED,
            {"who": (JINAN,), "target": FIRMS},
        ),
        ("兑付首台套奖补", "Pay grants for first sets", C.UNCHECKED, {"who": (QINGDAO, ZIBO)}),
        ("开展资金绩效评价", "Evaluate what funds achieved", C.STANDING, {}),
    ),
    *_of(
        "support",
        3,
        ("建立绿色项目库", "Build a register of green projects", C.IN_TIME, {"who": CLUSTERS}),
        (
            "推广环境权益质押贷款",
            "Promote loans on environmental rights",
            C.UNDER_WAY,
            {"who": ("370700", "370800"), "target": FIRMS},
        ),
        (
            "组织银企对接活动",
            "Bring banks and firms together",
            C.STANDING,
            {"who": ("370100", "370200", "370600")},
        ),
        ("发行绿色债券", "Issue green bonds", C.NO_STANDARD, {"lead": "reform"}),
    ),
    *_of(
        "support",
        4,
        (
            "建设省级创新平台",
            "Build innovation platforms",
            C.COORDINATION,
            {"who": (QINGDAO,), "target": SHARE},
        ),
        ("发布先进技术目录", "Publish a catalogue of techniques", C.IN_TIME, {}),
        (
            "实施关键技术攻关5项",
            "Solve five key technical problems",
            C.CAUGHT_UP,
            {"who": (JINAN,)},
        ),
        ("推动成果转化落地", "Put results to use", C.UNDER_WAY, {"who": ("370700", "371100")}),
        ("建设标准体系", "Set up standards", C.REFUSED, {"lead": "ecology"}),
    ),
    *_of(
        "support",
        5,
        ("引进领军人才团队", "Bring in leading teams", C.UNDER_WAY, {"who": CLUSTERS}),
        ("举办职业技能竞赛", "Hold a skills competition", C.IN_TIME, {"who": ("370400", "371400")}),
        ("共建实训基地", "Share training bases", C.DUE_SOON, {"who": ("370900",)}),
        ("开展企业家培训", "Train entrepreneurs", C.STANDING, {"target": FIRMS}),
    ),
    *_of(
        "support",
        6,
        ("建设产业服务平台", "Build a service platform", C.UNCHECKED, {"who": (QINGDAO,)}),
        (
            "培育服务机构20家",
            "Foster twenty service bodies",
            C.UNDER_WAY,
            {"who": ("370800", "371700")},
        ),
        ("编制企业服务手册", "Write a handbook for firms", C.IN_TIME, {}),
        ("组建产业联盟", "Form an alliance", C.CAUGHT_UP, {"who": ("370500",)}),
        ("完善统计调查制度", "Improve the survey", C.COORDINATION, {"lead": "reform"}),
    ),
    *_of(
        "organisation",
        1,
        ("建立厅际协调机制", "Set up coordination between departments", C.IN_TIME, {}),
        (
            "制定市级实施方案",
            "Adopt a plan in each city",
            C.IN_TIME,
            {"who": ("370400", "370500", "370900", "371100", "371400")},
        ),
        ("召开季度调度会", "Meet every quarter", C.STANDING, {}),
        (
            "建立重点企业联系制度",
            "Assign contacts to leading firms",
            C.UNDER_WAY,
            {"who": (JINAN, ZIBO), "target": FIRMS},
        ),
    ),
    *_of(
        "organisation",
        2,
        ("分解年度任务", "Divide the year's tasks", C.IN_TIME, {"lead": "reform"}),
        ("开展中期评估", "Hold a mid-term review", C.CAUGHT_UP, {}),
        ("督导集群建设进度", "Supervise the clusters", C.STANDING, {"who": CLUSTERS}),
        ("通报任务进展", "Circulate progress", C.FORGOTTEN, {"lead": "reform"}),
        ("编制终期评估方案", "Plan the closing assessment", C.DUE_SOON, {}),
    ),
    *_of(
        "organisation",
        3,
        ("举办环保产业博览会", "Hold a trade fair", C.IN_TIME, {"who": (JINAN,)}),
        ("宣传典型案例", "Publicise good examples", C.STANDING, {"who": ("371000", "371600")}),
        ("编印案例集", "Print a collection of cases", C.DEFERRED, {}),
        ("制作政策解读", "Explain the policy", C.NO_STANDARD, {}),
    ),
]
