# spark-submit pipe.py ids.txt out: a process a partition; the program is on every worker (--files, or installed).
import sys
from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("howopen").getOrCreate()
ids = spark.sparkContext.textFile(sys.argv[1], 64)
ids.pipe("sh -c 'howopen batch - --threads 0 -q || [ $? = 3 ]'", checkCode=True).saveAsTextFile(sys.argv[2])
