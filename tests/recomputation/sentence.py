"""The sentence that explains a verdict, in English."""

from tests.recomputation.writing import (
    Words,
    cities,
    end_of,
    exact,
    names,
    outward,
    places_for,
    rounded,
    text,
)

WHY_NOT = {
    "no_baseline": "without a baseline there is no pace to hold it against",
    "no_distance": "the baseline leaves no way to the target that could be measured",
    "no_line": "baseline, interim points and deadline are not in order",
    "no_projection": "there is no projection to the year's end",
    "projection_without_ends": "no earlier year says how far the projection may be off",
    "projection_unproven": "past projections are too few or missed too often",
    "projection_undecided": "the projection lies on both sides of what is due",
    "year_not_over": "the deadline has passed, and the count of this year is not complete",
}
NO_ESTIMATE = {
    "nobody_reported": "no city has reported yet",
    "low_coverage": "too early for an estimate: {}",
    "no_earlier_figure": "no estimate: a silent city has no earlier figure to go by ({})",
    "too_few_errors": "no estimate: too few earlier quarters show how far it could be off ({})",
    None: "no estimate",
}
CONDITION = (
    "certain as long as no accepted figure is corrected and no city's figure of the year falls"
)


def sentence(target, found, verdict, turn, quarter):
    """Return the sentence: what was found, by which rule it stands so, whose figures it is."""
    one = Sentence(target, found, verdict, quarter)
    clauses = one.complete() if found.value is not None else one.incomplete(turn)
    whole = "; ".join([*clauses, *one.coverage()]) + "."
    return whole[:1].upper() + whole[1:]


