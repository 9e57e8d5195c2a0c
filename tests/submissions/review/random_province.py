"""A small province with a random past, and a random submission for one of its quarters."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from clusters.models import BlockCategory, CityReturn, Publication
from enterprises.models import Enterprise, EnterpriseReturn
from indicators.models import InterimPoint
from parks.models import ParkReturn
from submissions.models import Explanation
from submissions.review.actions import accept
from tests.factories import (
    credit_code,
    make_city,
    make_clusters,
    make_park,
    make_period,
    make_target,
    make_user,
)
from tests.submissions.cast import make_finding, make_row, make_submission

CODES = ("370100", "370200", "370300", "370600")
QUARTERS = tuple(f"{year}Q{n}" for year in (2023, 2024, 2025) for n in (2, 3, 4))
FIRMS_A_CITY = 4
# In 10,000 yuan; None is not reported. Around the lines of 50 and of 100 million.
MILLIONS = (None, 0, 900, 2_600, 4_999, 5_000, 5_001, 7_600, 9_999, 10_000, 10_001, 15_000, 21_000)
# Cannot be put in force: twenty digits do not take it.
TOO_MUCH = "9" * 30
NILS = ("nothing", "closed", "moved")


class RandomProvince:
    """
    Four cities, three with a cluster, two with a park, and what they reported of eight quarters.

    chance  a random.Random: the same one makes the same province
    """

    def __init__(self, chance):
        self.chance = chance
        self.cities = [make_city(code) for code in CODES]
        clusters = make_clusters()
        self.parks = [make_park(city, name=f"{city.short_name}园区") for city in self.cities[:2]]
        self.periods = {code: make_period(code) for code in QUARTERS}
        for cluster in clusters:
            BlockCategory.objects.create(
                cluster=cluster, position=1, name="中心", name_en="Centres"
            )
        self.set_targets()
        self.firms = {
            city: Enterprise.objects.bulk_create(
                Enterprise(
                    credit_code=credit_code(),
                    name=f"{city.short_name}企业{n}",
                    city=city,
                    park=self.park_of(city) if n % 2 else None,
                )
                for n in range(FIRMS_A_CITY)
            )
            for city in self.cities
        }
        self.reviewer = make_user("reviewer")
        self.declares = False
        # In half of the provinces figures grow evenly, so that there are estimates, and a record
        # of past ones; in the others anything may follow anything.
        self.steady = self.some(50)

    def some(self, percent):
        return self.chance.random() * 100 < percent

    def park_of(self, city):
        return next((park for park in self.parks if park.city == city), None)

    def set_targets(self):
        baseline = {"baseline_value": "0.4", "baseline_period": "2023Q4"}
        targets = [
            ("cluster-output-share", {"comparator": self.chance.choice([">=", "<="])} | baseline),
            ("firms-over-100m", {"value": self.chance.choice([2, 5, 300])}),
            ("large-firms", COUNT | {"value": 6, "strict": self.some(50)}),
            ("employees", LEVEL | {"measure": "employees", "value": 1000}),
            ("revenue", LEVEL | {"measure": "revenue", "unit": "yuan", "value": 10**8}),
            ("parks", {"kind": "established", "things": "parks", "unit": "count", "value": 2}),
        ]
        for position, (code, given) in enumerate(targets):
            if self.some(70):
                bare = {k: v for k, v in given.items() if not k.startswith("baseline")}
                target = make_target(code, **(given if self.some(50) else bare), position=position)
                if code == "firms-over-100m" and self.some(50):
                    InterimPoint.objects.create(target=target, period="2024Q4", value=3)

    # ---- the past ------------------------------------------------------------------------

    def report_the_past(self):
        """Each city reports most quarters, some of them twice, and not always all of it."""
        told = self.chance.choice([40, 80, 100])
        for at, period in enumerate(self.periods.values()):
            self.quarter = period.quarter
            for city in self.chance.sample(self.cities, len(self.cities)):
                if self.some(told) or (self.steady and period.quarter.year < 2025):
                    versions = 1 + self.some(20)
                    for version in range(versions):
                        moment = FIRST + timedelta(days=at * 40 + version * 7, minutes=city.pk)
                        self.supersede(city, period, moment)
                        self.publish(city, period, moment)

    def supersede(self, city, period, moment):
        for model, own in (
            (CityReturn, {"city": city}),
            (EnterpriseReturn, {"city": city}),
            (ParkReturn, {"park__city": city}),
        ):
            in_force = model.objects.in_force().filter(period=period, **own)
            in_force.update(superseded_at=moment)

    def publish(self, city, period, moment):
        common = {"period": period, "published_at": moment}
        if self.steady or self.some(90):
            CityReturn.objects.create(city=city, **self.totals(city), **common)
        taken = set(
            EnterpriseReturn.objects.in_force()
            .filter(period=period)
            .values_list("enterprise_id", flat=True)
        )
        others = [firm for c in self.cities for firm in self.firms[c] if c != city]
        # A firm of another city's register that this one says has moved away, or still reports.
        own = self.firms[city] + self.chance.sample(others, 3 * self.some(60))
        EnterpriseReturn.objects.bulk_create(
            EnterpriseReturn(enterprise=firm, city=city, **self.line(firm, city), **common)
            for firm in own
            if firm.pk not in taken and (self.steady or self.some(80))
        )
        if (park := self.park_of(city)) and self.some(80):
            ParkReturn.objects.create(park=park, output_value=self.money(), **common)
        Publication.objects.append(city=city, **common)

    def totals(self, city):
        given = {name: self.money(city) for name in ("output_value", "revenue")}
        given["output_value_last_year"] = self.money(city, -1)
        given["employees"] = self.chance.choice([None, 0, 90, 400])
        given["enterprises"] = self.chance.choice([None, 0, 4])
        return given

    def line(self, firm, city):
        if firm.city != city and self.some(96):
            return {"nil": "moved", "output_value": None, "revenue": None}
        if self.some(10):
            return {"nil": self.chance.choice(NILS), "output_value": None, "revenue": None}
        return self.amounts(firm)

    def amounts(self, firm):
        now = {name: self.money(firm) for name in ("output_value", "revenue")}
        return now | {"revenue_last_year": self.money(firm, -1)}

    def money(self, of=None, year=0):
        """Return an amount of an enterprise or city, of its quarter or of some years later."""
        if self.steady and of is not None:
            year += self.quarter.year - 2023
            grown = Decimal(5_000_000 + of.pk % 11 * 9_000_000) * self.quarter.quarter
            return (grown * (10 + year) / 10 * self.chance.randint(98, 102) / 100).quantize(CENT)
        amount = self.chance.choice(MILLIONS)
        return None if amount is None else Decimal(amount * 10_000) + self.chance.choice(CENTS)

    # ---- the submission ------------------------------------------------------------------

    def submit(self, city, period):
        """Submit a workbook of random rows."""
        by = make_user("bureau", city)
        self.quarter = period.quarter
        # Of an enterprise with amounts of this year none is taken: the whole would be refused.
        self.declares = self.some(30)
        if self.some(8):
            return make_submission(city, period, by=by, status="submitted", nil="本季无业务")
        submission = make_submission(city, period, by=by, status="submitted")
        if self.some(90):
            self.add_totals(submission)
        left_out = self.add_lines(submission)
        self.explain(submission, left_out)
        self.add_parks_and_blocks(submission)
        return submission

    def add_totals(self, submission):
        city = submission.city
        for name, value in self.totals(city).items():
            if not name.endswith("_last_year") and self.some(85):
                last = self.money(city, -1) if name in ("output_value", "revenue") else None
                given = {"this_year": text(value), "last_year": text(last)}
                make_row(submission, "city", name, sheet="城市汇总", **given)

    def add_lines(self, submission):
        """Add lines of known and unknown enterprises; return the known ones that are left out."""
        city, left_out = submission.city, []
        for firm in self.firms[city]:
            if self.some(80):
                self.add_line(submission, firm.credit_code, firm)
            else:
                left_out.append(firm)
        for _n in range(self.chance.choice([0, 0, 1, 3])):
            self.add_line(submission, credit_code())
        if self.some(4):
            elsewhere = self.chance.choice([one for one in self.cities if one != city])
            self.add_line(submission, self.firms[elsewhere][0].credit_code)
        if self.some(3):
            self.add_line(submission, self.firms[city][0].credit_code)
        if self.some(3):
            make_row(submission, key=credit_code(), revenue=TOO_MUCH)
        return left_out

    def add_line(self, submission, code, firm=None):
        park = self.park_of(submission.city)
        values = {name: text(amount) for name, amount in self.amounts(firm).items()}
        if self.declares and self.some(20):
            values |= {"output_value": None, "revenue": None, "nil": self.chance.choice(NILS)}
        if park and self.some(40):
            values["park"] = park.name
        make_row(submission, key=code, **values)

    def explain(self, submission, left_out):
        for firm in left_out:
            if self.some(60):
                finding = make_finding(submission, "W160", firm=firm.credit_code)
                nil = self.chance.choice(["", *NILS]) if self.declares else ""
                Explanation.objects.create(
                    finding=finding, text="说明", nil=nil, given_by=submission.uploaded_by
                )

    def add_parks_and_blocks(self, submission):
        park = self.park_of(submission.city)
        names = [park.name] * (1 + self.some(3)) if park and self.some(70) else []
        for name in [*names, *["别处园区"] * self.some(30)]:
            make_row(submission, "parks", name, sheet="园区进展", output_value=text(self.money()))
        for content in ("新中心", "别的中心")[: self.chance.choice([0, 1, 2])]:
            make_row(
                submission, "blocks", content, sheet="集群建设", category="中心", status="在建"
            )

    def accept(self, submission):
        return accept(submission, by=self.reviewer)


FIRST = datetime(2025, 1, 1, tzinfo=UTC)
CENTS = (Decimal(0), Decimal("0.01"), Decimal("0.49"))
COUNT = {"kind": "count", "measure": "revenue", "threshold": "50000000", "unit": "count"}
CENT = Decimal("0.01")
LEVEL = {"kind": "level", "unit": "count"}


def text(amount):
    return None if amount is None else str(amount)
