#!/usr/bin/env python3
"""A picture of the HTML report: eight models offline, in a headless Chromium, light and dark side by side as two files.

    tools/report_picture.py build/release/howopen docs/pictures

Chromium's fonts are those of the machine, so no test holds these bytes against the program; without a Chromium it
says so and does nothing. What is in the picture is looked at by `./dev thorough` (tests/thorough/pages.py).
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/thorough"))
import pages  # noqa: E402

MODELS = ["deepseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-V3", "meta-llama/Llama-3.3-70B-Instruct",
          "allenai/Olmo-3.1-32B-Think", "tiiuae/falcon-40b", "openai/gpt-oss-20b", "mistralai/Mistral-7B-v0.1", "gpt-4"]
WIDTH, HEIGHT = 960, 440


def main():
    howopen, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if program is None:
        print("no Chromium on this machine: no picture")
        return
    with tempfile.TemporaryDirectory() as home:
        page = pathlib.Path(home) / "report.html"
        subprocess.run([howopen, "audit", *MODELS, "--offline", "-q", "-o", f"html={page}"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"HOME": home, "LANG": "C.UTF-8"})
        browser = pages.Chromium(program, home)
        browser.open()
        browser.size(WIDTH, HEIGHT)
        for scheme in ("light", "dark"):
            browser.media(scheme)
            browser.go(page.as_uri())
            browser.picture(folder / f"report-{scheme}.png")
        browser.close()


main()
