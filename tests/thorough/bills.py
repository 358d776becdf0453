#!/usr/bin/env python3
"""Bills of materials of 300 real models of 2022, in one and one by one for some: no error by the official schemas, a citation
for every statement, no pointer that leads nowhere, same bytes twice.

  bills.py HOWOPEN [MODELS]

Needs ../shared (real models, schemas) and python3-jsonschema; without them it says so and does nothing.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"
SCHEMAS = pathlib.Path(os.environ.get("HOWOPEN_SCHEMAS", SHARED / "schemas"))
REAL = SHARED / "real/hub-2022-sample.tar.zst"
VALIDATE = pathlib.Path(__file__).resolve().parents[1] / "validate.py"
NO_CARD = b"Error: the path 'README.md'"
FORMATS = {"cyclonedx": "bom-1.7.schema.json", "cyclonedx-1.6": "bom-1.6.schema.json", "spdx": "spdx-3.0.1.schema.json"}


def snapshot(folder, most):
    """Records and cards as `howopen fetch` saves them; what else is asked was not saved."""
    models, answers = [], []
    for path in sorted((folder / "models").glob("*/*/infos.json")):
        name = "/".join(path.parts[-3:-1])
        record = json.loads(path.read_bytes()) | {"id": name}
        card = path.with_name("README.md")
        if len(models) == most or not card.exists():
            continue
        try:
            text = card.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        if text.startswith(NO_CARD.decode()) or "datasets:" not in text and len(models) % 2:
            continue
        models.append({"ref": name, "id": name})
        answers.append({"topic": "model", "id": name, "outcome": "got",
                        "where": f"https://huggingface.co/api/models/{name}", "body": json.dumps(record)})
        answers.append({"topic": "file", "id": name, "revision": record["sha"], "path": "README.md", "outcome": "got",
                        "where": f"https://huggingface.co/{name}/resolve/{record['sha']}/README.md", "body": text})
    return {"howopen": "snapshot", "version": 1, "models": models, "answers": answers}


def at(root, pointer):
    for key in pointer.split("/")[1:]:
        root = root[int(key)] if isinstance(root, list) else root[key]
    return root


def without_source(bill):
    """Statements that no citation names, and pointers that lead nowhere."""
    cited = {p for c in bill.get("citations", []) for p in c["pointers"]}
    out, statements = [], 0
    for i, c in enumerate(bill.get("components", [])):
        base = f"/components/{i}"
        fields = [f"{base}/{k}" for k in ("name", "version", "description", "purl") if k in c]
        for key in ("licenses", "properties", "externalReferences", "swhid", "pedigree/ancestors", "evidence/licenses",
                    "modelCard/modelParameters/datasets"):
            try:
                items = at(bill, f"{base}/{key}")
            except KeyError:
                continue
            fields += [f"{base}/{key}/{k}" for k in range(len(items))]
        statements += len(fields)
        out += [f for f in fields if f not in cited]
    for pointer in cited:
        try:
            at(bill, pointer)
        except (KeyError, IndexError):
            out.append(pointer + " leads nowhere")
    return statements, out


def main():
    howopen = str(pathlib.Path(sys.argv[1]).resolve())
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    missing = [str(p) for p in [REAL] + [SCHEMAS / s for s in FORMATS.values()] if not p.exists()]
    if missing:
        print("no bill was checked, for there is no", ", ".join(missing))
        return
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home)
        subprocess.run(["tar", "--zstd", "-xf", REAL, "-C", home], check=True)
        saved = snapshot(folder, most)
        (folder / "s.json").write_text(json.dumps(saved))
        env = {"HOME": home, "PATH": os.environ["PATH"]}

        def run(*words):
            done = subprocess.run([howopen, *words], env=env, capture_output=True)
            if done.returncode not in (0, 3):
                sys.exit(f"howopen {words}: {done.returncode}\n{done.stderr.decode(errors='replace')[:2000]}")
            return done.stdout

        # The validator takes a second and more for a model in SPDX.
        few = {**saved, "models": saved["models"][:60]}
        few["answers"] = [a for a in saved["answers"] if a["id"] in {m["id"] for m in few["models"]}]
        (folder / "few.json").write_text(json.dumps(few))
        for name, schema in FORMATS.items():
            models, file = (few["models"], "few.json") if name == "spdx" else (saved["models"], "s.json")
            out = run("audit", "--replay", f"{home}/{file}", "-o", name)
            again = run("audit", "--replay", f"{home}/{file}", "-o", name)
            done = subprocess.run(["/usr/bin/python3", VALIDATE, SCHEMAS / schema], input=out, capture_output=True)
            print(f"  {name}: {len(models)} models, {len(out) / 1e6:.1f} MB, "
                  f"{'valid' if done.returncode == 0 else 'INVALID ' + done.stdout.decode()[:1000]}"
                  f"{'' if out == again else ', NOT THE SAME TWICE'}")
            failed += done.returncode != 0 or out != again
            if name == "cyclonedx":
                statements, bad = without_source(json.loads(out))
                print(f"  {statements} statements, {len(bad)} without a source {' '.join(bad[:10])}")
                failed += bool(bad)
    if failed:
        sys.exit("failed")


if __name__ == "__main__":
    main()
