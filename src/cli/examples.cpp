// A line to type for each thing that a command is for. Tests read every one of them as a command line.
//
//   examples()[0]  ->  {"audit", "deepseek-ai/DeepSeek-R1", "how open is it, what may I do with it?"}

#include "cli/help.h"

namespace howopen::cli {
namespace {

constexpr Example kExamples[] = {
    {"audit", "deepseek-ai/DeepSeek-R1", "how open is it, what may I do with it?"},
    {"audit", "audit gpt-4 claude --offline", "closed models, from the release catalog"},
    {"audit", "audit org/a org/b@v1 -o json", "several, for scripts"},
    {"audit", "audit org/a --for product --users 5k", "may a company of 5,000 users sell with it?"},
    {"audit", "audit org/a org/b --sort memory", "a table, the smallest first"},
    {"audit", "audit ./tune ./model.gguf", "a folder and a file of this machine"},
    {"audit", "audit --replay a.json", "what fetch saved, without a network"},
    {"gate", "gate .", "the models this tree uses"},
    {"gate", "gate . -o text -o sarif=howopen.sarif", "with a file for code scanning"},
    {"gate", "gate --frozen .", "by howopen.lock and caches, asking nobody"},
    {"gate", "gate --artifact dist", "the weights in what would be shipped"},
    {"gate", "gate org/a -D data.published", "one model, one rule stricter"},
    {"batch", "batch ids.txt --output r.jsonl --resume", "thousands, a line each"},
    {"batch", "batch --author deepseek-ai", "all models of an author"},
    {"batch", "batch --author deepseek-ai --update old.jsonl --output new.jsonl", "only what has changed"},
    {"site", "site r.jsonl --output pages", "the same as pages for a web host"},
    {"summary", "summary r.jsonl", "how many of which verdict"},
    {"lock", "lock", "the models of this tree, as they are now"},
    {"lock", "lock --update org/a", "one entry anew, with what changes"},
    {"notice", "notice org/a -o markdown=NOTICE.md", "what goes along with a model"},
    {"notice", "notice --lock --check NOTICE.md", "fail where the document is stale"},
    {"verify", "verify ./model", "are these the weights that were locked?"},
    {"verify", "verify ./model --hub --model org/a", "are they what the Hub has today?"},
    {"verify", "verify ollama:llama3.2 --self", "is the store undamaged?"},
    {"drift", "drift", "what changed at the Hub since the lock"},
    {"init", "init --preset osaid", "a policy by the Open Source AI Definition"},
    {"waive", "waive org/a license.denied --until 2027-03-31 --reason LEGAL-412", "one rule, one model"},
    {"policy", "policy check", "all errors of howopen.toml"},
    {"policy", "policy show --origin", "which line set which value"},
    {"why", "why org/a license", "why it is judged so, what would move it"},
    {"compare", "compare org/a org/b", "side by side, what differs first"},
    {"compare", "compare org/a@v1 org/a@v2 --exit-code", "1 if two revisions differ"},
    {"history", "history org/a", "when license, base or weights changed"},
    {"bisect", "bisect org/a license", "which commit changed the license"},
    {"fetch", "fetch org/a --output a.json", "to be judged elsewhere by audit --replay"},
    {"license", "license LICENSE --diff", "which license a text is, what was changed"},
    {"license", "license llama3.3 -v", "what a license permits, clause by clause"},
    {"combine", "combine --model org/a --data CC-BY-4.0 --as Apache-2.0", "may it be passed on so?"},
    {"scan", "scan .", "which models a tree names, and where"},
    {"explain", "explain license.tag-vs-text", "what a rule means"},
    {"explain", "explain reference", "what DeepSeek's are compared with"},
    {"rules", "rules", "all rules, with their levels here"},
    {"cache", "cache prune --max-size 100MB", "less of it"},
    {"catalog", "catalog check --days 90", "rows that are older"},
    {"doctor", "doctor", "what the network lets through"},
    {"help", "help gate", "one command"},
    {"help", "help exit-codes", "a topic"},
    {"man", "man gate", "a page for man -l -"},
    {"man", "man --output share/man/man1", "all pages, as files"},
    {"completion", "completion bash", "for eval, or a file of your shell's"},
};

}  // namespace

std::span<const Example> examples() {
  return kExamples;
}

}  // namespace howopen::cli
