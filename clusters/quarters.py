"""The quarter as a value: to be replaced by the formulas branch."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    quarter: int

    @classmethod
    def parse(cls, text):
        return cls(int(text[:4]), int(text[5]))

    def __str__(self):
        return f"{self.year}Q{self.quarter}"
