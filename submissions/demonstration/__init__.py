"""
The demonstration (示例数据): a synthetic province, told by sixteen cities' workbooks.

    names      fictional firms: names that say 示例, codes that are valid and in no real range
    province   the economy: sizes, growth, seasons; pure and seeded, always the same
    story      what is deliberately imperfect in it, and when each workbook is decided
    totals     a city's own totals and its park's, from its firms' lines
    progress   how the clusters' building blocks come along
    workbooks  each city's workbook of a quarter, as a bureau would send it
    places     cities, parks and building blocks as the database has them
    register   enters the firms with their titles, the made-up baselines, what is established
    loading    every workbook through the very same intake that real ones take

No figure here is real. Nothing outside this package knows that the demonstration exists.
"""
