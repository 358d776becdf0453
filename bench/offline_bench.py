#!/usr/bin/env python3
"""howopen where nobody is asked: records and saved snapshots judged by the CPU second, and the memory that takes.

  offline_bench.py --howopen BIN [--rounds 5] [--long]

The measure is `jq -c .`, which reads the same bytes and prints them: CPU time, as wall time says little here. The
real models are 5,036 of the Hub in 2022, if they are there: their records alone, and with their cards as snapshots that
`howopen fetch` saves. --long: memory over a million lines too.
"""
import argparse
import json
import pathlib
import shutil
import subprocess

import measured
import results
import served
from measured import Program

REAL = served.SHARED / "real/hub-2022-sample.tar.zst"
MADE_UP = 5000
IN_A_SNAPSHOT = 250
NO_CARD = b"Error:"  # whoever collected them wrote that in place of a card that is not there


def beside_jq(args, folder: pathlib.Path, models: int, files: list, words: list) -> dict:
    """CPU time of howopen and of jq over the same bytes; and models by the CPU second."""
    ours = [args.howopen, "batch", *words, "--no-progress"]
    programs = [Program("jq -c .", lambda _: ["jq", "-c", ".", *files]),
                Program("howopen batch", lambda _: ours, models, exits=(0, 3))]  # 3: some verdicts stay open
    if not shutil.which("jq"):
        print("SKIPPED: jq is missing; howopen is shown by itself")
        del programs[0]
    env = served.environment(folder, served.LOOPBACK)
    rows = measured.compare(programs, args.rounds, models, folder, env, log=False)
    measured.show(rows)
    size = sum(f.stat().st_size for f in files)
    speed = measured.spread([models / seconds for seconds in rows[-1]["rounds"]])
    print(f"  {models} models, {size / models:.0f} bytes each: {measured.brief(speed, 0)} models a CPU second")
    return {"models": models, "bytes_per_model": size / models, "models_per_cpu_second": speed, "rows": rows}


def made_up(args) -> tuple:
    """Records of the made-up Hub: what judging them costs, and whether memory grows with their number."""
    with served.hub(MADE_UP) as folder:
        lines = [p.read_bytes() + b"\n" for p in sorted((folder / "hub/api").rglob("*.json"))]
        file = folder / "records.jsonl"
        file.write_bytes(b"".join(lines))
        print("made-up records, judged and written")
        speed = beside_jq(args, folder, len(lines), [file], ["--from-records", file])
        return speed, memory(args, folder, file)


def memory(args, folder: pathlib.Path, file: pathlib.Path) -> list:
    """Peak memory over ever more lines, through a pipe: the lines need no place on a disk."""
    ours = [args.howopen, "batch", "--from-records", "-", "--no-progress", "--output", "/dev/null"]
    out = []
    for n in (1_000, 10_000, 100_000) + ((1_000_000,) if args.long else ()):
        command = f"while cat '{file}'; do :; done | head -n {n}"
        with subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as lines:
            done = measured.run(ours, folder, served.environment(folder, served.LOOPBACK), stdin=lines.stdout)
            lines.stdout.close()
        if done.code not in (0, 3):
            print(f"  WRONG: exit {done.code}")
        print(f"  {n:>8} lines: {done.rss:5.1f} MB at most, {done.wall:.1f} s", flush=True)
        out.append({"lines": n, "rss_mb": done.rss, "seconds": done.wall})
    return out


def lay_out(folder: pathlib.Path) -> list:
    """The real models as a Hub that nginx can serve; gives their names."""
    served.sh("tar", "--zstd", "-xf", REAL, "-C", folder)
    ids = []
    for path in sorted((folder / "models").glob("*/*/infos.json")):
        model = "/".join(path.parts[-3:-1])
        record = json.loads(path.read_bytes()) | {"id": model}
        target = folder / "hub/api/models" / f"{model}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
        card = path.with_name("README.md")
        if card.exists() and not card.read_bytes().startswith(NO_CARD):
            place = folder / "hub/raw" / model
            place.mkdir(parents=True, exist_ok=True)
            card.rename(place / "README.md")
        ids.append(model)
    return ids


def save_snapshots(args, folder: pathlib.Path, ids: list) -> pathlib.Path:
    """What `howopen fetch` saves of them, some hundred to a file. Not all that a record lists is in the collection,
    and no datasets are: such questions are answered with 404, once, here."""
    out = folder / "snapshots"
    out.mkdir()
    env = served.environment(folder, served.LOOPBACK)
    with served.serving(folder):
        for start in range(0, len(ids), IN_A_SNAPSHOT):
            done = subprocess.run([args.howopen, "fetch", *ids[start:start + IN_A_SNAPSHOT], "-j", "64", "--no-cache",
                                   "--no-progress", "--quiet", "--output", out / f"{start:06}.json"], env=env)
            if done.returncode:
                print(f"  WRONG: howopen fetch: exit {done.returncode}")
        print(f"  saved as snapshots; the server answered {dict(served.statuses(folder))}")
    return out


def real(args) -> dict:
    with served.folder_with_server() as folder:
        ids = lay_out(folder)
        file = folder / "records.jsonl"
        file.write_bytes(b"".join((folder / f"hub/api/models/{m}.json").read_bytes() for m in ids))
        print("real models of 2022, their records alone")
        records = beside_jq(args, folder, len(ids), [file], ["--from-records", file])
        print("the same with cards, as saved snapshots")
        snapshots = save_snapshots(args, folder, ids)
        cards = beside_jq(args, folder, len(ids), sorted(snapshots.iterdir()), ["--replay", snapshots])
        return {"records": records, "snapshots": cards}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--howopen", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", action="store_true")
    args = parser.parse_args()
    args.howopen = str(pathlib.Path(args.howopen).resolve())
    figures = {"rounds": args.rounds}
    figures["made_up"], figures["memory"] = made_up(args)
    if REAL.exists():
        figures["real"] = real(args)
    else:
        print(f"SKIPPED: real models: there is no {REAL}")
    results.keep("offline", figures, args.howopen)


if __name__ == "__main__":
    main()
