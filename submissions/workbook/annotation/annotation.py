"""Annotations of a workbook: the text of findings, and the texts around them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Annotation:
    """
    One finding as text: its place, message and remedy.

    sheet, cell  None for what concerns the whole file, or the whole sheet
    severity     mandatory, advisory, or remark for a remark of the reviewer
    remark       the explanation, or the reviewer's remark; "" without one
    """

    sheet: str | None
    cell: str | None
    code: str
    severity: str
    message: str
    remedy: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An explanation given on the page, for the cell of its row's 说明."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts around the findings, in the reader's language. Parameters are %(name)s."""

    title: str = "审核结果索引"
    counts: str = "必须修改 %(mandatory)s 处，需要说明 %(advisory)s 处。"
    keep: str = "可直接在本文件中修改后重新上传：底色、批注和本表不会被读取。"
    colours: str = "红色底为必须修改，黄色底为需要说明；点击“单元格”一列可跳到该处。"
    mandatory: str = "必须修改"
    advisory: str = "需要说明"
    reviewer: str = "审核意见"
    level: str = "级别"
    code: str = "编号"
    sheet: str = "工作表"
    cell: str = "单元格"
    problem: str = "问题"
    remedy: str = "怎么改"
    remark: str = "说明或意见"
    whole_file: str = "整个文件"
    index_only: str = "未能在您的文件中标注，只列出问题，请在原文件中修改。原因：%(reason)s"
    unreadable: str = "文件无法读取。"
    died: str = "标注该文件耗用的时间或内存过多。"
    too_large: str = "标注后的文件会超过上传限制。"
    no_colour: str = "文件的样式无法增加，未填底色。"
    no_comments: str = "以下工作表无法增加批注：%(places)s。"
    threaded: str = "以下单元格已有会话式批注，未再添加批注：%(places)s。"
    converted: str = "原文件为旧格式；本文件是其 .xlsx 副本，公式已换成计算结果。"
    signature: str = "文件带有数字签名，标注后签名失效。"

    def level_of(self, severity: str) -> str:
        """Return the name of a severity."""
        known = {"mandatory": self.mandatory, "advisory": self.advisory}
        return known.get(severity, self.reviewer)

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the index."""
        return (
            *(self.level, self.code, self.sheet, self.cell),
            *(self.problem, self.remedy, self.remark),
        )


@dataclass(frozen=True, slots=True)
class MarkedWorkbook:
    """
    An annotated workbook.

    complete  whether every finding with a cell is annotated there
    lost      what could not be annotated, as sentences; the index lists the same
    """

    bytes: bytes
    complete: bool
    lost: list[str] = field(default_factory=list)
