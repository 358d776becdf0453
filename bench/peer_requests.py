"""What a script with 64 threads and `requests` would do: for each model the record, the card and the license.

  peer_requests.py BASE IDS THREADS     writes a line a model: id and license
"""
import concurrent.futures
import sys
import threading

import requests

BASE, IDS, THREADS = sys.argv[1], sys.argv[2], int(sys.argv[3])
mine = threading.local()


def begin() -> None:
    """A session for each thread: it keeps its connection."""
    mine.session = requests.Session()


def get(path: str) -> requests.Response:
    answer = mine.session.get(f"{BASE}/{path}")
    answer.raise_for_status()
    return answer


def look(model: str) -> str:
    record = get(f"api/models/{model}").json()
    for name in ("README.md", "LICENSE"):
        get(f"{model}/resolve/main/{name}").content
    return f"{record['id']} {record['cardData']['license']}"


with concurrent.futures.ThreadPoolExecutor(THREADS, initializer=begin) as pool:
    for line in pool.map(look, open(IDS).read().split()):
        print(line)