class Sentence:
    def __init__(self, target, found, verdict, quarter):
        self.target, self.found, self.verdict, self.quarter = target, found, verdict, quarter
        self.words = Words(target, (found.value, verdict.judged))
        self.on_record = target.kind == "established"
        self.when = end_of(quarter)

    # ---- everybody has reported ----

    def complete(self):
        if self.verdict.standing == "cannot_judge":
            return self.not_to_be_compared()
        return [self.said(), *self.way(), self.rule()]

    def said(self):
        value = self.words.value(self.found.value) if self.found.value is not None else "—"
        if not self.target.projected(self.quarter):
            return f"{self.when}: {value}"
        so_far = f"{self.when}: {value} {'so far' if self.target.kind == 'level' else 'secured'}"
        if self.verdict.judged is None:
            return so_far
        low, centre, high = self.found.projection
        judged = self.words.value(centre) if low is None else self.words.range(low, high)
        return f"{so_far}, {judged} expected by the year's end"

    def way(self):
        covered, due, w = self.verdict.covered, self.verdict.due, self.words
        if covered is None:
            return []
        if covered > 1:
            return [self.distance()]
        covered, due = (rounded(x * 100, 15) for x in (covered, due))
        places = places_for([covered, due], [0, 100], 0)
        covered, due = (text(rounded(x, places), places) + "%" for x in (covered, due))
        start = f"from {w.bare(self.target.baseline_value)} to {w.bare(self.target.aim)}"
        if self.target.projected(self.quarter):
            return [f"{start}, that is {covered} of the way, {due} due by the year's end"]
        return [f"{start}, {covered} of the way, {due} due"]

    def distance(self):
        w, target, judged = self.words, self.target, self.verdict.judged
        away = abs(w.rounded(judged) - target.value * w.scale)
        by = text(rounded(away, w.places), w.places)
        by = f"{by} percentage points" if w.percent else w.unit(by)
        about = target.comparator == "about" and target.band_low <= judged <= target.band_high
        if judged == target.value or about:
            return f"as the target wants: {w.goal()}"
        return f"{by} {'over' if judged > target.value else 'short of'} the target of {w.goal()}"

    def rule(self):
        goal = self.words.goal()
        if self.verdict.reason == "target_met":
            return f"the target of {goal} is met"
        points = self.points()
        if self.verdict.reason == "deadline_missed":
            missed = (
                f"the target of {goal} was due by the {end_of(self.target.deadline)} and is "
                "missed, which is never better than behind"
            )
            return "; ".join([missed, *points])
        return points[0] if points else self.verdict.standing.replace("_", " ")

    def points(self):
        behind = self.verdict.behind
        if not behind:
            return []
        edges = [0, self.target.yellow, self.target.red] if behind > 0 else [0]
        away = rounded(abs(behind), 15)
        places = places_for([away], edges, 0)
        points = text(rounded(away, places), places)
        word = "point" if points == "1" else "points"
        if behind < 0:
            return [f"{points} {word} ahead of the pace"]
        bands = f"yellow from {exact(self.target.yellow)}, red over {exact(self.target.red)}"
        return [f"{points} {word} behind ({bands})"]

    def not_to_be_compared(self):
        why = WHY_NOT[self.verdict.reason]
        if self.target.kind == "level" and self.target.annual:
            why = why.replace("count of this year", "figure of this year")
        wanted = f"{self.words.goal()} due by the {end_of(self.target.deadline)}"
        return [self.said(), wanted, f"cannot judge yet: {why}"]

    # ---- somebody is silent ----

    def incomplete(self, turn):
        verdict, told = self.verdict, [self.estimate(), *self.certain()]
        if verdict.standing != "cannot_judge":
            return [*told, self.rule(), f"{self.those()} cannot change this"]
        if verdict.reason == "not_reported":
            return [f"cannot judge yet: {self.nothing()} the {self.when}"]
        if verdict.reason == "silent_cities":
            told.append(f"cannot judge yet: {self.silent()}")
        else:
            told += [self.silent(), *self.not_to_be_compared()[1:]]
        if verdict.expected:
            at_deadline = self.quarter >= self.target.deadline
            is_missed = at_deadline and verdict.expected in ("behind", "seriously_behind")
            told.append(
                "expected to be missed"
                if is_missed
                else f"expected to be {verdict.expected.replace('_', ' ')}"
            )
        return [*told, *self.turning(turn)]

    def nothing(self):
        if self.target.things == "title":
            return "no award of the title is on record for"
        if self.on_record:
            return "nothing on record says which of them are established by"
        return "there is no accepted figure for"

    def estimate(self):
        found, projected = self.found, self.target.projected(self.quarter)
        likely = found.projection if projected else found.estimate
        if self.on_record:
            return f"{self.when}: {self.words.range(*found.certain)}"
        if likely is None:
            return f"{self.when}, {NO_ESTIMATE[found.no_estimate].format(self.who())}"
        by = " by the year's end" if projected else ""
        return f"{self.when}: estimated at {self.words.likely(*likely)}{by}"

    def certain(self):
        if self.on_record:
            return []
        certain = self.words.range(*self.found.certain)
        if self.found.withdrawn:
            return [f"{certain} (withdrawn: an accepted figure was corrected later)"]
        if self.found.certain == (None, None):
            return [certain]
        return [f"{certain}, {CONDITION}"]

    def silent(self):
        missing = cities(self.found.missing)
        if self.on_record:
            things = names(self.found.missing)
            return f"nothing on record says whether {things} are established"
        return f"{missing} {'has' if len(self.found.missing) == 1 else 'have'} not reported"

    def those(self):
        missing = names(self.found.missing)
        if self.on_record:
            return f"{missing}, of which nothing on record says,"
        return cities(self.found.missing)

    def who(self):
        who = f"{self.found.accepted}/{self.found.expected} cities reported"
        if self.found.weight is None:
            return who
        what = "output value" if self.target.kind == "share" else "figure"
        return f"{who}, {text(rounded(self.found.weight * 100, 0), 0)}% of last year's {what}"

    def coverage(self):
        found = self.found
        if not found.expected:
            return []
        if self.on_record:
            return [f"{found.accepted}/{found.expected} on record as established or not"]
        if not found.missing:
            return [f"{found.accepted}/{found.expected} cities accepted"]
        return [] if found.no_estimate else [self.who()]

    # ---- what would turn it ----

    def turning(self, turn):
        if turn is None:
            return []
        if "firms" in turn:
            more = f"{self.words.unit(str(turn['firms']))} more are needed beyond what is certain"
            if turn["crossed"] is None:
                return [more]
            came = self.words.unit(str(turn["crossed"]))
            return [f"{more}; in the same part of last year {came} came in these cities"]
        missing, sinces = self.found.missing, self.found.sinces
        who = names(missing)
        if len(missing) > 3:
            who = f"the {len(missing)} silent cities together"
        since = next(iter(sinces)) if len(sinces) == 1 else None
        amount = text(outward(turn["remaining"] / 10**9, 2, up=False), 2)
        part = self.part(since)
        missed = turn["rises"] is not self.target.rising
        if self.verdict.line == self.target.value:
            outcome = f"the target to be {'missed' if missed else 'met'}"
        else:
            outcome = f"it to {'fall behind the pace' if missed else 'be on pace'}"
        besides = self.besides(turn, part, since)
        return [f"{who} must make over {amount} billion yuan in {part}{besides} for {outcome}"]

    def part(self, since):
        """The part of the year that is still to come."""
        last, first = self.quarter % 4 + 1, 1
        if since is not None and since // 4 == self.quarter // 4:
            first = since % 4 + 2
        return f"Q{first} to Q{last}" if first < last else f"Q{last}"

    def besides(self, turn, part, since):
        told, so_far = [], "until then"
        if since is not None:
            so_far = f"Q1 to Q{since % 4 + 1}" if since % 4 else "Q1"
        if turn["remaining_growth"] is not None:
            told.append(f"{percent(turn['remaining_growth'], down=True)} on {part} of last year")
        if turn["so_far_growth"] is not None:
            told.append(f"{so_far} {percent(turn['so_far_growth'])}")
        if turn["fastest"] is not None:
            fastest = percent(turn["fastest"])
            told.append(f"the fastest other city of their kind {fastest} in {part}")
        return f" ({'; '.join(told)})" if told else ""


def percent(growth, *, down=False):
    shown = outward(growth * 100, 1, up=False) if down else rounded(growth * 100, 1)
    sign = "\N{MINUS SIGN}" if shown < 0 else "+"
    return f"{sign}{text(abs(shown), 1)}%"
