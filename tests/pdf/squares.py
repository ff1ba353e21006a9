#!/usr/bin/env python3
"""Makes squares.otf: a font with CFF outlines whose letters are squares of different sizes, to test what TrueType fonts cannot.

Needs fontTools. The font is ours and free for any use (CC0).
"""

import pathlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

TEXT = " -абвгд"
names = [".notdef"] + [f"uni{ord(c):04X}" for c in TEXT]
shapes = {}
for i, name in enumerate(names):
    side = 0 if name == "uni0020" else 300 + 50 * i
    pen = T2CharStringPen(side + 100, None)
    if side:
        pen.moveTo((50, 0))
        for point in [(50 + side, 0), (50 + side, side), (50, side)]:
            pen.lineTo(point)
        pen.closePath()
    shapes[name] = (side + 100, pen.getCharString())

builder = FontBuilder(1000, isTTF=False)
builder.setupGlyphOrder(names)
builder.setupCharacterMap({ord(c): f"uni{ord(c):04X}" for c in TEXT} | {0xA0: "uni0020", 0xAD: "uni002D"})
builder.setupCFF("Squares-Regular", {"FullName": "Squares"}, {name: shape for name, (_, shape) in shapes.items()}, {})
builder.setupHorizontalMetrics({name: (width, 50) for name, (width, _) in shapes.items()})
builder.setupHorizontalHeader(ascent=800, descent=-200)
builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200, sCapHeight=700, sxHeight=500)
builder.setupPost()
builder.font["head"].created = builder.font["head"].modified = 0
builder.font.recalcTimestamp = False
builder.save(pathlib.Path(__file__).with_name("squares.otf"))
