#!/bin/sh
# Posts a report as the one comment of howopen on a pull request, or brings that comment up to date.
#
#   GITHUB_TOKEN=… GITHUB_REPOSITORY=org/repo GITHUB_EVENT_PATH=event.json sh comment.sh howopen.md
set -eu

# A comment that cannot be posted fails no gate.
stop() {
  echo "howopen: no comment: $*" >&2
  exit 0
}

report=$1
api=${GITHUB_API_URL:-https://api.github.com}
[ -f "$report" ] || stop "there is no report"
[ -n "${GITHUB_TOKEN:-}" ] || stop "the input github-token is empty"
command -v python3 >/dev/null || stop "python3 is missing"

number=$(python3 -c '
import json, sys
try:
    with open(sys.argv[1], encoding="utf-8") as f:
        event = json.load(f)
except (OSError, ValueError):
    event = {}
print(event.get("pull_request", {}).get("number", ""))
' "${GITHUB_EVENT_PATH:-/dev/null}")
case $number in
  "" | *[!0-9]*) stop "this is no pull request" ;;
esac
case ${GITHUB_REPOSITORY:-} in
  */*) ;;
  *) stop "GITHUB_REPOSITORY names no repository" ;;
esac

body=$(mktemp)
headers=$(mktemp)
trap 'rm -f "$body" "$headers"' EXIT
# The token stands in a file: arguments can be seen by others.
printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN" >"$headers"

ask() {
  curl --silent --show-error --fail --max-time 30 --header @"$headers" --header 'Accept: application/vnd.github+json' "$@"
}

# GitHub takes 65,536 characters.
python3 -c '
import json, sys
with open(sys.argv[1], encoding="utf-8") as f:
    text = f.read()
most = 60000
if len(text) > most:
    text = text[:most].rsplit("\n", 1)[0] + "\n\nand more: the whole report is with the job.\n"
with open(sys.argv[2], "w", encoding="utf-8") as f:
    json.dump({"body": "<!-- howopen -->\n" + text}, f)
' "$report" "$body"

comments=$api/repos/$GITHUB_REPOSITORY/issues/$number/comments
there=$(ask "$comments?per_page=100") || stop "the comments cannot be read"
old=$(printf '%s' "$there" | python3 -c '
import json, sys
for c in json.load(sys.stdin):
    if c.get("body", "").startswith("<!-- howopen -->"):
        print(c["id"])
        break
' 2>/dev/null) || stop "the comments cannot be read"
case $old in
  "") ask --request POST --data @"$body" "$comments" >/dev/null || stop "it cannot be posted" ;;
  *[!0-9]*) stop "a comment without a number" ;;
  *) ask --request PATCH --data @"$body" "$api/repos/$GITHUB_REPOSITORY/issues/comments/$old" >/dev/null || stop "it cannot be changed" ;;
esac
