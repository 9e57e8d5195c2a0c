from submissions.models.explanation import Explanation
from submissions.models.finding import Finding
from submissions.models.staged_row import StagedRow
from submissions.models.submission import Submission

__all__ = ["Explanation", "Finding", "StagedRow", "Submission"]
