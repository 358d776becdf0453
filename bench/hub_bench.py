#!/usr/bin/env python3
"""One audit, cold, at a true 50 ms round trip with TLS, beside `curl -Z` of the same files.

  hub_bench.py --howopen BIN --delayline BIN [--rounds 7]

A new process and a new model each time. Needs root for network namespaces, and nginx.
"""
import argparse

import measured
import results
import served
from measured import Program


def one(args) -> list:
    with served.hub(args.rounds) as folder, served.distance(args.delayline) as (near, far), served.serving(folder, far):
        ids = (folder / "hub/ids.txt").read_text().split()

        def curl(n):
            urls = [f"{served.FAR}/{path}" for path in
                    (f"api/models/{ids[n]}", f"{ids[n]}/resolve/main/README.md", f"{ids[n]}/resolve/main/LICENSE")]
            return ["curl", "-sfZ", "--parallel-immediate", *(w for url in urls for w in ("-o", "/dev/null", url))]

        programs = [Program("curl -Z", curl),
                    Program("howopen audit", lambda n: [args.howopen, "audit", ids[n], "--json", "--no-cache"])]
        return measured.compare(programs, args.rounds, 1, folder, served.environment(folder, served.FAR), prefix=near)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--howopen", required=True)
    parser.add_argument("--delayline", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    print(f"one audit, 50 ms round trip, TLS 1.3, HTTP/2, {args.rounds} models, a new process each")
    rows = one(args)
    measured.show(rows)
    results.keep("one", rows, args.howopen)


if __name__ == "__main__":
    main()
