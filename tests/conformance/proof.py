"""What the `--prove` of the judges has in common: a seeded fault must be told."""

import zipfile


def told(what, faults):
    """Whether a judge has told the seeded fault; says so."""
    first = next(iter(faults), None)
    print(f"{'ok   seen' if first is not None else 'FAIL not seen'}: {what}{f' ({first})' if isinstance(first, str) else ''}"[:200])
    return first is not None


def spoiled(path, to, part, old, new):
    """A DOCX with the first `old` in a part made `new`; fails if there is none, since then nothing is spoiled."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == part:
                assert old.encode() in data, f"{path}: no {old} in {part}"
                data = data.replace(old.encode(), new.encode(), 1)
            made.writestr(item, data)
    return to
