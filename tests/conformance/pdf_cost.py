#!/usr/bin/env python3
"""What the structure of a PDF costs in bytes.

    pdf_cost.py TAGGED.pdf PLAIN.pdf …          pairs of the same document with a standard and with none
    pdf_cost.py --prove TAGGED.pdf PLAIN.pdf    a file that is much larger, and one without structure, must be seen

Structure is what a tagged file has more, without its metadata and its colour profile, which are there for archives and have about the same
size in every file. Exit status 1 if it is more than a quarter of the plain file, or if there is none.
"""

import os
import sys
import tempfile

import pikepdf

import proof

MOST = 0.25


def beside(path):
    """The bytes of metadata and colour profile."""
    with pikepdf.open(path) as file:
        streams = [file.Root.Metadata, *(intent.DestOutputProfile for intent in file.Root.OutputIntents)]
        return sum(len(stream.read_raw_bytes()) for stream in streams)


def prove(tagged, plain):
    with tempfile.TemporaryDirectory() as folder:
        large = os.path.join(folder, "large.pdf")
        with open(tagged, "rb") as file, open(large, "wb") as made:
            made.write(file.read() + b"\n" * os.path.getsize(plain))
        seen = [proof.told("a structure as large as the file", range(main([large, plain])))]
    seen.append(proof.told("no structure", range(main([tagged, tagged]))))
    return not all(seen)


def main(paths):
    bad = 0
    for tagged, plain in zip(paths[::2], paths[1::2], strict=True):
        size, least, other = os.path.getsize(tagged), os.path.getsize(plain), beside(tagged)
        share = (size - other - least) / least
        good = 0 < share <= MOST
        bad += not good
        print(f"{'ok' if good else 'FAIL':4} {os.path.basename(tagged)}: {size} bytes, {least} plain, {other} metadata and profile: structure adds {share:.1%}")
    return bad


if __name__ == "__main__":
    sys.exit(prove(*sys.argv[2:4]) if sys.argv[1] == "--prove" else main(sys.argv[1:]) > 0)
