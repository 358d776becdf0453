#!/usr/bin/env python3
"""Writes the figures of build/bench.json into README.md, between the marks of the section "Speed".

  readme_table.py [--print]      --print: shows them and leaves README.md alone

What was not measured in that run is not in the text: nothing is kept from an earlier one.
"""
import re
import sys
import textwrap

import results
import served

README = served.HERE.parent / "README.md"
GOOD = {"200", "206"}  # 206: a part of a file, as asked for
MARKS = re.compile(r"(<!-- bench\b.*?-->\n).*?(<!-- /bench -->)", re.DOTALL)


def number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def three(values) -> str:
    """A ratio with the smallest and largest."""
    middle, low, high = map(number, values)
    return f"{middle} ({low} to {high})"


def round_figure(value: float) -> str:
    """Three places are more than a noisy machine gives."""
    return f"{float(f'{value:.2g}'):,.0f}"


def code(name: str) -> str:
    """As README writes a program's name; ours stands out."""
    if name.startswith("howopen"):
        return f"**{name}**"
    return f"`{name}`" if name.startswith(("curl", "@")) else name


def paragraph(words: str) -> list:
    return [*textwrap.wrap(words, 120, break_long_words=False, break_on_hyphens=False), ""]


def table(head, rows) -> list:
    return ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1),
            *("| " + " | ".join(cells) + " |" for cells in rows), ""]


def listed(parts: list) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def statuses(settings: dict) -> str:
    """What the server said, in a word if all was well."""
    seen = {status for s in settings.values() for r in s["rows"] for status in r["statuses"]}
    if seen <= GOOD:
        return "Every request was answered with " + " or ".join(sorted(seen)) + "."
    counts = (f"{r['program']} {status} × {n} ({name})" for name, s in settings.items() for r in s["rows"]
              for status, n in r["statuses"].items() if status not in GOOD)
    return "Answers other than 200 and 206: " + ", ".join(counts) + "."


def batch_table(settings: dict) -> list:
    rows = []
    for n, program in enumerate(r["program"] for r in settings["one core"]["rows"]):
        of = {name: s["rows"][n] for name, s in settings.items()}
        rows.append([code(program), *("1" if n == 0 else three(r["ratio"]) for r in of.values()),
                     " / ".join(number(of[name]["cpu_seconds"][0]) for name in of if name != "all cores"),
                     number(max(r["rss_mb"] for r in of.values())), number(of["one core"]["requests_per_model"])])
    names = {"one core": "loopback, one core", "all cores": "loopback, all cores", "50 ms": "50 ms and TLS, one core"}
    cpu = "CPU s, loopback / 50 ms" if "50 ms" in settings else "CPU s"
    return table(["batch", *(names[s] for s in settings), cpu, "peak MB", "requests per model"], rows)


def beside_howopen(settings: dict) -> str:
    """The two that a script would use, measured by howopen."""
    where = {"one core": "on one core", "all cores": "on all cores", "50 ms": "at 50 ms"}
    said = [code(row["program"]) + " takes " + listed(
                [f"{three(s['rows'][n]['times_howopen'])} {where[name]}" for name, s in settings.items()])
            for n, row in enumerate(settings["one core"]["rows"]) if row["program"].startswith(("requests", "@"))]
    return "howopen's time is 1: " + "; ".join(said) + ". " if said else ""


def batch(figures: dict) -> list:
    settings = figures["settings"]
    missing = "; ".join(f"{code(name)} ({why})" for name, why in figures["skipped"].items())
    words = (f"{figures['models']:,} made-up models, {figures['in_flight']} requests in flight, "
             f"{figures['rounds']} interleaved rounds. The others get the record, the card and the license text of "
             "each model; howopen needs no text whose hash in the record is that of a license it knows. The server has "
             "a core to itself except under \"all cores\". Wall time as a multiple of `curl -Z`, which fetches and "
             "does no more: the ratio of the medians, and the smallest and largest ratio of a round.")
    return [
        *paragraph(words),
        *batch_table(settings),
        *paragraph(beside_howopen(settings) + statuses(settings) + (f" Not measured: {missing}." if missing else ""))]


def one(rows: list) -> list:
    ours = rows[-1]
    return paragraph(f"One audit, cold, a new process, 50 ms and TLS: {three(ours['ratio'])} times the time of "
                     f"`curl -Z` for the three files, {number(ours['requests_per_model'])} requests.")


def licenses(figures: dict) -> list:
    ours, *others = figures["rows"]
    if not others:
        return []
    said = listed([f"{r['program']} takes {three(r['ratio'])} times" for r in others])
    size, middle = figures["bytes_per_file"] / 1000, ours["microseconds_per_file"][0]
    return paragraph(f"License identification, {figures['files']} texts of {size:.1f} kB on average: {said} the time "
                     f"of howopen, which is {middle:.0f} µs a text.")


def offline(figures: dict) -> list:
    sets = [("made-up records", figures["made_up"])]
    if "real" in figures:
        sets += [("real records of 2022", figures["real"]["records"]),
                 ("the same, with cards, from snapshots", figures["real"]["snapshots"])]
    rows = []
    for name, s in sets:
        ours = s["rows"][-1]
        beside = three(ours["ratio"]) if len(s["rows"]) > 1 else "not measured"
        rows.append([name, f"{s['models']:,}", f"{s['bytes_per_model'] / 1000:.1f}", beside,
                     round_figure(s["models_per_cpu_second"][0]), number(ours["rss_mb"])])
    return [*paragraph("Without a network, to gather, judge and write: CPU time as a multiple of `jq -c .`, which "
                       "reads the same bytes and prints them."),
            *table(["offline", "models", "kB each", "CPU, × `jq -c .`", "models per CPU second", "peak MB"], rows)]


def memory(rows: list) -> list:
    said = listed([f"{r['rss_mb']:.0f} MB for {r['lines']:,}" for r in rows])
    return paragraph(f"Peak memory over ever more records: {said}.")


def text(figures: dict) -> str:
    machine = figures["machine"]
    out = paragraph(f"Measured {figures['date']} with {figures.get('howopen', 'howopen')} on {machine['cpu']}, "
                    f"{machine['cores']} cores.")
    if "batch" in figures:
        out += batch(figures["batch"])
    if "one" in figures:
        out += one(figures["one"])
    if "licenses" in figures:
        out += licenses(figures["licenses"])
    if "offline" in figures:
        out += offline(figures["offline"]) + memory(figures["offline"]["memory"])
    return "\n".join(out).rstrip("\n") + "\n"


def main() -> None:
    figures = results.read()
    if not figures:
        raise SystemExit(f"no figures: {results.FILE}")
    new = text(figures)
    print(new)
    if "--print" in sys.argv[1:]:
        return
    readme = README.read_text()
    if not MARKS.search(readme):
        raise SystemExit(f"{README} has no marks <!-- bench --> and <!-- /bench -->")
    README.write_text(MARKS.sub(lambda marks: marks[1] + new + marks[2], readme))


if __name__ == "__main__":
    main()
