# The same as hold.mjs with Python's client: opens a published file, keeps it open, answers each line with what it sees.
import json
import sys

import duckdb

connection = duckdb.connect(sys.argv[1], read_only=True)
names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1"


def seen():
    tables = {name: len(connection.execute(f'FROM "{name}"').fetchall()) for (name,) in connection.execute(names).fetchall()}
    return {"run": connection.execute("SELECT max(run_id) FROM run").fetchone()[0], "tables": tables}


for _line in sys.stdin:
    print(json.dumps(seen()), flush=True)
