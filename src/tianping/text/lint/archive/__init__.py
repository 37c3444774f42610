"""归档检查：a whole archive re-checked in shards, on one machine or on a cluster, so that nothing is done twice.

    归档/ledger.sqlite        台账：each shard with its state, attempts, counts and hashes (ledger.py)
    归档/shards/000001.txt    one shard: the files it means (plan.py)
    归档/remarks/000001.jsonl what came of them, a line a file (shard.py)
    归档/faults.jsonl         files set aside, with the reason
    归档/statistics.parquet   remarks by month and rule, with documents and characters as denominators

``run`` (run.py) drives it: an engine (engines.py) takes shards and gives back tallies or the news that a worker died.
Resuming is running again: what the ledger calls done, and whose output is still what it was, is not touched.
"""
