"""
The values that every surface shows: pages, downloads, charts, API answers, papers.

    walk = Walk(roles=["official"], languages=["zh-hans"])
    for surface, reading in walk.readings(): ...

README.md says what is read and how two walks are compared.
"""
