#!/usr/bin/env python3
"""Pictures of real screens: runs howopen in a terminal of 80 columns and writes what it shows as SVG.

    tools/screens.py build/release/howopen docs/pictures

Colors follow the reader's light or dark. Nothing is asked of the network, so the same program writes the same
bytes; a test holds the pictures against what the program prints.
"""

import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios
import unicodedata

SCREENS = {
    "card.svg": ["audit", "deepseek-ai/DeepSeek-R1", "--offline"],
    "table.svg": ["audit", "deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-R1", "meta-llama/Llama-3.3-70B-Instruct",
                  "tiiuae/falcon-40b", "gpt-4", "--for", "product", "--sort", "verdict", "--offline"],
    "compare.svg": ["compare", "deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-R1", "--offline"],
}
COLUMNS = 80
CELL = 8.4  # columns of a monospace font of 14 px
LINE = 19
CLASSES = {"1": "b", "2": "d", "31": "r", "32": "g", "33": "y"}
STYLE = """
text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328; white-space: pre }
.p { fill: #f6f8fa; stroke: #d0d7de } .b { font-weight: 700 } .d { fill: #656d76 }
.r { fill: #b42318 } .g { fill: #116329 } .y { fill: #7d4e00 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .p { fill: #0d1117; stroke: #30363d } .d { fill: #8b949e }
  .r { fill: #ff7b72 } .g { fill: #56d364 } .y { fill: #e3b341 }
}"""


def shown(command):
    """What a terminal gets to show, without links."""
    pid, terminal = pty.fork()
    if pid == 0:
        # The parent sets the size before anything is written.
        os.read(0, 1)
        environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "TERM": "linux"}
        os.execve(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    attributes = termios.tcgetattr(terminal)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)
    os.write(terminal, b"\n")
    out = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    if os.waitpid(pid, 0)[1] != 0:
        sys.exit("failed: " + " ".join(command))
    return out.decode().replace("\r\n", "\n").rstrip("\n").split("\n")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def markup(line, y):
    """Each run of one color at its column, so that fonts need not agree on widths."""
    out, column, look = "", 0, ""
    for part in re.split("(\x1b\\[[0-9;]*m)", line):
        if part.startswith("\x1b"):
            look = CLASSES.get(part[2:-1], "")
            continue
        for word in re.findall(r"\S+(?: \S+)*| +", part):
            if word.strip():
                out += '<tspan x="%g"%s>%s</tspan>' % (
                    16 + column * CELL, ' class="%s"' % look if look else "", html.escape(word))
            else:
                out += word
            column += width(word)
    return '<text y="%d" xml:space="preserve">%s</text>\n' % (y, out)


def picture(arguments, lines):
    prompt = "$ howopen " + " ".join(arguments)
    # A command that is longer than the screen goes on where a shell would let it.
    commands = []
    for word in prompt.split(" "):
        if commands and len(commands[-1]) + 1 + len(word) <= COLUMNS - 2:
            commands[-1] += " " + word
        else:
            commands.append(word if not commands else "    " + word)
    commands = [c + " \\" for c in commands[:-1]] + commands[-1:]
    rows = commands + lines
    height = LINE * len(rows) + 24
    wide = 32 + COLUMNS * CELL
    body = "".join(markup(row, 12 + LINE * (i + 1) - 4) for i, row in enumerate(rows))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%d" viewBox="0 0 %g %d" role="img">\n'
        "<title>%s</title>\n<style>%s\n</style>\n"
        '<rect class="p" x="0.5" y="0.5" width="%g" height="%d" rx="6"/>\n%s</svg>\n'
        % (wide, height, wide, height, html.escape(prompt), STYLE, wide - 1, height - 1, body))


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    for name, arguments in SCREENS.items():
        lines = shown([program] + arguments)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(picture(arguments, lines))


if __name__ == "__main__":
    main()
