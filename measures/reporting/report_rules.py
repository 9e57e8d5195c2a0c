"""
What can be wrong with what is reported of a step for a quarter. Pure.

All is kept as it was typed, so that a draft that is wrong loses nothing.
"""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from foundation.quarters import Quarter
from foundation.texts.comparing import normalised
from measures.light import TaskState

# So many letters and digits at least say why a step is no longer done.
SHORTEST_REASON = 10
LONGEST = {"text": 2000, "help_wanted": 2000, "evidence": 300}


class ReportFault(StrEnum):
    """What is wrong."""

    NO_STATE = "no_state"
    NO_TEXT = "no_text"
    REPEATED = "repeated"
    NO_DATE = "no_date"
    WRONG_DATE = "wrong_date"
    DATE_AFTER_PERIOD = "date_after_period"
    DATE_AHEAD = "date_ahead"
    DATE_NOT_DONE = "date_not_done"
    NO_EVIDENCE = "no_evidence"
    NO_REASON = "no_reason"
    NO_HELP_WANTED = "no_help_wanted"
    TOO_LONG = "too_long"


# The field that each fault stands at.
FIELD_OF = {
    ReportFault.NO_STATE: "state",
    ReportFault.NO_TEXT: "text",
    ReportFault.REPEATED: "text",
    ReportFault.NO_REASON: "text",
    ReportFault.NO_EVIDENCE: "evidence",
    ReportFault.NO_HELP_WANTED: "help_wanted",
    ReportFault.TOO_LONG: "text",
}


@dataclass(frozen=True, slots=True)
class StepReport:
    """
    What is said of a step, as typed.

    state    a TaskState; "" if none was chosen
    done_on  a day such as 2025-09-30; "" if it is not done
    """

    state: str = ""
    text: str = ""
    done_on: str = ""
    evidence: str = ""
    help_wanted: str = ""

    @classmethod
    def of(cls, typed: dict) -> Self:
        """Return what was typed, without white space around it and characters nobody can store."""
        return cls(
            **{
                name: str(typed.get(name) or "").replace("\0", "").replace("\r\n", "\n").strip()
                for name in cls.__dataclass_fields__
            }
        )

    def as_json(self) -> dict[str, str]:
        """Return it as it is stored."""
        return asdict(self)

    @property
    def is_done(self) -> bool:
        """Return whether it says that the step is done."""
        return self.state == TaskState.DONE

    @property
    def done_day(self) -> date | None:
        """Return the day of completion. Raises ValueError if it is not a day."""
        return date.fromisoformat(self.done_on) if self.done_on else None


def faults_of(
    said: StepReport, *, quarter: Quarter, day: date, last: StepReport | None, has_evidence: bool
) -> list[ReportFault]:
    """
    Return what is wrong with what is said of a step for a quarter; empty if nothing is.

    day           the day on which it is said
    last          what was reported for the newest earlier quarter; None without a report
    has_evidence  whether evidence of the step is on record beside the report
    """
    found = [ReportFault.NO_STATE] if said.state not in set(TaskState) else []
    found += _of_text(said, last)
    found += _of_date(said, quarter, day)
    if said.is_done and not said.evidence and not has_evidence:
        found.append(ReportFault.NO_EVIDENCE)
    if said.state == TaskState.NEEDS_COORDINATION and not said.help_wanted:
        found.append(ReportFault.NO_HELP_WANTED)
    if any(len(getattr(said, name)) > most for name, most in LONGEST.items()):
        found.append(ReportFault.TOO_LONG)
    return found


def _of_text(said: StepReport, last: StepReport | None) -> list[ReportFault]:
    """Return what is wrong with the text. Of what stays done there is nothing new to say."""
    if not normalised(said.text):
        return [ReportFault.NO_TEXT]
    if last is None or (last.is_done and said.is_done):
        return []
    if normalised(said.text) == normalised(last.text):
        return [ReportFault.REPEATED]
    if last.is_done and len(normalised(said.text)) < SHORTEST_REASON:
        return [ReportFault.NO_REASON]
    return []


def _of_date(said: StepReport, quarter: Quarter, day: date) -> list[ReportFault]:
    """Return what is wrong with the date of completion."""
    if not said.is_done:
        return [ReportFault.DATE_NOT_DONE] if said.done_on else []
    try:
        done = said.done_day
    except ValueError:
        return [ReportFault.WRONG_DATE]
    if done is None:
        return [ReportFault.NO_DATE]
    if done > quarter.last_day:
        return [ReportFault.DATE_AFTER_PERIOD]
    return [ReportFault.DATE_AHEAD] if done > day else []
