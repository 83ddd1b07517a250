#!/usr/bin/env python3
"""Runs docs/exchange/aggregate.sql over a daily CSV and prints its groups as JSON lines.

usage: duckdb_check.py DAILY.csv AGGREGATE.sql        (needs `pip install duckdb`)
"""
import json
import sys

import duckdb

daily, sql = sys.argv[1], sys.argv[2]
database = duckdb.connect()
database.execute("CREATE VIEW daily AS SELECT * FROM read_csv($path, all_varchar = true)".replace("$path", "'" + daily.replace("'", "''") + "'"))
database.execute(open(sql, encoding="utf-8").read())
groups = database.execute("SELECT * FROM bright_spots_groups")
names = [column[0] for column in groups.description]
for row in groups.fetchall():
    print(json.dumps(dict(zip(names, row))))
