"""
Demonstration data (示例数据): a synthetic province, as sixteen cities' workbooks. See README.md.

No figure here is real.
"""
