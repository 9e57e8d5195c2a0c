"""One valid row of each kind: a test says only what it is about."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from stdnum.cn import uscc

from accounts.models import CityAssignment
from accounts.roles import ROLES
from clusters.models import City, CityReturn, Cluster, Plan, Publication, ReportingPeriod
from enterprises.models import Enterprise, EnterpriseReturn, Tier
from indicators.models import Target
from parks.models import Park

PUBLISHED_AT = datetime(2026, 1, 20, 8, tzinfo=UTC)

CITIES = {
    "370100": ("jinan", "济南市", "济南", "Jinan"),
    "370200": ("qingdao", "青岛市", "青岛", "Qingdao"),
    "370300": ("zibo", "淄博市", "淄博", "Zibo"),
    "370400": ("zaozhuang", "枣庄市", "枣庄", "Zaozhuang"),
    "370500": ("dongying", "东营市", "东营", "Dongying"),
    "370600": ("yantai", "烟台市", "烟台", "Yantai"),
    "370700": ("weifang", "潍坊市", "潍坊", "Weifang"),
    "370800": ("jining", "济宁市", "济宁", "Jining"),
    "370900": ("taian", "泰安市", "泰安", "Tai'an"),
    "371000": ("weihai", "威海市", "威海", "Weihai"),
    "371100": ("rizhao", "日照市", "日照", "Rizhao"),
    "371300": ("linyi", "临沂市", "临沂", "Linyi"),
    "371400": ("dezhou", "德州市", "德州", "Dezhou"),
    "371500": ("liaocheng", "聊城市", "聊城", "Liaocheng"),
    "371600": ("binzhou", "滨州市", "滨州", "Binzhou"),
    "371700": ("heze", "菏泽市", "菏泽", "Heze"),
}
_serial = count(1)


def make_city(code="370100"):
    slug, name, short_name, name_en = CITIES[code]
    return City.objects.get_or_create(
        code=code,
        defaults={"slug": slug, "name": name, "short_name": short_name, "name_en": name_en},
    )[0]


def make_cities():
    """All sixteen, of which some may be there."""
    there = set(City.objects.values_list("code", flat=True))
    City.objects.bulk_create(
        City(code=code, slug=slug, name=name, short_name=short_name, name_en=name_en)
        for code, (slug, name, short_name, name_en) in CITIES.items()
        if code not in there
    )
    return list(City.objects.filter(code__in=CITIES).order_by("code"))


def make_plan(**given):
    return Plan.objects.get_or_create(
        code=given.pop("code", "311"),
        defaults={"title": "311", "first_year": 2023, "last_year": 2025} | given,
    )[0]


def make_clusters():
    """The three clusters of the plan: Jinan, Qingdao, Zibo."""
    return [
        Cluster.objects.get_or_create(
            plan=make_plan(),
            city=make_city(code),
            defaults={"slug": CITIES[code][0], "name": CITIES[code][1], "name_en": CITIES[code][3]},
        )[0]
        for code in ("370100", "370200", "370300")
    ]


def make_period(code="2025Q3"):
    year, quarter = int(code[:4]), int(code[5])
    after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return ReportingPeriod.objects.get_or_create(
        code=code, defaults={"due_on": after + timedelta(days=14)}
    )[0]


def make_target(indicator="cluster-output-share", **given):
    kinds = {
        "cluster-output-share": {
            "value": Decimal("0.5"),
            "position": 1,
            "kind": "share",
            "measure": "output_value",
            "numerator": "cluster_cities",
        },
        "firms-over-100m": {
            "value": Decimal("300"),
            "position": 2,
            "kind": "count",
            "measure": "revenue",
            "threshold": Decimal("100000000"),
            "unit": "count",
        },
    }
    return Target.objects.create(
        **{"plan": make_plan(), "indicator": indicator, "period": "2025Q4", "name": "示例指标"}
        | kinds.get(indicator, {})
        | ({"name": ""} if indicator in kinds else {})
        | given
    )


def make_park(city=None, **given):
    number = next(_serial)
    return Park.objects.create(
        **{
            "plan": make_plan(),
            "city": city or make_city(),
            "slug": f"park-{number}",
            "name": f"园区{number}",
            "name_en": f"Park {number}",
        }
        | given
    )


def credit_code(number=None, city_code="370100"):
    """A valid code of no particular enterprise."""
    body = f"91{city_code}MA{number or next(_serial):07d}"
    return body + uscc.calc_check_digit(body)


def make_enterprise(city=None, **given):
    number = next(_serial)
    return Enterprise.objects.create(
        **{
            "credit_code": credit_code(number),
            "name": f"示例企业{number}",
            "city": city or make_city(),
        }
        | given
    )


def make_city_return(city=None, period=None, **given):
    return CityReturn.objects.create(
        **{
            "city": city or make_city(),
            "period": period or make_period(),
            "output_value": "1000000.00",
            "published_at": PUBLISHED_AT,
        }
        | given
    )


def make_enterprise_return(enterprise=None, period=None, **given):
    enterprise = enterprise or make_enterprise()
    return EnterpriseReturn.objects.create(
        **{
            "enterprise": enterprise,
            "city": enterprise.city,
            "period": period or make_period(),
            "output_value": "1000000.00",
            "revenue": "1000000.00",
            "published_at": PUBLISHED_AT,
        }
        | given
    )


def make_publication(city=None, period=None, **given):
    return Publication.objects.append(
        **{
            "city": city or make_city(),
            "period": period or make_period(),
            "published_at": PUBLISHED_AT,
        }
        | given
    )


def make_group(role):
    """The role's group with its permissions, as `setup` makes it."""
    group, made = Group.objects.get_or_create(name=role)
    if made:
        keys = Permission.objects.values_list("content_type__app_label", "codename", "pk")
        key_of = {f"{app}.{codename}": key for app, codename, key in keys}
        group.permissions.set(key_of[name] for name in ROLES[role].permissions)
    return group


def make_user(role=None, city=None, **given):
    user = get_user_model().objects.create_user(
        **{"username": f"user{next(_serial)}", "password": "correct horse"} | given
    )
    if role:
        user.groups.add(make_group(role))
        user.is_staff = ROLES[role].staff
        user.save()
    if city:
        CityAssignment.objects.create(user=user, city=city)
    return user


def make_title_target(value, low, high, **more):
    """A title and the target of about so many enterprises that hold it; return the title."""
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    about = {"comparator": "about", "band_low": low, "band_high": high, "band_source": "假定"}
    counted = {"kind": "established", "things": "title", "tier": tier, "unit": "count"}
    make_target("leading", value=value, **(counted | about | more))
    return tier
