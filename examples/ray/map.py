# python map.py ids.txt out: a process a batch of rows, which come back in their order.
import subprocess
import sys

import ray


def judge(rows):
    done = subprocess.run(["howopen", "batch", "-", "--threads", "0", "-q"], input="\n".join(rows["text"]), stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"howopen ended with {done.returncode}")
    return {"result": done.stdout.splitlines()}


ray.data.read_text(sys.argv[1]).map_batches(judge, batch_size=500).write_json(sys.argv[2])
