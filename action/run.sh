#!/bin/sh
# What action.yml runs: finds or fetches howopen, turns the inputs into options, runs the gate, tells the
# following steps what came of it, and ends with the gate's own exit code.
#
#   INPUT_ARGS="." INPUT_FORMAT="github,sarif" action/run.sh
#     ->  howopen gate . -o github -o sarif=howopen.sarif
#
# Inputs come by the environment and are never evaluated: words are split at blanks, and no more.
set -eu

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "error: $*"
  exit 2
}

# Reports that a run may write, beside the one on standard output.
file_of() {
  case $1 in
    json) echo howopen.json ;;
    jsonl) echo howopen.jsonl ;;
    sarif) echo howopen.sarif ;;
    junit) echo howopen.junit.xml ;;
    gitlab) echo howopen.codequality.json ;;
    markdown) echo howopen.md ;;
    csv) echo howopen.csv ;;
    html) echo howopen.html ;;
    cyclonedx) echo howopen.cdx.json ;;
    spdx) echo howopen.spdx.json ;;
    badge) echo howopen.svg ;;
    badge-json) echo howopen.badge.json ;;
    *) stop "unknown format; $1; text, github, json, jsonl, sarif, junit, gitlab, markdown, csv, html, cyclonedx, spdx, badge or badge-json" ;;
  esac
}

sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

fetch() {
  curl --fail --silent --show-error --location --retry 3 --output "$2" "$1" || stop "cannot be fetched; $1"
}

# Sets `howopen`. `system` takes the program of this name in PATH. A version, or `latest`, is fetched and must have
# the hash that is given, or is written down beside this script, or else stands in the release's own SHA256SUMS:
# that one tells of a broken download, and not of a release that was exchanged.
find_howopen() {
  version=${INPUT_VERSION:-system}
  if [ "$version" = system ]; then
    howopen=$(command -v howopen) || stop "howopen is not in PATH; version: system"
    return
  fi
  case $version in *[!0-9A-Za-z.+-]*) stop "not a version; $version" ;; esac
  releases=${HOWOPEN_RELEASES:-${GITHUB_SERVER_URL:-https://github.com}/${INPUT_REPOSITORY:?}/releases}
  folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/howopen.XXXXXX")
  if [ "$version" = latest ]; then
    fetch "$releases/latest/download/SHA256SUMS" "$folder/SHA256SUMS"
    version=$(sed -n 's/^[0-9a-f]*  howopen-\([0-9][0-9A-Za-z.+-]*\)-linux-.*\.tar\.gz$/\1/p' "$folder/SHA256SUMS" | head -n 1)
    [ -n "$version" ] || stop "the latest release names no version; $releases/latest"
  fi
  platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
  name=howopen-$version-$platform.tar.gz
  here=$(cd "$(dirname "$0")" && pwd)
  wanted=${INPUT_SHA256:-$(awk -v name="$name" '$2 == name { print $1 }' "$here/SHA256SUMS")}
  if [ -z "$wanted" ]; then
    [ -f "$folder/SHA256SUMS" ] || fetch "$releases/download/v$version/SHA256SUMS" "$folder/SHA256SUMS"
    wanted=$(awk -v name="$name" '$2 == name { print $1 }' "$folder/SHA256SUMS")
  fi
  [ -n "$wanted" ] || stop "no hash is known for $name; give one with the input sha256"
  fetch "$releases/download/v$version/$name" "$folder/$name"
  found=$(sha256_of "$folder/$name")
  [ "$found" = "$wanted" ] || stop "$name has the hash $found, not $wanted: nothing was run"
  tar -xzf "$folder/$name" -C "$folder"
  # Completions have the same name.
  howopen=$folder/${name%.tar.gz}/bin/howopen
  [ -f "$howopen" ] || stop "no bin/howopen in $name"
  chmod +x "$howopen"
}

find_howopen

set -f  # a star in an input is no pattern
# shellcheck disable=SC2086  # words
set -- gate ${INPUT_ARGS:-}
[ -z "${INPUT_POLICY:-}" ] || set -- "$@" --policy "$INPUT_POLICY"
[ -z "${INPUT_BASELINE:-}" ] || set -- "$@" --baseline "$INPUT_BASELINE"
sarif=
markdown=
shown=
formats=$(printf '%s' "${INPUT_FORMAT:-github}" | tr ',' ' ')
[ "${INPUT_UPLOAD_SARIF:-false}" != true ] || case " $formats " in *" sarif "*) ;; *) formats="$formats sarif" ;; esac
[ "${INPUT_COMMENT:-false}" != true ] || case " $formats " in *" markdown "*) ;; *) formats="$formats markdown" ;; esac
for format in $formats; do
  case $format in
    text | github)
      [ -z "$shown" ] || stop "text and github both go to the log; choose one"
      shown=$format
      set -- "$@" -o "$format"
      ;;
    *)
      file=$(file_of "$format")
      [ "$format" != sarif ] || sarif=$file
      [ "$format" != markdown ] || markdown=$file
      set -- "$@" -o "$format=$file"
      ;;
  esac
done
[ -n "$shown" ] || set -- "$@" -o text

code=0
"$howopen" "$@" || code=$?
{
  echo "exit-code=$code"
  # Nothing was judged: there is no report, and an old one must not be taken for it.
  if [ -n "$sarif" ] && [ -f "$sarif" ] && { [ $code -eq 0 ] || [ $code -eq 1 ] || [ $code -eq 3 ]; }; then
    echo "sarif=$sarif"
  fi
  if [ -n "$markdown" ] && [ -f "$markdown" ] && [ $code -ne 2 ]; then echo "markdown=$markdown"; fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
exit $code
