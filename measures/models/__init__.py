from measures.models.deferral import Deferral
from measures.models.department import Department
from measures.models.department_member import DepartmentMember
from measures.models.department_return import DepartmentDraft, DepartmentReturn
from measures.models.evidence import EvidenceFile, TaskEvidence
from measures.models.node import Node
from measures.models.task import Task
from measures.models.task_report import TaskReport

__all__ = [
    "Deferral",
    "Department",
    "DepartmentDraft",
    "DepartmentMember",
    "DepartmentReturn",
    "EvidenceFile",
    "Node",
    "Task",
    "TaskEvidence",
    "TaskReport",
]
