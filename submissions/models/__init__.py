from submissions.models.amendment import Amendment
from submissions.models.answer_draft import AnswerDraft
from submissions.models.batch import Batch, BatchContent, BatchFile
from submissions.models.explanation import Explanation
from submissions.models.finding import Finding
from submissions.models.layout import FirmChoice, Layout, LayoutUse
from submissions.models.original import Original
from submissions.models.staged_row import StagedRow
from submissions.models.submission import Submission

__all__ = [
    "Amendment",
    "AnswerDraft",
    "Batch",
    "BatchContent",
    "BatchFile",
    "Explanation",
    "Finding",
    "FirmChoice",
    "Layout",
    "LayoutUse",
    "Original",
    "StagedRow",
    "Submission",
]
