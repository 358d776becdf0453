"""Inputs that somebody writes to make howopen slow, large or wrong: families of them, each a generator of so many bytes.

A family is made with families() and has a name, sizes that double, and make(n, folder), which writes an input of about n
bytes into an empty folder and gives the words behind `howopen`. growth.py measures them, hostile_batch.py takes some cards.
"""
import codecs
import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def fill(unit, n):
    """The unit again and again, as many whole ones as n bytes hold."""
    return unit * max(1, n // len(unit.encode()))


def count(form, n):
    """The unit with a number in it, @, for as long as n bytes hold."""
    out, size, i = [], 0, 0
    while size < n:
        out.append(form.replace("@", str(i)))
        size += len(out[-1])
        i += 1
    return "".join(out)


def nest(opening, closing, n, inside="x"):
    """Half of n bytes of openings, the same number of closings."""
    k = max(1, n // (len(opening) + len(closing)))
    return opening * k + inside + closing * k


def stairs(unit, n, most):
    """Lines of one unit, two, three … up to `most`, and from one again."""
    out, size, k = [], 0, 0
    while size < n:
        k = k % most + 1
        out.append(unit * k + "x\n")
        size += len(out[-1])
    return "".join(out)


def safetensors(head):
    text = (head if isinstance(head, str) else json.dumps(head)).encode()
    return len(text).to_bytes(8, "little") + text + b"\0" * 16


def gguf(keys, key):
    """A head with so many numbers; one that says 1 for none, so that the caller adds it."""
    number = lambda i, size: i.to_bytes(size, "little")  # noqa: E731
    return (b"GGUF" + number(3, 4) + number(0, 8) + number(max(1, keys), 8)
            + (number(len(key), 8) + key + number(4, 4) + number(7, 4)) * keys)


# ---- snapshots

COMMIT = "d" * 40


def blob(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def snapshot(name, card, record=None, files=None):
    """A saved snapshot of one model: its record, its card and further files, text by name."""
    files = {"README.md": card, "config.json": '{"architectures":["LlamaForCausalLM"],"model_type":"llama"}', **(files or {})}
    siblings, answers = [], []
    for path, text in files.items():
        content = text.encode()
        siblings.append({"rfilename": path, "size": len(content), "blobId": blob(content)})
        answers.append({"topic": "file", "id": name, "revision": COMMIT, "path": path, "blob": blob(content), "outcome": "got",
                        "where": f"https://hub.example.org/{name}/resolve/{COMMIT}/{path}", "commit": COMMIT, "body": text})
    siblings.append({"rfilename": "model.safetensors", "size": 2 * 10**9, "blobId": "a" * 40,
                     "lfs": {"sha256": "b" * 64, "size": 2 * 10**9, "pointerSize": 135}})
    body = {"id": name, "modelId": name, "sha": COMMIT, "private": False, "gated": False, "disabled": False,
            "pipeline_tag": "text-generation", "tags": ["transformers", "license:mit"], "siblings": siblings,
            "config": {"architectures": ["LlamaForCausalLM"], "model_type": "llama"}, "cardData": {"license": "mit"},
            "usedStorage": 1, "library_name": "transformers"}
    more = dict(record or {})
    body["siblings"] += more.pop("siblings", [])
    body.update(more)
    answers.insert(0, {"topic": "model", "id": name, "outcome": "got", "where": f"https://hub.example.org/api/models/{name}",
                       "body": json.dumps(body)})
    return json.dumps({"howopen": "snapshot", "version": 1, "models": [{"ref": name, "id": name}], "answers": answers})


def card_of(body, matter="license: mit\n"):
    return f"---\n{matter}---\n# Foo 7B\n\n{body}"


# ---- cards

def cards():
    """Bodies of Markdown by name."""
    half = lambda a, b: lambda n: a(n // 2) + b(n // 2)  # noqa: E731
    f = lambda unit: lambda n: fill(unit, n)  # noqa: E731
    c = lambda form: lambda n: count(form, n)  # noqa: E731
    hub = "https://huggingface.co/acme/base-7b"
    return {
        "definitions x uses": half(c("[a@]: /b@\n"), c("[a@] ")),
        "a long definition x uses": lambda n: "[a]: /" + "b" * min(n // 2, 4000) + "\n\n" + fill("[a]", n // 2),
        "one label defined again and again": f("[a]: /bbb\n"),
        "definitions of long labels": c("[" + "a" * 180 + "@]: /b\n"),
        "nested lists": lambda n: stairs("  ", n, 400).replace("x", "- x"),
        "list markers in a line": lambda n: fill("- ", n - 2) + "x\n",
        "lines of list markers": f("- " * 200 + "x\n"),
        "numbered markers": f("1. " * 60 + "x\n"),
        "quotes in a line": lambda n: fill("> ", n - 2) + "x\n",
        "nested quotes": lambda n: stairs("> ", n, 400),
        "emphasis": f("*a **a _a "),
        "emphasis of one sign": f("*_"),
        "emphasis in pairs": f("**a** *b* "),
        "backtick runs": lambda n: "".join("`" * (i % 63 + 1) + " " for i in range(n // 33)),
        "backticks and lines": f("`a\n"),
        "pairs of backticks": f("`a``b"),
        "<!A": f("<!A "),
        "<?": f("<?"),
        "<![CDATA[": f("<![CDATA["),
        "comments without end": f("<!-- \n"),
        "comments": f("<!-- a -->\n"),
        "tags without end": f("<a "),
        "attributes without end": lambda n: '<a ' + fill('href="', n) + ">",
        "attributes without value": lambda n: "<img " + fill("alt ", n) + ">",
        "links without text": f("<a href=u><p>"),
        "styles and scripts": f("<style>\n<script>\n"),
        "styles in a line": f("<style>a</style>"),
        "nested HTML": lambda n: nest("<details>", "</details>", n),
        "tables of HTML": f("<table><tr><td>a<td>MIT</table>\n"),
        "headings of HTML": f("<h2>License</h2>a "),
        "lists of HTML": lambda n: nest("<ul><li>", "</ul>", n),
        "rows of a table": lambda n: "| Model | License |\n|---|---|\n" + fill("| Foo-7B | MIT |\n", n),
        "columns of a table": lambda n: "\n".join(fill(unit, n // 3) for unit in ("|a", "|-", "|b")),
        "rows x columns": lambda n: "| a " * 300 + "\n" + "|---" * 300 + "\n" + fill("| b " * 300 + "\n", n),
        "a table of links": lambda n: "|a|b|\n|---|---|\n" + fill(f"|[x]({hub})|[y](LICENSE)|\n", n),
        "a long cell": lambda n: "|a|b|\n|---|---|\n| Foo | " + fill("MIT License. ", n) + "|\n",
        "pipes": f("|"),
        "footnotes": half(c("[^@]: a\n"), c("a[^@] ")),
        "headings": c("## License @\n"),
        "headings under headings": f("###### <h1>a\n\nMIT License.\n\n"),
        "paragraphs, then titles": half(f("x\n\n"), f("# a b c d\n")),
        "headings set below": f("a\n===\n"),
        "a paragraph that may be a heading": lambda n: fill("a b\n", n) + "===\n",
        "lines of signs": f("===\n---\n"),
        "autolinks": f("<https://a.example/b>"),
        "bare addresses": f("https://a.example/b "),
        "an address": lambda n: "https://" + fill("a.b/", n),
        "addresses that begin again": f("http://"),
        "entities": f("&amp;&#x41;&copy;"),
        "ampersands": f("&"),
        "a long line": f("words of a card "),
        "a long word": f("a"),
        "a word with dashes": f("a-"),
        "many words without sense": c("w@ "),
        "images": f("![a](b)"),
        "nested images": lambda n: nest("![", "](b)", n),
        "images within links": f("[![a](b)](c) "),
        "fences without end": f("```\n~~~\n"),
        "fences of growing length": lambda n: "".join("`" * (i % 500 + 3) + "\n" for i in range(n // 254)),
        "code": f("```python\nAutoModel.from_pretrained('acme/foo-7b')\n```\n"),
        "code that is set in": f("    vllm serve acme/foo-7b\n\n"),
        "nested brackets": lambda n: nest("[", "]", n),
        "brackets without end": f("["),
        "brackets and parentheses": f("[a](b"),
        "parentheses": lambda n: fill("[a](((((", n) + ")",
        "titles without end": lambda n: fill("[a](b 'c ", n) + ")",
        "links": c(f"[a@]({hub}) "),
        "long links": f("[a](" + "b" * 4000 + ") "),
        "tabs": f("\t\t\t\t- a\n"),
        "tabs in a line": f("\t"),
        "blanks": lambda n: fill(" ", n) + "x",
        "lines of blanks": f(" " * 63 + "\n"),
        "empty lines": f("\n"),
        "lines that end in CR": f("a\r"),
        "backslashes": f("\\"),
        "escapes": f("\\*\\[\\]"),
        "licenses in sentences": f("The weights are released under the MIT License.\n\n"),
        "licenses in one sentence": f("MIT, Apache 2.0, CC BY-NC 4.0, "),
        "conditions": f("You may not use the model for commercial purposes unless you pay. "),
        "a clause without end": f("if the license of the model that "),
        "bases in a sentence": lambda n: "It is fine-tuned from " + count("acme/base@-7b, ", n),
        "bases behind phrases": c(f"It is a fine-tune of [base @]({hub}@).\n\n"),
        "a name and its parts": f("Foo-7B-"),
        "names of its kin": c("Foo-7B is based on Foo-@B. "),
        "datasets": c("We trained on [data @](https://huggingface.co/datasets/acme/d@).\n"),
        "repositories": c("Code: https://github.com/acme/foo@\n"),
        "papers": c("https://arxiv.org/abs/2401.@\n"),
        "quotation marks": f('"a\u201cb'),
        "text without blanks": f("\u4e00\u4e01\u4e02"),
        "signs that combine": lambda n: "a" + fill("\u0301", n),
        "text in another script": f("\u041c\u043e\u0434\u0435\u043b\u044c \u043f\u043e\u0434 \u043b\u0438\u0446. MIT. "),
        "abbreviations": f("e.g. i.e. v1.0 "),
        "colons and items": f("Merged from:\n- acme/a-7b\n"),
        "numbers": f("1,234.5 "),
        "bytes that are no text": f("\u0001\u0002"),
    }


def matters():
    """Front matter by name; a card has 256 kB of it at most."""
    c = lambda form: lambda n: count(form, n)  # noqa: E731
    f = lambda unit: lambda n: fill(unit, n)  # noqa: E731
    return {
        "anchors within anchors": lambda n: "a0: &a0 [x]\n" + "".join(
            f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}]\n" for i in range(n // 30)),
        "aliases": lambda n: "a: &a [" + fill("x, ", n // 2) + "]\nb: [" + fill("*a, ", n // 2) + "]\n",
        "anchors": c("a@: &a@ x\n"),
        "nested anchors": lambda n: "a: " + count("&a@ [", n // 2) + "\n",
        "deep sequences": lambda n: "a: " + nest("[", "]", n) + "\n",
        "deep mappings": lambda n: "a: " + nest("{a: ", "}", n) + "\n",
        "brackets without end": lambda n: "a: " + fill("[", n) + "\n",
        "sequences in a line": lambda n: "a:\n" + fill("- ", n) + "x\n",
        "keys in a line": f("? "),
        "many keys": c("k@: v\n"),
        "one key again and again": f("license: mit\n"),
        "a mapping in braces": lambda n: "a: {" + count("k@: v, ", n) + "}\n",
        "base models": lambda n: "base_model:\n" + count("- acme/base@-7b\n", n),
        "datasets": lambda n: "datasets:\n" + count("- acme/data@\n", n),
        "tags": lambda n: "tags:\n" + count("- base_model:acme/m@\n", n),
        "licenses": lambda n: "license:\n" + fill("- mit\n", n),
        "an expression": lambda n: "license: " + fill("mit OR ", n) + "mit\n",
        "a license name": lambda n: "license: other\nlicense_name: " + fill("llama-", n) + "\n",
        "a license link": lambda n: "license: other\nlicense_link: https://" + fill("a/", n) + "\n",
        "a prompt of the gate": lambda n: "extra_gated_prompt: >-\n" + fill("  You agree not to use it commercially.\n", n),
        "a scalar over lines": lambda n: "a: x\n" + fill("  y\n", n),
        "a block": lambda n: "a: |\n" + fill("  y\n", n),
        "a string without end": lambda n: 'a: "' + fill("x\\n", n),
        "tags of types": lambda n: "a: [" + fill("!!str x, ", n) + "]\n",
        "comments": f("# a\n"),
        "directives": f("%TAG ! tag:a,2000:\n"),
        "a model index": lambda n: "model-index:\n- results:\n" + fill("  - {task: {type: a}, metrics: [{value: 1}]}\n", n),
    }


# ---- trees

def trees():
    """Files by family: name of the file, generator."""
    c = lambda form: lambda n: count(form, n)  # noqa: E731
    f = lambda unit: lambda n: fill(unit, n)  # noqa: E731
    hub = "from transformers import AutoModel\n"

    def cell(source, n):
        return json.dumps({"cells": [{"cell_type": "code", "source": source(n)}]})

    return {
        # Python
        "python: nested brackets": ("a.py", lambda n: nest("(", ")", n)),
        "python: brackets without end": ("a.py", f("f(\n")),
        "python: brackets that close": ("a.py", f("]")),
        "python: strings without end": ("a.py", f("x = 'a\n")),
        "python: triple quotes": ("a.py", f('"""a\'\'\'b')),
        "python: strings in strings": ("a.py", lambda n: '"""' + fill("x = '''m = \"a/b\"''' # 'c'\n", n) + '"""'),
        "python: f-strings": ("a.py", f("x = f'{a}/{b}'\n")),
        "python: prefixes of strings": ("a.py", f("f'r'b'")),
        "python: escapes": ("a.py", lambda n: "x = '" + fill("\\'", n) + "'"),
        "python: continued lines": ("a.py", f("a \\\n")),
        "python: backslashes and blanks": ("a.py", lambda n: fill("\\" + " " * 400, n)),
        "python: comments": ("a.py", f("# model = 'acme/foo-7b'\n")),
        "python: a long comment": ("a.py", lambda n: "# " + fill("'a/b' # ", n)),
        "python: assignments": ("a.py", lambda n: hub + count("model@ = 'acme/foo@-7b'\n", n)),
        "python: one name assigned": ("a.py", lambda n: hub + fill("m = 'acme/foo-7b'\n", n // 2)
                                      + fill("AutoModel.from_pretrained(m)\n", n // 2)),
        "python: calls": ("a.py", lambda n: hub + count("AutoModel.from_pretrained('acme/foo@-7b')\n", n)),
        "python: calls in calls": ("a.py", lambda n: hub + nest("AutoModel.from_pretrained(", ")", n, "'a/b'")),
        "python: calls of variables": ("a.py", lambda n: hub + count("AutoModel.from_pretrained(m@)\n", n)),
        "python: arguments": ("a.py", lambda n: hub + "f(" + count("a@='acme/foo@-7b', ", n) + ")"),
        "python: a command of many words": ("a.py", lambda n: "run(['vllm', '--model', " + fill("'a/b', ", n) + "])"),
        "python: commands": ("a.py", f("run(['vllm', 'serve', 'acme/foo-7b'])\n")),
        "python: options of a parser": ("a.py", c("p.add_argument('--model-@', default='acme/foo-7b')\n")),
        "python: ids in a list": ("a.py", lambda n: hub + "MODELS = [" + count("'acme/foo@-7b', ", n) + "]"),
        "python: ids in a dictionary": ("a.py", lambda n: hub + "M = {" + count("'k@': 'acme/foo-7b', ", n) + "}"),
        "python: a long key x ids": ("a.py", lambda n: "x" * (n // 2) + "_model_id = [" + fill("'acme/foo-7b', ", n // 2) + "]"),
        "python: a key of 40 letters x ids": ("a.py", lambda n: "embedding_model_name_or_path = [" + fill("'a/b-7b', ", n) + "]"),
        "python: choices": ("a.py", lambda n: "model = " + fill("'acme/a-7b' if x else ", n) + "None"),
        "python: alternatives": ("a.py", lambda n: "model = " + fill("a or ", n) + "'acme/a-7b'"),
        "python: colons": ("a.py", lambda n: "x[" + fill(":", n)),
        "python: lambdas": ("a.py", lambda n: "x = " + fill("lambda a: ", n) + "'a/b'"),
        "python: dots": ("a.py", lambda n: fill("a.", n) + "from_pretrained('a/b')"),
        "python: imports of a registry": ("a.py", f("from modelscope import a, b, c\n")),
        "python: an import of many names": ("a.py", lambda n: "from modelscope import " + count("a@, ", n)),
        "python: imports": ("a.py", f("import a, b, c, d, e, f, g\n")),
        "python: addresses": ("a.py", f("'https://huggingface.co/acme/foo-7b/resolve/main/a.bin'\n")),
        "python: schemes": ("a.py", f("hf://")),
        "python: h": ("a.py", f("hu")),
        "python: slashes": ("a.py", lambda n: hub + "'" + fill("a/", n) + "'"),
        "python: one long word": ("a.py", f("a")),
        "python: numbers": ("a.py", lambda n: "x = [" + fill("0.5, ", n) + "]"),
        "python: functions": ("a.py", c("def f@(model: str = 'acme/foo-7b'):\n  pass\n")),
        "python: commands in strings": ("a.py", f("x = 'vllm serve acme/foo-7b --revision v1'\n")),
        "python: programs in strings": ("a.py", f("exec(\"AutoModel.from_pretrained('a/b')\")\n")),
        "python: JSON in strings": ("a.py", f("x = '{\"model\": \"acme/foo-7b\"}'\n")),
        # notebooks
        "notebook: cells": ("a.ipynb", lambda n: '{"cells": [' + fill(
            '{"cell_type":"code","source":["x = 1\\n"]},', n) + "{}]}"),
        "notebook: a cell of lines": ("a.ipynb", lambda n: '{"cells":[{"source":[' + fill('"x = 1\\n",', n) + '""]}]}'),
        "notebook: objects in objects": ("a.ipynb", lambda n: nest('{"a":', "}", n, "1")),
        "notebook: strings without end": ("a.ipynb", f('{"source":"')),
        "notebook: sources": ("a.ipynb", lambda n: '{"cell_type":"code",' + fill('"source":["a"],', n) + "}"),
        "notebook: commands": ("a.ipynb", lambda n: cell(f("!vllm serve acme/foo-7b \\\n"), n)),
        "notebook: files written": ("a.ipynb", lambda n: cell(f("%%writefile a.py\n"), n)),
        "notebook: a notebook in it": ("a.ipynb", lambda n: cell(
            lambda k: "%%writefile a.ipynb\n" + cell(f("x = 'a/b'\n"), k), n)),
        "notebook: escapes": ("a.ipynb", lambda n: '{"source":"' + fill("\\u0041\\n", n) + '"}'),
        "notebook: pictures": ("a.ipynb", lambda n: '{"cells":[{"outputs":[{"data":"' + "A" * n + '"}]}]}'),
        # YAML
        "yaml: deep": ("a.yaml", lambda n: stairs(" ", n, 300).replace("x", "a:")),
        "yaml: deeper and deeper": ("a.yaml", lambda n: "".join(" " * i + "a:\n" for i in range(int((2 * n) ** 0.5)))),
        "yaml: block scalars": ("a.yaml", f("run: |\n  vllm serve acme/foo-7b\n")),
        "yaml: blocks in blocks": ("a.yaml", lambda n: "".join(
            " " * i + "a.yaml: |\n" for i in range(int((2 * n) ** 0.5)))),
        "yaml: a block without end": ("a.yaml", lambda n: "run: |\n" + fill(" vllm serve a/b\n", n)),
        "yaml: sequences in brackets": ("a.yaml", f("a: [b, c]\n")),
        "yaml: brackets without end": ("a.yaml", f("a: [\n")),
        "yaml: braces without end": ("a.yaml", f("a: {\n")),
        "yaml: nested brackets": ("a.yaml", lambda n: "a: " + nest("[", "]", n)),
        "yaml: a list of ids": ("a.yaml", lambda n: "models:\n" + count("- acme/foo@-7b\n", n)),
        "yaml: a list of options": ("a.yaml", lambda n: "args:\n" + fill("- --model=acme/foo-7b\n", n)),
        "yaml: a long key x ids": ("a.yaml", lambda n: '"' + "x" * (n // 2) + 'model_id":\n' + fill("- a/b-7b\n", n // 2)),
        "yaml: a long name x values": ("a.yaml", lambda n: "- name: " + "x" * (n // 2) + "_MODEL_ID\n" + fill("  value: a/b\n", n // 2)),
        "yaml: a long type x names": ("a.yaml", lambda n: "type: " + "x" * (n // 2) + "\n" + fill("repo: a/b\n", n // 2)),
        "yaml: a long anchor x aliases": ("a.yaml", lambda n: "base: &m " + "x" * (n // 2) + "\n" + fill("model: *m\n", n // 2)),
        "yaml: anchors": ("a.yaml", c("a@: &a@ acme/foo-7b\n")),
        "yaml: a long image x commands": ("a.yaml", lambda n: "image: " + "x" * (n // 2) + "\n" + fill("run: vllm serve a/b\n", n // 2)),
        "yaml: comments": ("a.yaml", f("# model: acme/foo-7b\n")),
        "yaml: a comment in comments": ("a.yaml", f("# - ")),
        "yaml: templates": ("a.yaml", f("{{- $model := \"a/b\" }}\n")),
        "yaml: template markers": ("a.yaml", f("{{")),
        "yaml: dashes": ("a.yaml", lambda n: fill("- ", n) + "x"),
        "yaml: values in the next line": ("a.yaml", f("model:\n\n  acme/foo-7b\n")),
        "yaml: continued commands": ("a.yaml", lambda n: "run: vllm\n" + fill("  serve\n", n)),
        "yaml: documents": ("a.yaml", f("---\na: b\n")),
        "yaml: tags": ("a.yaml", lambda n: "a: " + fill("!a ", n) + "x"),
        "yaml: one long line": ("a.yaml", lambda n: "a: " + fill("x ", n)),
        "yaml: long lines": ("a.yaml", lambda n: fill('"' + "k" * 5000 + '": acme/foo-7b\n', n)),
        # JSON
        "json: nested": ("a.json", lambda n: nest('{"a":[', "]}", n, "1")),
        "json: brackets without end": ("a.json", f("[{")),
        "json: keys": ("a.json", lambda n: "{" + count('"k@":"acme/foo-7b",', n) + '"z":1}'),
        "json: one key": ("a.json", lambda n: "[" + fill('{"model_id":"acme/foo-7b"},', n) + "1]"),
        "json: lists of ids": ("a.json", lambda n: '{"models":[' + count('"acme/foo@-7b",', n) + "1]}"),
        "json: types and names": ("a.json", lambda n: "[" + fill('{"type":"huggingface","repo":"a/b"},', n) + "1]"),
        "json: numbers": ("a.json", lambda n: "[" + fill("1,", n) + "1]"),
        "json: what howopen wrote": ("a.json", lambda n: '{"howopen":"snapshot","models":[' + fill('{"a":[]},', n) + "1]}"),
        "jsonl": ("a.jsonl", f('{"model": "acme/foo-7b"}\n')),
        # documents
        "markdown: fences": ("a.md", f("```python\nm = 'a/b'\n```\n")),
        "markdown: fences without end": ("a.md", f("```\n~~~\n")),
        "markdown: fences in quotes": ("a.md", lambda n: fill("> " * 200 + "```\n", n)),
        "markdown: backticks": ("a.md", f("`vllm serve a/b` ")),
        "markdown: backticks without end": ("a.md", f("`a\n")),
        "markdown: <code>": ("a.md", f("<code>vllm serve a/b</code>")),
        "markdown: <pre> without end": ("a.md", f("<pre><code>")),
        "markdown: documents in documents": ("a.md", lambda n: "".join("~`"[i % 2] * 3 + "md\n" for i in range(n // 6))),
        "markdown: set-in commands": ("a.md", f("    vllm serve a/b\n")),
        "rst: blocks": ("a.rst", f(".. code-block:: bash\n\n  vllm serve a/b\n\n")),
        "rst: literal blocks": ("a.rst", f("a::\n\n")),
        "rst: deeper blocks": ("a.rst", lambda n: "".join(" " * i + "a::\n\n" for i in range(int((2 * n) ** 0.5)))),
        "adoc: fences": ("a.adoc", f("[source,yaml]\n----\nmodel: a/b\n----\n")),
        "adoc: fences without end": ("a.adoc", f("[source]\n----\n....\n")),
        "text: addresses": ("a.txt", f("https://hf.co/acme/foo-7b ")),
        "html: tags": ("a.html", f("<p>")),
        "html: code": ("a.html", f("<pre><code class=language-bash>vllm serve a/b</code></pre>")),
        "html: <pre> without end": ("a.html", f("<pre>")),
        "html: <code > without end": ("a.html", f("<code <code ")),
        "html: entities": ("a.html", lambda n: "<pre>" + fill("&lt;", n) + "</pre>"),
        # shells
        "shell: commands": ("a.sh", c("vllm serve acme/foo@-7b\n")),
        "shell: words": ("a.sh", lambda n: "vllm serve " + fill("a ", n)),
        "shell: options": ("a.sh", lambda n: "vllm serve " + fill("--models a/b ", n)),
        "shell: continued lines": ("a.sh", f("a \\\n")),
        "shell: backslashes and blanks": ("a.sh", lambda n: fill("\\" + " " * 400, n)),
        "shell: backticks and blanks": ("a.sh", lambda n: "a " + fill("`" + " " * 400, n)),
        "shell: quotes without end": ("a.sh", f("echo \"a 'b\n")),
        "shell: heredocs": ("a.sh", f("cat <<EOF\nm: a/b\n")),
        "shell: variables": ("a.sh", lambda n: count("M@=acme/foo-7b\n", n // 2) + count("vllm serve $M@\n", n // 2)),
        "shell: a variable in long words": ("a.sh", lambda n: "A=" + "x" * 298 + "\n" + fill("$A" * 218 + " ", n)),
        "shell: a variable of words": ("a.sh", lambda n: "A='" + "x " * 148 + "'\n" + fill("vllm $A\n", n)),
        "shell: variables of variables": ("a.sh", lambda n: "A=a\n" + fill("A=$A$A\n", n)),
        "shell: defaults": ("a.sh", f("${A:-${B:-")),
        "shell: braces without end": ("a.sh", lambda n: fill("${", n)),
        "shell: a list": ("a.sh", lambda n: "MODELS=(" + count("acme/foo@-7b ", n) + ")\n"),
        "shell: a long name of a list": ("a.sh", lambda n: "x" * min(n // 2, 60000) + "MODEL=(\n" + fill("a/b\n", n // 2) + ")\n"),
        "shell: comments": ("a.sh", f("# vllm serve a/b\n")),
        "shell: a comment in comments": ("a.sh", f("# a ")),
        "shell: dollars": ("a.sh", f("$")),
        "shell: docker run": ("a.sh", lambda n: "docker run " + fill("-e A=b ", n) + "vllm/vllm --model a/b\n"),
        "shell: ids with commas": ("a.sh", lambda n: fill("x --model " + "a/b-7b," * 500 + "a/c-7b\n", n)),
        "env: lines": (".env", c("MODEL_@=acme/foo-7b\n")),
        "makefile: variables": ("Makefile", c("M@ := a/b\nx@:\n\tvllm serve $(M@)\n")),
        "dockerfile: instructions": ("Dockerfile", f("RUN vllm serve a/b\n")),
        "dockerfile: continued lines": ("Dockerfile", lambda n: "RUN a \\\n" + fill("  b \\\n# c\n", n)),
        "dockerfile: a long image x commands": ("Dockerfile", lambda n: "FROM " + "x" * (n // 2) + "\n" + fill('CMD ["a"]\n', n // 2)),
        "dockerfile: an entry point x commands": ("Dockerfile", lambda n: 'FROM a\nENTRYPOINT ["' + "x" * (n // 2) + '"]\n'
                                                  + fill('CMD ["a"]\n', n // 2)),
        # A sixteenth of the bytes: no more than 4,096 words are taken.
        "dockerfile: an entry point of words": ("Dockerfile", lambda n: 'FROM a\nENTRYPOINT [' + fill('"x", ', n // 32) + '"y"]\n'
                                                + fill('CMD ["a"]\n', n // 32)),
        "dockerfile: variables": ("Dockerfile", c("ENV M@ a/b\nRUN vllm serve $M@\n")),
        "dockerfile: ENV with a long value": ("Dockerfile", lambda n: "ENV A " + "x" * 290 + "\n" + fill("RUN $A$A$A$A\n", n)),
        "modelfile": ("Modelfile", f("FROM hf.co/acme/foo-7b-GGUF\n")),
        # other languages
        "javascript: templates": ("a.ts", f("`${a}`")),
        "javascript: a template without end": ("a.ts", lambda n: "`" + fill("${`a", n)),
        "javascript: objects": ("a.ts", lambda n: "f(" + nest("{a: ", "}", n, "'a/b'") + ")"),
        "javascript: members": ("a.ts", lambda n: "f({" + count("m@: 'acme/foo-7b', ", n) + "})"),
        "javascript: choices": ("a.ts", lambda n: "model = " + fill("a ? 'a/b' : ", n) + "c"),
        "javascript: comments": ("a.js", f("/* 'a/b' ")),
        "javascript: imports": ("a.js", f("import { A } from 'ollama'\n")),
        "javascript: chains": ("a.js", lambda n: "a" + fill(".option('--model').default('a/b')", n)),
        "go: struct": ("a.go", lambda n: "x := []T{" + fill('{Name: "MODEL_ID", Value: "a/b"}, ', n) + "}"),
        "go: raw strings": ("a.go", f("`a\n")),
        "rust: lifetimes": ("a.rs", f("&'a ")),
        "rust: attributes": ("a.rs", f('#[arg(default_value = "a/b")]\nmodel_id: String,\n')),
        "rust: matches": ("a.rs", lambda n: "match x {" + count('A::B@ => "acme/foo-7b", ', n) + "}"),
        "rust: conditions": ("a.rs", lambda n: "let model = " + fill('if x { "a/b" } else ', n) + '{ "c/d" };'),
        "java: builders": ("A.java", lambda n: "x" + fill('.modelName("acme/foo-7b")', n)),
        "kotlin: text blocks": ("a.kt", f('"""model = "a/b"')),
        "c#: attributes": ("a.cs", f('[Model("acme/foo-7b")] var x = new X { Model = "a/b" };\n')),
        "swift: arguments": ("a.swift", lambda n: "f(" + fill('model: "a/b", ', n) + ")"),
        "c: characters": ("a.cc", f("'\\'' '\"' ")),
        "php: arrows": ("a.php", lambda n: "<?php f([" + fill("'model' => 'acme/foo-7b', ", n) + "]);"),
        "ruby: hashes": ("a.rb", lambda n: "x = {" + fill("model: 'acme/foo-7b', ", n) + "}"),
        "r: arrows": ("a.r", f("model <- 'acme/foo-7b'\n")),
        "toml: keys": ("a.toml", c("model-@ = 'acme/foo-7b'\n")),
        "toml: tables": ("a.toml", c("[a.b.c@]\nmodel = '''a/b'''\n")),
        "terraform: variables": ("a.tf", c('variable "model_@" { default = "acme/foo-7b" }\n')),
        "xml": ("a.xml", lambda n: nest("<a>", "</a>", n)),
        "sql": ("a.sql", f("insert into m values ('acme/foo-7b');\n")),
        "a file of NUL": ("a.py", f("\0")),
        "safetensors: tensors": ("a.safetensors", lambda n: safetensors(
            {f"t{i}": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]} for i in range(n // 64)})),
        "safetensors: metadata": ("a.safetensors", lambda n: safetensors({"__metadata__": {f"k{i}": "a/b" for i in range(n // 18)}})),
        "safetensors: nested": ("a.safetensors", lambda n: safetensors(nest('{"a":', "}", n, "1"))),
        "gguf: keys": ("a.gguf", lambda n: gguf(n // 40, b"general.name.of.it")),
        "gguf: a long list": ("a.gguf", lambda n: gguf(0, b"") + b"\x01" + b"\0" * 7 + b"a" + (9).to_bytes(4, "little")
                              + (8).to_bytes(4, "little") + (n // 9).to_bytes(8, "little") + (b"\x01" + b"\0" * 7 + b"a") * (n // 9)),
        "bytes of no script": ("a.py", f("\u0378\u0301")),
    }


# ---- the rest

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

"""
APACHE = (ROOT / "LICENSE").read_text()  # of this repository


def licenses():
    f = lambda unit: lambda n: fill(unit, n)  # noqa: E731
    apache = APACHE.split()
    mit = MIT.split()

    def pieces(size):
        """So many words of one license, so many of the other, each time a bit further on."""
        def make(n):
            out, i, length = [], 0, 0
            while length < n:
                a, b = i * size % (len(apache) - size), i * size % max(1, len(mit) - size)
                out.append(" ".join(apache[a:a + size] + mit[b:b + size]))
                i += 2
                length += len(out[-1])
            return "\n".join(out)
        return make

    def without(step):
        return lambda n: fill(" ".join(w for i, w in enumerate(apache) if i % step) + "\n\n", n)

    return {
        "one license again and again": f(MIT),
        "a long license again and again": f(APACHE),
        "one clause": f("subject to the following conditions: "),
        "one word": f("software "),
        "words that are in all": f("the of and to in or a "),
        "four words of the index": f("without warranty of any "),
        "words without blanks": f("software"),
        "words of their own": lambda n: count("w@ ", n),
        "pieces of 8 words": pieces(8),
        "pieces of 40 words": pieces(40),
        "pieces of 120 words": pieces(120),
        "words left out": without(7),
        "words doubled": lambda n: fill(" ".join(w + " " + w for w in apache), n),
        "words put in": lambda n: fill(" ".join(w + (" x" if i % 3 == 0 else "") for i, w in enumerate(apache)), n),
        "the words backwards": lambda n: fill(" ".join(reversed(apache)) + "\n", n),
        "mixed scripts": f("Perm\u0456ssion \u0456s hereby gr\u0430nted "),
        "text without blanks": f("\u8bb8\u53ef\u534f\u8bae\u4e0d\u5f97\u5546\u7528\u3002"),
        "HTML": lambda n: "<html><body>" + fill("<p>" + MIT, n),
        "HTML tags": lambda n: "<html>" + fill("<b", n),
        "HTML entities": lambda n: "<html>" + fill("&quot;", n),
        "RTF": lambda n: "{\\rtf1 " + fill("\\par " + MIT, n) + "}",
        "RTF groups": lambda n: "{\\rtf1 " + nest("{", "}", n) + "}",
        "RTF \\bin": lambda n: "{\\rtf1 " + fill("\\bin1 ", n) + "}",
        "UTF-16": lambda n: codecs.BOM_UTF16_LE + fill(MIT, n // 2).encode("utf-16-le"),
        "copyright lines": lambda n: count("Copyright (c) 20@ Acme @ Inc.\n", n) + MIT,
        "copyright signs": f("\u00a9 "),
        "names in a notice": lambda n: "Copyright (c) 2024 " + fill("Acme, ", n) + "\n" + MIT,
        "comment signs": f("/* # // -- * "),
        "lines of a page": f("Page 1 of 2\n\f"),
        "hyphens at ends of lines": f("soft-\nware "),
        "restrictions": f("You may not use the Materials for military purposes. "),
        "definitions": lambda n: count('"Term@" means the License of Term@. ', n),
        "references": f("under the Apache License, Version 2.0, see https://www.apache.org/licenses/LICENSE-2.0 "),
        "tags of SPDX": f("SPDX-License-Identifier: MIT\n"),
        "an expression of SPDX": lambda n: "SPDX-License-Identifier: " + fill("MIT OR ", n) + "MIT\n",
        "parentheses of SPDX": lambda n: "SPDX-License-Identifier: " + nest("(", ")", n, "MIT") + "\n",
        "numbered clauses": lambda n: count("@. You may distribute copies of the Work.\n", n),
        "blanks": lambda n: fill(" ", n) + "MIT",
        "letters that fold": f("\ufb01\u212b\u1e9e "),
    }


def records():
    """Records of a model: what is in them beside what each has."""
    def siblings(form):
        def make(n):
            out, size, i = [], 0, 0
            while size < n:
                name = form.replace("@", f"{i:05d}")
                out.append({"rfilename": name, "size": 10**9, "blobId": f"{i:040x}"})
                size += 90 + len(name)
                i += 1
            return {"siblings": out}
        return make

    def tags(form):
        return lambda n: {"tags": count(form, n).split()}

    def data(key, form):
        return lambda n: {"cardData": {"license": "mit", key: count(form, n).split()}}

    return {
        "files of weights": siblings("model-@-of-99999.safetensors"),
        "files of GGUF": siblings("foo-7b-Q4_@.gguf"),
        "files in folders": siblings("a@/b/model.safetensors"),
        "licenses": siblings("LICENSE@.txt"),
        "licenses in folders": siblings("a@/LICENSE"),
        "scripts": siblings("src/train_@.py"),
        "indexes": siblings("m@.safetensors.index.json"),
        "configurations": siblings("a@/config.json"),
        "adapters": siblings("a@/adapter_model.safetensors"),
        "long names": siblings("a/" * 400 + "@"),
        "other files": siblings("f@.txt"),
        "tags": tags("tag@ "),
        "tags of base models": tags("base_model:finetune:acme/m@ "),
        "tags of datasets": tags("dataset:acme/d@ "),
        "tags of licenses": tags("license:l@ "),
        "base models": data("base_model", "acme/m@-7b "),
        "datasets": data("datasets", "acme/d@ "),
        "licenses of the card": data("license", "mit@ "),
        "spaces": lambda n: {"spaces": count("acme/s@ ", n).split()},
        "a long prompt": lambda n: {"gated": "manual", "cardData": {"extra_gated_prompt": fill("You agree not to sell it. ", n)}},
    }


def configs():
    def keyed(n):
        return "{" + count('"k@": 1, ', n) + '"model_type": "llama"}'
    return {
        "keys": keyed,
        "nested": lambda n: nest('{"a":', "}", n, "1"),
        "architectures": lambda n: json.dumps({"model_type": "llama", "architectures": count("A@ForCausalLM ", n).split()}),
        "kinds of layers": lambda n: json.dumps({"model_type": "llama", "num_hidden_layers": 10, "num_attention_heads": 8,
                                                 "hidden_size": 64, "layer_types": fill("full_attention ", n).split()}),
        "code of its own": lambda n: json.dumps({"model_type": "x", "auto_map": {f"A{i}": f"acme/m{i}--a.B" for i in range(n // 30)}}),
        "models in a model": lambda n: json.dumps({f"c{i}_config": {"model_type": "llama"} for i in range(n // 40)}),
        "labels": lambda n: json.dumps({"model_type": "bert", "id2label": {str(i): f"L{i}" for i in range(n // 18)}}),
    }


def policies():
    top = "version = 1\n"
    waiver = '[[waiver]]\nrule = "license.not-allowed"\nmodel = "acme/m@"\nuntil = 2099-01-01\nreason = "a"\nby = "b"\n'
    exception = '[[license-exception]]\nmodel = "acme/m@"\nallow = ["MIT"]\nreason = "a"\n'
    clarify = ('[[clarify]]\nmodel = "acme/m@"\nlicense = "MIT"\nreason = "a"\nfile = { path = "LICENSE", sha256 = "'
               + "0" * 64 + '" }\n')
    listed = lambda key, form: lambda n: f"{top}[licenses]\n{key} = [" + count(form, n) + "]\n"  # noqa: E731
    return {
        "licenses allowed": listed("allow", '"MIT", '),
        "licenses that are none": listed("allow", '"MIT@", '),
        "allowed x asked": lambda n: top + "[licenses]\nallow = [" + fill('"MIT", ', n // 2) + "]\nask = [" + fill('"ISC", ', n // 2) + "]\n",
        "allowed x denied": lambda n: top + "[licenses]\nallow = [" + fill('"MIT", ', n // 2) + "]\ndeny = [" + fill('"MIT", ', n // 2) + "]\n",
        "exceptions": lambda n: top + count(exception, n),
        "exceptions x denied": lambda n: top + "[licenses]\ndeny = [" + fill('"ISC", ', n // 2) + "]\n" + count(exception, n // 2),
        "waivers": lambda n: top + count(waiver, n),
        "waivers for one model": lambda n: top + fill(waiver, n),
        "waivers of globs": lambda n: top + count(waiver.replace("acme/m@", "a*" * 100 + "@"), n),
        "waivers of no rule": lambda n: top + count(waiver.replace("license.not-allowed", "license.not@"), n),
        "clarifications": lambda n: top + count(clarify, n),
        "globs": lambda n: top + "[scan]\nexclude = [" + count('"**/a@/**/*.py", ', n) + "]\n",
        "aliases": lambda n: top + "[scan.aliases]\n" + count('a@ = "acme/m@"\n', n),
        "keys that are none": lambda n: top + "[gate]\n" + count("k@ = 1\n", n),
        "tables": lambda n: top + count("[t@]\n", n),
        "rules that are none": lambda n: top + "[rules]\n" + count('"license.r@" = "warn"\n', n),
        "extends": lambda n: top + "extends = [" + count('"p@.toml", ', n) + "]\n",
        "keys with dots": lambda n: top + fill("a.", n) + "b = 1\n",
        "nested lists": lambda n: top + "a = " + nest("[", "]", n) + "\n",
        "a long string": lambda n: top + 'a = """' + fill("x\n", n) + '"""\n',
        "countries": lambda n: top + "[jurisdiction]\nallow = [" + fill('"US", ', n) + "]\n",
        "uses": lambda n: top + "[use]\nfor = [" + fill('"internal", ', n) + "]\n",
    }


def ignores():
    return {
        "names": lambda n: count("name@\n", n),
        "stars": lambda n: fill("*a" * 100 + "\n", n),
        "a star and a long tail": lambda n: fill("*" + "a" * 120 + "b\n", n),
        "two stars": lambda n: fill("**/a" * 60 + "/**\n", n),
        "stars of both kinds": lambda n: fill("**a*" * 60 + "b\n", n),
        "ranges": lambda n: fill("*[a-z!][^b]" * 20 + "\n", n),
        "brackets without end": lambda n: fill("*[" * 100 + "\n", n),
        "backslashes": lambda n: fill("\\" * 200 + "\n", n),
        "denials": lambda n: fill("!*a\n", n),
        "one long line": lambda n: fill("*a", n),
    }


def facts():
    base = {"id": "acme/foo-7b", "revision": COMMIT}
    seen = lambda value: {"value": value, "where": "here", "kind": "metadata"}  # noqa: E731

    def many(make, size):
        return lambda n: [make(i) for i in range(max(1, n // size))]

    lists = {
        "claims": ("claims", many(lambda i: {"what": f"open source {i}", "where": "README.md:1"}, 60)),
        "ancestors": ("lineage", many(lambda i: {"id": f"acme/m{i}", "child": f"acme/m{i - 1}" if i else "acme/foo-7b"}, 60)),
        "kin": ("kin", many(lambda i: {"family": "llama", "license": "MIT"}, 50)),
        "what was not followed": ("unresolved", many(lambda i: {"what": f"path {i}", "where": "README.md:1"}, 50)),
        "linked": ("linked", many(lambda i: {"id": f"acme/l{i}", "where": "README.md:1"}, 50)),
        "misses": ("misses", many(lambda i: {"trouble": "not-found", "message": f"m {i}", "where": "x"}, 60)),
    }
    out = {name: (lambda n, key=key, make=make: json.dumps({**base, key: make(n)})) for name, (key, make) in lists.items()}
    out["datasets"] = lambda n: json.dumps({**base, "training_data": {"datasets": [
        {"name": f"d{i}", "named": {"what": f"d{i}", "where": "x"}} for i in range(n // 60)]}})
    out["statements"] = lambda n: json.dumps({**base, "license": {"statements": [
        {"license": "MIT", "said": {"what": "MIT", "where": f"README.md:{i}"}} for i in range(n // 70)]}})
    out["texts"] = lambda n: json.dumps({**base, "license": {"texts": [
        {"path": f"LICENSE{i}", "bytes": 10} for i in range(n // 40)]}})
    out["files"] = lambda n: json.dumps({**base, "repository": seen({"files": n}), "weights": {"sets": [
        {"format": "safetensors", "name": f"m{i}", "present": 1} for i in range(n // 60)]}})
    out["nested"] = lambda n: '{"id": ' + nest("[", "]", n, "1") + "}"
    return out


def lists():
    return {
        "ids": lambda n: count("acme/m@\n", n),
        "one id": lambda n: fill("acme/m\n", n),
        "lines that name no model": lambda n: fill("some prose of nobody\n", n),
        "a long line": lambda n: fill("a/", n),
        "long lines": lambda n: fill("a" * 60000 + "\n", n),
        "remarks": lambda n: fill("# a\n\n", n),
        "objects": lambda n: count('{"id":"acme/m@","revision":"v1"}\n', n),
        "objects without end": lambda n: fill('{"id":' + "[" * 50 + "\n", n),
        "revisions": lambda n: count("acme/m@v@\n", n),
        "addresses": lambda n: count("https://huggingface.co/acme/m@/tree/main\n", n),
    }


def results():
    line = ('{"schema_version":"1.0.0","ref":"acme/m@","id":"acme/m@","verdict":"open-weights","verdict_low":"open-weights",'
            '"verdict_high":"open-weights","reasons":[],"findings":[],"errors":[],"license":{"class":"open"},"components":[]}\n')
    return {
        "lines": lambda n: count(line, n),
        "verdicts of all kinds": lambda n: count(line.replace('"verdict":"open-weights"', '"verdict":"v@"'), n),
        "licenses of all kinds": lambda n: count(line.replace('"class":"open"', '"class":"c@"'), n),
        "errors": lambda n: line.replace('"errors":[]', '"errors":[' + fill('{"kind":"network"},', n) + '{"kind":"a"}]'),
        "findings": lambda n: line.replace('"findings":[]', '"findings":[' + count('{"rule":"r@"},', n) + "{}]"),
        "lines that are none": lambda n: fill("prose\n", n),
        "nested": lambda n: nest("[", "]", n, "1") + "\n" + line,
        "empty lines": lambda n: line + fill("\n", n),
    }


# ---- all of them

KB = 1024
DOUBLED = {  # five sizes each, up to what is read of its kind
    "card": 125 * KB, "matter": 15 * KB, "scan": 64 * KB, "license": 64 * KB, "record": 128 * KB, "config": 60 * KB,
    "policy": 64 * KB, "ignore": 15 * KB, "facts": 128 * KB, "batch": 16 * KB, "summary": 128 * KB}


def put(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return str(path)


def replayed(folder, text):
    return ["audit", "--replay", put(folder / "in.json", text), "-o", "json"]


def scanned(folder, name, text, ignore=None):
    tree = folder / "tree"
    tree.mkdir()
    put(tree / name, text)
    if ignore is not None:
        put(tree / ".gitignore", ignore)
        for i in range(60):
            put(tree / ("a" * 200 + f"{i}.py"), "")
    return ["scan", str(tree), "-o", "json"]


def families():
    """(kind, name, make): make(n, folder) writes an input and gives the words of the command."""
    out = []

    def add(kind, table, write):
        for name, make in table.items():
            out.append((kind, name, lambda n, folder, make=make, write=write: write(folder, make, n)))

    add("card", cards(), lambda d, make, n: replayed(d, snapshot("acme/foo-7b", card_of(make(n)))))
    add("matter", matters(), lambda d, make, n: replayed(d, snapshot("acme/foo-7b", card_of("A card.\n", make(n)))))
    add("scan", trees(), lambda d, make, n: scanned(d, make[0], make[1](n)))
    add("license", licenses(), lambda d, make, n: ["license", put(d / "LICENSE", make(n)), "-o", "json"])
    add("record", records(), lambda d, make, n: replayed(d, snapshot("acme/foo-7b", card_of("A card.\n"), make(n))))
    add("config", configs(), lambda d, make, n: replayed(
        d, snapshot("acme/foo-7b", card_of("A card.\n"), files={"config.json": make(n)})))
    add("policy", policies(), lambda d, make, n: ["policy", "check", "--policy", put(d / "howopen.toml", make(n))])
    add("ignore", ignores(), lambda d, make, n: scanned(d, "a.py", "", make(n)))
    add("facts", facts(), lambda d, make, n: replayed(d, make(n)))
    add("batch", lists(), lambda d, make, n: ["batch", put(d / "ids.txt", make(n)), "--offline", "-q"])
    add("summary", results(), lambda d, make, n: ["summary", put(d / "r.jsonl", make(n))])
    return out


def nothing(kind, folder):
    """The same command with an empty input."""
    return {
        "card": lambda: replayed(folder, snapshot("acme/foo-7b", card_of(""))),
        "matter": lambda: replayed(folder, snapshot("acme/foo-7b", card_of("A card.\n"))),
        "scan": lambda: scanned(folder, "a.py", ""),
        "license": lambda: ["license", put(folder / "LICENSE", "\n"), "-o", "json"],
        "record": lambda: replayed(folder, snapshot("acme/foo-7b", card_of("A card.\n"))),
        "config": lambda: replayed(folder, snapshot("acme/foo-7b", card_of("A card.\n"))),
        "policy": lambda: ["policy", "check", "--policy", put(folder / "howopen.toml", "version = 1\n")],
        "ignore": lambda: scanned(folder, "a.py", "", ""),
        "facts": lambda: replayed(folder, '{"id": "acme/foo-7b"}'),
        "batch": lambda: ["batch", put(folder / "ids.txt", "acme/m\n"), "--offline", "-q"],
        "summary": lambda: ["summary", put(folder / "r.jsonl", results()["lines"](1))],
    }[kind]()
