#!/usr/bin/env bash
# Runs every command of the README's ```sh blocks, in order, in a copy of nothing: the README is true or this fails.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' README.md >"$work/commands"
[ -s "$work/commands" ] || { echo "README.md has no commands" >&2; exit 1; }
while IFS= read -r command; do
    [ -n "$command" ] || continue
    printf '\n$ %s\n' "$command"
    bash -euo pipefail -c "$command" </dev/null
done <"$work/commands"
git status --porcelain
