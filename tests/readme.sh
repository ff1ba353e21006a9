#!/usr/bin/env bash
# Runs every command of the README's ```sh blocks, in order, in this tree: the README is true and leaves the tree
# as it was, or this fails.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# With what is in the files: one that was changed before may be changed once more.
state() { git status --porcelain; git diff | cksum; }
before=$(state)
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' README.md >"$work/commands"
[ -s "$work/commands" ] || { echo "README.md has no commands" >&2; exit 1; }
while IFS= read -r command; do
    [ -n "$command" ] || continue
    printf '\n$ %s\n' "$command"
    bash -euo pipefail -c "$command" </dev/null
done <"$work/commands"

# What a command of the README writes goes to target/ or to files that git ignores.
after=$(state)
if [ "$after" != "$before" ]; then
    printf 'the commands of the README leave the tree dirty:\n%s\n' "$after" >&2
    exit 1
fi
