"""Candidates of the register for the firms of a file that have no code."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Max

from clusters.models import City
from enterprises.models import Enterprise, EnterpriseReturn
from submissions.models import FirmChoice, Layout
from submissions.workbook.foreign.firm_names import FirmNames, KnownFirm, plain_firm_name

# Longer names are cut, in the file and in the register.
LONGEST_NAME = 120
# A percentage is shown without decimals; only the very same name has 100.
SHOWN_AT_MOST, SAME_NAME = 99, 100


def firm_names(cities: Iterable[City]) -> FirmNames:
    """Return the names of these cities' firms, former ones too. Three queries."""
    firms = Enterprise.objects.filter(city__in=cities).prefetch_related("former_names")
    sizes = dict(
        EnterpriseReturn.objects.in_force()
        .filter(enterprise__city__in=cities)
        .order_by()
        .values("enterprise_id")
        .annotate(largest=Max("revenue"))
        .values_list("enterprise_id", "largest")
    )
    codes = dict(City.objects.values_list("pk", "code"))
    known = [
        KnownFirm(
            firm.credit_code,
            firm.name,
            codes[firm.city_id],
            tuple(former.name for former in firm.former_names.all()),
            sizes.get(firm.pk),
        )
        for firm in firms
    ]
    return FirmNames(known, City.objects.values_list("name", flat=True))


def proposals(parts: list[dict], *, cities, layout: Layout | None) -> list[dict]:
    """
    Return the firms without a code of a file, by city and name, each with its candidates.

    parts are those of sample.contents(). "chosen" is what was chosen for the name in an earlier
    file of the same layout, "" if nothing was: shown, and not taken by itself.
    """
    firms = _open_firms(parts)
    if not firms:
        return []
    names = firm_names(cities)
    before = {city: chosen_before(layout, city) for city in {city for city, _name in firms}}
    return [
        {
            "city": city,
            "name": name,
            "written": written,
            "place": place,
            "candidates": candidates(names, written, city, size),
            "chosen": before[city].get(name, ""),
        }
        for (city, name), (written, place, size) in firms.items()
    ]


def _open_firms(parts: list[dict]) -> dict[tuple[str, str], tuple[str, str, Decimal | None]]:
    """Return (city, name) -> name as written, its first cell, and its largest revenue."""
    firms: dict[tuple[str, str], tuple[str, str, Decimal | None]] = {}
    for part in parts:
        for table in part["tables"]:
            for written, cell, revenue in table["open"]:
                name = plain_firm_name(written)[:LONGEST_NAME]
                if not name:
                    continue
                size = Decimal(revenue) if revenue else None
                place = f"{table['sheet']}!{cell}"
                was = firms.setdefault((part["city"], name), (written, place, size))
                if size is not None and (was[2] is None or size > was[2]):
                    firms[part["city"], name] = (*was[:2], size)
    return firms


def candidates(names: FirmNames, written: str, city: str, size: Decimal | None) -> list[dict]:
    """Return the candidates for a name as values of JSON."""
    return [
        {
            "code": one.firm.code,
            "name": one.firm.name,
            "by_name": one.by_name if one.by_name != one.firm.name else "",
            "likeness": SAME_NAME if one.likeness == 1 else _percent(one.likeness),
            "same_city": one.same_city,
            "size": f"{one.firm.size:f}" if one.firm.size is not None else None,
        }
        for one in names.candidates(written, city=city, size=size)
    ]


def _percent(likeness: float) -> int:
    """Return the likeness of two names that are not the same, as a whole percentage."""
    return min(SHOWN_AT_MOST, int(likeness * 100))


def chosen_before(layout: Layout | None, city: str) -> dict[str, str]:
    """Return name -> code as chosen last for a city in files of a layout, of any version."""
    if layout is None:
        return {}
    chosen = FirmChoice.objects.filter(
        submission__layout_use__layout__name=layout.name, submission__city__code=city
    ).order_by("pk")
    return dict(chosen.values_list("name", "credit_code"))


def allowed(codes: Mapping[str, str], cities) -> dict[str, str]:
    """Return the choices whose firm is in the register of these cities; "" stays as it is."""
    asked = {code for code in codes.values() if code}
    known = set(
        Enterprise.objects.filter(city__in=cities, credit_code__in=asked).values_list(
            "credit_code", flat=True
        )
    )
    return {name: code for name, code in codes.items() if not code or code in known}
