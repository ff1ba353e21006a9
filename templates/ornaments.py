"""Draws the ornaments of the certificate designs: `python3 templates/ornaments.py` writes the frame-*.hbs partials anew.

All lengths are millimetres. A drawing is a whole sheet; its colour is the partial's parameter `accent`.
"""

import math
from pathlib import Path

HERE = Path(__file__).parent
SHEETS = {"landscape": (297, 210), "portrait": (210, 297)}


def n(value):
    """A number with two decimals at most: a hundredth of a millimetre is below what any printer can do."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path(points, close=False):
    return "M" + " ".join(f"{n(x)} {n(y)}" for x, y in points) + ("Z" if close else "")


def stroke(d, width, opacity=1):
    extra = f' stroke-opacity="{opacity}"' if opacity != 1 else ""
    return f'<path d="{d}" fill="none" stroke="{{{{accent}}}}" stroke-width="{n(width)}"{extra}/>'


def fill(d, opacity=1):
    extra = f' fill-opacity="{opacity}"' if opacity != 1 else ""
    return f'<path d="{d}" fill="{{{{accent}}}}"{extra}/>'


def rectangle(x, y, w, h):
    return f"M{n(x)} {n(y)}H{n(x + w)}V{n(y + h)}H{n(x)}Z"


def notched(w, h, inset, notch):
    """A rectangle whose corners are cut by quarter circles bulging inwards."""
    a, b, c, d, r = inset, inset, w - inset, h - inset, notch
    arc = f"A{n(r)} {n(r)} 0 0 0"
    return (f"M{n(a + r)} {n(b)}H{n(c - r)}{arc} {n(c)} {n(b + r)}V{n(d - r)}{arc} {n(c - r)} {n(d)}"
            f"H{n(a + r)}{arc} {n(a)} {n(d - r)}V{n(b + r)}{arc} {n(a + r)} {n(b)}Z")


def rosette(cx, cy, radius, petals):
    """Petals around a point, each of two quadratic curves."""
    d = ""
    for k in range(petals):
        t, half = 2 * math.pi * k / petals, math.pi / petals
        tip = (cx + radius * math.cos(t), cy + radius * math.sin(t))
        sides = [(cx + 0.62 * radius * math.cos(t + s * half), cy + 0.62 * radius * math.sin(t + s * half)) for s in (-1, 1)]
        d += f"M{n(cx)} {n(cy)}Q{n(sides[0][0])} {n(sides[0][1])} {n(tip[0])} {n(tip[1])}Q{n(sides[1][0])} {n(sides[1][1])} {n(cx)} {n(cy)}Z"
    return d


def corners(w, h, inset):
    return [(inset, inset), (w - inset, inset), (w - inset, h - inset), (inset, h - inset)]


def classic(w, h):
    yield stroke(rectangle(9, 9, w - 18, h - 18), 1.1)
    yield stroke(notched(w, h, 11.5, 9), 0.35)
    yield stroke(notched(w, h, 13, 9), 0.18)
    for x, y in corners(w, h, 14.6):
        yield fill(rosette(x, y, 3.6, 8))
    # A small diamond in the middle of each long side.
    for x, y in [(w / 2, 11.5), (w / 2, h - 11.5)]:
        yield fill(path([(x - 6, y), (x, y - 1.3), (x + 6, y), (x, y + 1.3)], close=True))


def modern(w, h):
    if w > h:
        yield fill(rectangle(0, 0, 21, h))
        yield fill(rectangle(23, 0, 1.2, h), 0.45)
    else:
        yield fill(rectangle(0, 0, w, 24))
        yield fill(rectangle(0, 26, w, 1.2), 0.45)
    yield fill(path([(w, h), (w - 46, h), (w, h - 46)], close=True), 0.12)
    yield fill(path([(w, h), (w - 28, h), (w, h - 28)], close=True), 0.3)


def wave(along, offset, amplitude, period, phase, vertical, start):
    """One sine line along a side: a cubic Hermite segment for each quarter of a period, off by less than 2 % of the amplitude."""
    steps = round(along / (period / 4))
    step = along / steps

    def point(s, v):
        return f"{n(v)} {n(start + s)}" if vertical else f"{n(start + s)} {n(v)}"

    def value(s):
        return offset + amplitude * math.sin(2 * math.pi * s / period + phase)

    def rise(s):
        return amplitude * math.cos(2 * math.pi * s / period + phase) * 2 * math.pi / period * step / 3

    d = f"M{point(0, value(0))}C{point(step / 3, value(0) + rise(0))} "
    segments = []
    for k in range(1, steps + 1):
        s = k * step
        segments.append(f"{point(s - step / 3, value(s) - rise(s))} {point(s, value(s))}")
    return d + segments[0] + "S" + " ".join(segments[1:])


def festive(w, h):
    """Guilloche: a band of sine lines around the sheet, with a rosette of many ellipses at each corner."""
    outer, band = 8, 10
    mid = outer + band / 2
    for offset, vertical, length in [(mid, False, w), (h - mid, False, w), (mid, True, h), (w - mid, True, h)]:
        along = length - 2 * (outer + band)
        period = along / round(along / 16)
        lines = "".join(wave(along, offset, band / 2 - 0.4, period, math.pi * k / 3, vertical, outer + band) for k in range(6))
        yield stroke(lines, 0.16)
    yield stroke(rectangle(outer - 1, outer - 1, w - 2 * outer + 2, h - 2 * outer + 2), 0.7)
    inner = outer + band + 1
    yield stroke(rectangle(inner, inner, w - 2 * inner, h - 2 * inner), 0.35)
    for x, y in corners(w, h, mid):
        d = ""
        for k in range(12):
            t = math.pi * k / 12
            points = []
            for j in range(24):
                u = 2 * math.pi * j / 24
                a, b = (band / 2 + 0.4) * math.cos(u), 2.1 * math.sin(u)
                points.append((x + a * math.cos(t) - b * math.sin(t), y + a * math.sin(t) + b * math.cos(t)))
            d += path(points, close=True)
        yield stroke(d, 0.16)


def letter(w, h):
    yield fill(rectangle(20, 14, w - 40, 0.5))
    yield fill(rectangle(20, 15.3, w - 40, 0.18))
    yield fill(rectangle(20, h - 14.5, w - 40, 0.5))
    yield fill(rosette(w / 2, 14.6, 3.4, 8))


def participant(w, h):
    yield stroke(rectangle(8, 8, w - 16, h - 16), 0.5)
    for row in range(6):
        for column in range(6 - row):
            size = 2.6 - 0.35 * (row + column)
            if size > 0.3:
                for sx, sy in [(1, 1), (-1, -1)]:
                    x = 14 + 4.4 * column if sx > 0 else w - 14 - 4.4 * column
                    y = 14 + 4.4 * row if sy > 0 else h - 14 - 4.4 * row
                    yield fill(path([(x - size / 2, y), (x, y - size / 2), (x + size / 2, y), (x, y + size / 2)], close=True))


def main():
    for design in (classic, modern, festive, letter, participant):
        for sheet, (w, h) in SHEETS.items():
            shapes = "".join(design(w, h))
            text = (f'<svg class="frame" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" width="{w}mm" height="{h}mm" '
                    f'viewBox="0 0 {w} {h}">{shapes}</svg>\n')
            (HERE / f"certificate-{design.__name__}" / f"frame-{sheet}.hbs").write_text(text, encoding="utf-8")


main()
