"""Times statements in DuckDB, not counting its start: time_sql.py TIMES STATEMENT...

Prints, for each, the median in milliseconds, and the number of rows and the sum of the last column
of its answer, as JSON."""

import json
import statistics
import sys
import time

import duckdb


def measured(statement):
    took = []
    for _ in range(int(sys.argv[1]) + 1):
        connection = duckdb.connect()
        start = time.perf_counter()
        columns = list(connection.execute(statement).fetchnumpy().values())
        took.append((time.perf_counter() - start) * 1000)
    last = columns[-1]
    # The first time warms up.
    return {"ms": statistics.median(took[1:]), "rows": len(last), "sum": float(last.sum())}


print(json.dumps([measured(statement) for statement in sys.argv[2:]]))
