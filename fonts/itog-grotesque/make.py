"""Makes the faces with the widths of Arial and Calibri: Latin and Cyrillic of Liberation Sans and Carlito, renamed, since their licences reserve the names.

    make.py LIBERATION_SANS_DIR CARLITO_DIR
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x2C6, 0x2DA, 0x2DC, *range(0x400, 0x460), *range(0x48A, 0x530),
              *range(0x2000, 0x2070), 0x20AC, 0x20BD, 0x2116, 0x2122, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CF, 0x25CB, 0x25A0, 0x25A1]


def make(source, folder, family, style):
    font = TTFont(source)
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "liga"], hinting=False, notdef_outline=True,
                             name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], drop_tables=["FFTM", "DSIG", "MATH", "LTSH", "VDMX", "hdmx", "gasp"])
    cut = subset.Subsetter(options)
    cut.populate(unicodes=CHARACTERS)
    cut.subset(font)
    plain = family.replace(" ", "")
    for record in font["name"].names:
        new = {1: family, 2: style, 3: f"{family} {style} 1.0", 4: f"{family} {style}", 6: f"{plain}-{style.replace(' ', '')}"}.get(record.nameID)
        if new:
            record.string = new
    path = folder / f"{plain}-{style.replace(' ', '')}.ttf"
    font.save(path)
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    liberation, carlito = map(pathlib.Path, sys.argv[1:])
    for style in ("Regular", "Italic", "Bold", "Bold Italic"):
        file = style.replace(" ", "")
        make(liberation / f"LiberationSans-{file}.ttf", HERE, "Itog Grotesque", style)
        make(carlito / f"Carlito-{file}.ttf", HERE.parent / "itog-humanist", "Itog Humanist", style)
