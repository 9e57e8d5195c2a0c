"""
The demonstration (示例数据): a synthetic province, told by sixteen cities' workbooks.

    names      fictional firms: names that say 示例, codes that are valid and in no real range
    province   the economy: sizes, growth, seasons; pure and seeded, always the same
    story      what is deliberately imperfect in it, and when each workbook is decided
    workbooks  each city's workbook of a quarter, as a bureau would send it
    places     parks, building blocks and their progress, as the register has them
    register   the firms, with their titles, as the register knows them beforehand
    loading    every workbook through the very same intake that real ones take

No figure here is real. Nothing outside this package knows that the demonstration exists.
"""
