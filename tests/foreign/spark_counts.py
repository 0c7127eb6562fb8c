"""Counts a lake with Spark: spark_counts.py FOLDER. Prints participants, rows and the sum of bpm as JSON."""

import json
import sys

from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    .getOrCreate()
)
spark.read.parquet(sys.argv[1]).createOrReplaceTempView("heart_rate")
row = spark.sql(
    "select count(distinct participant), count(*), sum(cast(bpm as bigint)), "
    "count(distinct participant, date) from heart_rate"
).first()
print(json.dumps(list(row)))
spark.stop()
