"""Runs one statement in DuckDB, on all cores: run_sql.py STATEMENT. Prints its rows as JSON."""

import json
import sys

import duckdb

connection = duckdb.connect(config={"preserve_insertion_order": "false"})
print(json.dumps(connection.execute(sys.argv[1]).fetchall(), default=str))
