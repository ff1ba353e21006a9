"""A sketch for Spark, on paper: not run by any test here. `mapPartitions` over the numbers of the shards; the table stays a file that all executors see.

    spark-submit --conf spark.task.maxFailures=4 with_spark.py TABLE OUT 16

Rows are not handed to Spark: names of namesakes depend on the whole table, so each shard reads it, which takes a fraction of the time of making documents.
"""

import subprocess
import sys

from pyspark.sql import SparkSession


def make(table, out, of):
    def partition(numbers):
        for number in numbers:
            report = f"{out}-reports/{number:05d}.json"
            command = ["itog", "batch", table, "-o", out, "--resume", "--shard", f"{number}/{of}", "--report", report, "--jobs", "1"]
            status = subprocess.run(command).returncode
            if status not in (0, 1):
                # Spark tries the task again, on another executor if this one is lost.
                raise RuntimeError(f"shard {number}/{of} ended with {status}")
            yield number, status

    return partition


if __name__ == "__main__":
    table, out, of = sys.argv[1], sys.argv[2], int(sys.argv[3])
    spark = SparkSession.builder.appName("itog").getOrCreate()
    done = spark.sparkContext.parallelize(range(1, of + 1), of).mapPartitions(make(table, out, of)).collect()
    spark.stop()
    reports = [f"{out}-reports/{number:05d}.json" for number, _ in sorted(done)]
    sys.exit(subprocess.run(["itog", "report", "--files", out, "-o", f"{out}-reports/all.json", "--merge", *reports]).returncode)
