"""What-if: the scenario that an address asks for, and the results of the targets in it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clusters.models import City
from foundation.quarters import Quarter
from foundation.yuan import WAN
from indicators.data.firm_returns import ReportedFirm, reported_firms
from indicators.data.snapshot import NO_CITY_TOTALS, AppliedScenario, Snapshot
from indicators.formulas.what_if import LeftOut, Scenario, scenario_outputs, scenario_over
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in

# Most enterprises that an address may leave out.
MOST_LEFT_OUT = 200
# 万元: fits an amount in yuan.
MOST = Decimal(10) ** 13


class Amount(forms.DecimalField):
    """An amount in 万元 as people write it: full-width digits and separators are understood."""

    def to_python(self, value):
        """Return the amount, None for nothing. Raises ValidationError for what is no number."""
        text = unicodedata.normalize("NFKC", str(value or "")).replace(",", "").strip()
        return super().to_python(text)


class ScenarioForm(forms.Form):
    """
    The form of a scenario: `without=<credit code>` any number of times, `output-<city>=<万元>`.

    Restricted to the reader's cities.
    """

    def __init__(self, data, *, snapshot: Snapshot, quarter: Quarter, cities: QuerySet[City]):
        super().__init__(data)
        self.of, self.quarter, self.scope = snapshot, quarter, cities
        own = set(cities.values_list("code", flat=True))
        self.own = [city for city in snapshot.cities if city.code in own]
        self.left_out: list[ReportedFirm] = []
        for city in self.own:
            self.fields[f"output-{city.slug}"] = Amount(
                label=str(city),
                required=False,
                min_value=Decimal(0),
                max_value=MOST,
                decimal_places=6,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input"}),
            )

    @property
    def asked_for(self) -> list[str]:
        """The credit codes to be left out, each once, as the address has them."""
        codes = [code.strip().upper() for code in self.data.getlist("without")]
        return [code for code in dict.fromkeys(codes) if code]

    def clean(self):
        """Look up the enterprises; refuse unknown ones, and other cities."""
        self._refuse_foreign_cities()
        codes = self.asked_for
        if len(codes) > MOST_LEFT_OUT:
            self.add_error(
                None, _("At most %(most)s enterprises can be left out.") % {"most": MOST_LEFT_OUT}
            )
        elif codes:
            self.left_out = reported_firms(self.of, self.quarter, self.scope, codes)
            known = {firm.credit_code for firm in self.left_out}
            for code in codes:
                if code not in known:
                    words = _("%(code)s: no enterprise of yours has reported this quarter with it.")
                    self.add_error(None, words % {"code": code[:40]})
        return super().clean()

    def _refuse_foreign_cities(self) -> None:
        for name in self.data:
            if name.startswith("output-") and name not in self.fields:
                words = _("%(name)s: there is no such city, or its value is not yours to suppose.")
                self.add_error(None, words % {"name": name.removeprefix("output-")[:40]})

    @property
    def scenario(self) -> Scenario:
        """The scenario, amounts in yuan; an empty one while the form is invalid."""
        if not self.is_valid():
            return Scenario()
        given = {city.code: self.cleaned_data[f"output-{city.slug}"] for city in self.own}
        return Scenario(
            without=tuple(LeftOut(f.enterprise_id, f.city, f.output_value) for f in self.left_out),
            instead={code: amount * WAN for code, amount in given.items() if amount is not None},
        )


def scenario_results(
    snapshot: Snapshot, quarter: Quarter, scenario: Scenario
) -> Sequence[IndicatorResult]:
    """Return the results of all targets in a scenario. Nothing is stored."""
    return results_in(scenario_snapshot(snapshot, quarter, scenario), quarter)


def scenario_snapshot(snapshot: Snapshot, quarter: Quarter, scenario: Scenario) -> Snapshot:
    """Return a snapshot with the scenario in one quarter, and all others as they are."""
    outputs = {
        city.code: snapshot.city_totals.get((city.code, quarter), NO_CITY_TOTALS).output_value
        for city in snapshot.cities
    }
    totals, lines = dict(snapshot.city_totals), dict(snapshot.lines)
    for code, amount in scenario_outputs(outputs, scenario).items():
        if amount is not None:
            before = totals.get((code, quarter), NO_CITY_TOTALS)
            totals[code, quarter] = replace(before, output_value=amount)
    for left in {one.enterprise: one for one in scenario.without}.values():
        before = lines[left.city, quarter]
        lines[left.city, quarter] = replace(before, enterprises=before.enterprises - 1)
    over = {
        line: {
            **by_quarter,
            quarter: scenario_over(by_quarter.get(quarter, {}), scenario.without),
        }
        for line, by_quarter in snapshot.over_by_line.items()
    }
    return replace(
        snapshot,
        city_totals=MappingProxyType(totals),
        lines=MappingProxyType(lines),
        over_by_line=MappingProxyType(over),
        is_ephemeral=True,
        supposed=AppliedScenario(
            actual=snapshot,
            without=frozenset(left.enterprise for left in scenario.without),
            cities=frozenset(code for code in scenario.instead if outputs[code] is None),
        ),
    )
