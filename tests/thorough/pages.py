#!/usr/bin/env python3
"""HTML reports of 1, 34 and 10,000 models in a headless Chromium: no error in the console, no request for anything, filter,
sort and search by clicking and typing, links to sections; pictures in light, dark and print, to be looked at.

  pages.py HOWOPEN [FOLDER]      FOLDER: for the pictures and PDFs; else they go with the temporary folder

Chromium is spoken to over its pipe; nothing but Python is needed. Without a Chromium it says so and does nothing.
"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

MODELS = """deepseek-ai/DeepSeek-R1 deepseek-ai/DeepSeek-V3 deepseek-ai/DeepSeek-V3.1 deepseek-ai/DeepSeek-V2 deepseek-ai/DeepSeek-OCR
deepseek-ai/Janus-Pro-7B deepseek-ai/DeepSeek-R1-Distill-Llama-70B deepseek-ai/DeepSeek-R1-Distill-Qwen-32B
deepseek-ai/deepseek-llm-67b-base deepseek-ai/deepseek-math-7b-base deepseek-ai/deepseek-coder-6.7b-instruct
deepseek-ai/DeepSeek-V2.5 deepseek-ai/DeepSeek-V3-0324 deepseek-ai/DeepSeek-V3.2-Exp meta-llama/Llama-3.3-70B-Instruct
meta-llama/Llama-3.1-8B meta-llama/Llama-2-7b-hf google/gemma-3-27b-it google/gemma-2-9b-it tiiuae/falcon-40b
tiiuae/falcon-180B tiiuae/falcon-7b mistralai/Mistral-7B-v0.1 mistralai/Mistral-Large-Instruct-2411 allenai/OLMo-2-1124-7B
Qwen/Qwen2.5-7B-Instruct Qwen/Qwen2.5-72B-Instruct EleutherAI/pythia-12b LLM360/Amber openai/gpt-oss-20b gpt-4 gpt-5
claude-3-opus gemini-2.5-pro""".split()
MANY = 10_000


class Chromium:
    def __init__(self, program, home):
        self.to_child, self.out = os.pipe()
        self.inp, self.from_child = os.pipe()

        def wire():
            # 3 and 4 are where Chromium reads and writes; the pipes may lie on either themselves.
            read, write = os.dup2(self.to_child, 100), os.dup2(self.from_child, 101)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.child = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--hide-scrollbars",
             "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
             f"--user-data-dir={home}/chromium", "about:blank"],
            preexec_fn=wire, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={"HOME": home, "PATH": os.environ["PATH"]})
        os.close(self.to_child)
        os.close(self.from_child)
        self.buffer = b""
        self.number = 0
        self.events = []
        self.session = None

    def read(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.inp, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium has gone")
            self.buffer += piece
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def ask(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            got = self.read()
            if got.get("id") == self.number:
                if "error" in got:
                    raise RuntimeError(f"{method}: {got['error']}")
                return got["result"]
            self.events.append(got)

    def open(self):
        target = next(t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    def go(self, url):
        self.events = []
        self.ask("Page.navigate", url=url)
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self.read())

    def run(self, expression):
        got = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise RuntimeError(got["exceptionDetails"]["exception"].get("description", "exception"))
        return got["result"].get("value")

    def click(self, selector):
        """As a hand would: at the middle of what is seen."""
        at = self.run(f"""(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: "center"}});
          const r = e.getBoundingClientRect(); return [r.x + Math.min(r.width / 2, 20), r.y + Math.min(r.height / 2, 10)]; }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", clickCount=1)

    def type(self, text):
        self.ask("Input.insertText", text=text)

    def media(self, scheme="light", media=""):
        self.ask("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def size(self, width, height):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, file):
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(data))

    def pdf(self, file):
        file.write_bytes(base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"]))

    def close(self):
        try:
            self.session = None
            self.ask("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.child.wait(20)


FAILED = []


def check(what, ok, told=""):
    print(f"  {'ok  ' if ok else 'FAIL'} {what} {told}".rstrip())
    if not ok:
        FAILED.append(what)


def quiet(chromium, url):
    """Nothing in the console, and nothing asked for but the file itself."""
    chromium.run("new Promise(done => setTimeout(done, 200))")
    bad = [e for e in chromium.events
           if e.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")]
    asked = {e["params"]["request"]["url"] for e in chromium.events if e.get("method") == "Network.requestWillBeSent"}
    check("nothing in the console", not bad, json.dumps(bad)[:500] if bad else "")
    check("no request", {a.partition("#")[0] for a in asked} <= {url.partition("#")[0]}, " ".join(sorted(asked - {url}))[:300])


def column(chromium, at):
    return chromium.run(f"Array.from(document.querySelectorAll('#models tbody tr'), r => r.cells[{at}].textContent)")


def pictures(chromium, folder, name):
    for scheme in ("light", "dark"):
        chromium.media(scheme)
        chromium.picture(folder / f"{name}-{scheme}.png")
    chromium.media()


def paper_and_phone(chromium, folder, name):
    chromium.media(media="print")
    chromium.size(794, 1123)
    chromium.run("scrollTo(0, 0)")
    chromium.picture(folder / f"{name}-print.png")
    chromium.pdf(folder / f"{name}.pdf")
    chromium.media()
    chromium.size(390, 844)
    chromium.picture(folder / f"{name}-phone.png")
    wide = chromium.run("document.documentElement.scrollWidth")
    check("fits a phone", wide <= 390, str(wide))
    chromium.size(1280, 900)


def clicks(chromium, total):
    counted = "document.querySelector('#filters output').value"
    check("all are counted", chromium.run(counted) == f"{total:,} of {total:,}", chromium.run(counted))
    for key, at in (("id", 0),):
        start = time.time()
        chromium.click(f"[data-sort={key}]")
        names = column(chromium, at)
        check("sorted by name", names == sorted(names) and len(names) == min(total, 500), f"{time.time() - start:.2f} s")
        chromium.click(f"[data-sort={key}]")
        names = column(chromium, at)
        check("and downwards", names == sorted(names, reverse=True))
    chromium.click("[data-sort=n]")
    conflicts = [int(c or 0) for c in column(chromium, 5)]
    check("most conflicts first", conflicts == sorted(conflicts, reverse=True) and conflicts[0] > 0)
    verdict = chromium.run("document.querySelector('.bar button').dataset.verdict")
    start = time.time()
    chromium.click(".bar button")
    rows = chromium.run("Array.from(document.querySelectorAll('#models tbody tr'), r => r.dataset.v)")
    check("one verdict", rows and set(rows) == {verdict}, f"{chromium.run(counted)}, {time.time() - start:.2f} s")
    chromium.click(".bar button")
    check("and all again", chromium.run(counted).startswith(f"{total:,} "))
    chromium.click("[name=q]")
    start = time.time()
    chromium.type("falcon")
    names = column(chromium, 0)
    check("found by search", names and all("falcon" in n.lower() for n in names), f"{len(names)}, {time.time() - start:.2f} s")
    chromium.click("#filters [type=reset]")
    chromium.run("new Promise(done => setTimeout(done, 100))")
    check("search is taken back", chromium.run(counted).startswith(f"{total:,} "))
    chromium.click("[name=n]")
    check("conflicts alone", all(int(c or 0) > 0 for c in column(chromium, 5)), chromium.run(counted))
    chromium.click("[name=n]")


def main():
    howopen = str(pathlib.Path(sys.argv[1]).resolve())
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        print("no chromium: no page was looked at (apt-get install chromium)")
        return
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else home)
        folder.mkdir(parents=True, exist_ok=True)
        env = {"HOME": home, "PATH": os.environ["PATH"]}

        def run(*words):
            done = subprocess.run([howopen, *words], env=env, capture_output=True, text=True)
            if done.returncode not in (0, 3):
                sys.exit(f"howopen {' '.join(words)[:200]}: {done.returncode}\n{done.stderr[:2000]}")
            return done.stdout

        run("audit", MODELS[6], "--offline", "-o", f"html={folder}/1.html")
        run("audit", *MODELS, "--offline", "-o", f"html={folder}/34.html", "-o", f"jsonl={folder}/34.jsonl")
        lines = [json.loads(line) for line in (folder / "34.jsonl").read_text().splitlines()]
        lines = [line for line in lines if "id" in line]
        check("34 models", len(lines) == len(MODELS), str(len(lines)))
        with open(folder / "many.jsonl", "w") as out:
            for i in range(MANY):
                line = dict(lines[i % len(lines)])
                line["id"] = line["ref"] = f"{line['id']}-{i // len(lines)}"
                out.write(json.dumps(line, separators=(",", ":")) + "\n")
        start = time.time()
        run("summary", f"{folder}/many.jsonl", "-o", f"html={folder}/10000.html")
        print(f"  10,000 models written in {time.time() - start:.1f} s, {(folder / '10000.html').stat().st_size / 1e6:.1f} MB")
        run("site", f"{folder}/34.jsonl", "--output", f"{home}/site")
        chromium = Chromium(program, home)
        try:
            chromium.open()
            chromium.size(1280, 900)
            print("1 model")
            url = (folder / "1.html").as_uri()
            chromium.go(url)
            pictures(chromium, folder, "1")
            paper_and_phone(chromium, folder, "1")
            quiet(chromium, url)
            print("34 models")
            url = (folder / "34.html").as_uri()
            chromium.go(url)
            pictures(chromium, folder, "34")
            clicks(chromium, len(MODELS))
            chromium.click("#models tbody a")
            there = chromium.run("document.querySelector(':target') && document.querySelector(':target').id")
            check("a row leads to its section", bool(there), str(there))
            chromium.picture(folder / "34-section.png")
            paper_and_phone(chromium, folder, "34")
            quiet(chromium, url)
            print("10,000 models")
            url = (folder / "10000.html").as_uri()
            start = time.time()
            chromium.go(url)
            print(f"  loaded in {time.time() - start:.1f} s")
            pictures(chromium, folder, "10000")
            clicks(chromium, MANY)
            start = time.time()
            chromium.click("#models tbody a")
            chromium.run("new Promise(done => setTimeout(done, 100))")
            there = chromium.run("document.querySelector('#detail section') && document.querySelector('#detail section').id")
            check("a row leads to its section", bool(there), f"{there}, {time.time() - start:.2f} s")
            chromium.picture(folder / "10000-section.png")
            quiet(chromium, url)
            print("site")
            url = (pathlib.Path(home) / "site/index.html").as_uri()
            chromium.go(url)
            chromium.click("#models tbody a")
            while "models/" not in (chromium.run("location.href") or ""):
                time.sleep(0.05)
            chromium.run("new Promise(done => setTimeout(done, 300))")
            drawn = chromium.run("Array.from(document.images, i => i.naturalWidth)")
            check("a page with its badges", len(drawn) == 2 and all(w > 50 for w in drawn), str(drawn))
            chromium.run("scrollTo(0, document.body.scrollHeight)")
            chromium.picture(folder / "site-page.png")
        finally:
            chromium.close()
    if FAILED:
        sys.exit("failed: " + "; ".join(FAILED))


if __name__ == "__main__":
    main()
