"""A cohort on Spark: driver.py PARTICIPANTS.csv --data ROOT [--deno DENO] [--skip-work]

Spark hands the participants' ids to `deno task cohort --stdin` on its executors, which does everything
for each and answers with a line of JSON; an attempt that is repeated, by a retry or a speculation, finds
what is done and leaves it alone. Then Spark asks the questions of ../cohort/sql. All tables go to
ROOT/cohort; ROOT and the list have the same path on every machine.
"""

import argparse
import csv
import json
import os
import pathlib
import shlex
import sys

from pyspark.sql import SparkSession

program = pathlib.Path(__file__).resolve().parents[2]
questions = sorted((program / "pipeline" / "cohort" / "sql").glob("*.sql"))


def main():
    arguments = parsed()
    spark = (
        SparkSession.builder.appName("everysecond")
        # A participant's id is a text, also when it is written with digits only.
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("WARN")
    outcomes = [] if arguments.skip_work else work(spark, arguments)
    ask(spark, arguments.data)
    spark.stop()
    wanting = [one for one in outcomes if one["ending"] != "done"]
    for one in wanting:
        print(f"{one['participant']}: {one['ending']}: {'; '.join(one['missing'])}", file=sys.stderr)
    print(f"{len(outcomes)} participants, {len(outcomes) - len(wanting)} done")
    # As of deno task cohort: something is missing, and named.
    sys.exit(3 if wanting else 0)


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("participants", help="the list that deno task cohort takes, too")
    parser.add_argument("--data", required=True, help="the data root")
    parser.add_argument("--deno", default="deno", help="Deno on the executors")
    parser.add_argument("--skip-work", action="store_true", help="only ask the questions")
    arguments = parser.parse_args()
    arguments.participants = os.path.abspath(arguments.participants)
    arguments.data = os.path.abspath(arguments.data)
    return arguments


def work(spark, arguments):
    """Does everything for every participant; the outcomes, which are written as a table, too."""
    with open(arguments.participants, encoding="utf-8-sig", newline="") as lines:
        ids = [row["id"].strip() for row in csv.DictReader(lines)]
    command = [
        arguments.deno, "task", "--quiet", "--config", str(program / "deno.json"), "cohort",
        arguments.participants, "--stdin", "--workers", "1", "--data", arguments.data,
    ]
    # One participant a task: what is lost with an executor is no more than that.
    answers = (
        spark.sparkContext.parallelize(ids, len(ids))
        .pipe(shlex.join(command), env=dict(os.environ), checkCode=True)
        .collect()
    )
    outcomes = sorted((json.loads(answer) for answer in answers), key=lambda one: one["participant"])
    table = spark.createDataFrame([
        (
            one["participant"], one["source"], one["ending"], one["documents"], float(one["rows"]),
            one["first"], one["last"], "; ".join(one["missing"]) or None,
        )
        for one in outcomes
    ], "participant string, from_source string, ending string, documents int, rows double, "
       "first string, last string, missing string")
    table.coalesce(1).write.mode("overwrite").parquet(f"{arguments.data}/cohort/outcomes")
    return outcomes


def ask(spark, root):
    """Answers every question, each into a table of its name."""
    local_day = "cast(timestamp_seconds(unix_millis(time) / 1000 + utc_offset_s) as date)"
    for grain in ["day", "week", "hour"]:
        frame = spark.read.parquet(f"{root}/aggregates/{grain}")
        frame = (
            frame.selectExpr("*", f"{local_day} as civil_day")
            if grain == "hour"
            else frame.withColumnRenamed("date", "civil_day")
        )
        frame.createOrReplaceTempView(grain)
    for question in questions:
        answer = spark.sql(question.read_text(encoding="utf-8"))
        answer.coalesce(1).write.mode("overwrite").parquet(f"{root}/cohort/{question.stem}")


if __name__ == "__main__":
    main()
