"""Draws the ornaments of the certificate designs: `python3 templates/ornaments.py` writes the frame-*.hbs partials anew.

All lengths are millimetres, and a drawing is a whole sheet. Its colours are custom properties of the design's stylesheet: --accent, the main
one, --second, --third, and --paper, the ground.
"""

import math
import random
from pathlib import Path

HERE = Path(__file__).parent
SHEETS = {"landscape": (297, 210), "portrait": (210, 297)}
ACCENT, SECOND, THIRD, PAPER = "var(--accent)", "var(--second)", "var(--third)", "var(--paper)"


# Lines and figures

def n(value):
    """A number with two decimals at most: a hundredth of a millimetre is below what any printer can do."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def path(points, close=False):
    return "M" + " ".join(f"{n(x)} {n(y)}" for x, y in points) + ("Z" if close else "")


def stroke(d, width, color=ACCENT, opacity=1, round_=False):
    extra = (f' stroke-opacity="{opacity}"' if opacity != 1 else "") + (' stroke-linecap="round"' if round_ else "")
    return f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{n(width)}"{extra}/>'


def fill(d, color=ACCENT, opacity=1):
    extra = f' fill-opacity="{opacity}"' if opacity != 1 else ""
    return f'<path d="{d}" fill="{color}"{extra}/>'


def rectangle(x, y, w, h):
    return f"M{n(x)} {n(y)}H{n(x + w)}V{n(y + h)}H{n(x)}Z"


def inset(w, h, by):
    return rectangle(by, by, w - 2 * by, h - 2 * by)


def circle(x, y, r):
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0Z"


def at(x, y, inside, turn=0, scale=1, mirror=False):
    steps = f"translate({n(x)} {n(y)})" + (f" rotate({n(turn)})" if turn else "")
    sx, sy = (-scale if mirror else scale), scale
    if (sx, sy) != (1, 1):
        steps += f" scale({n(sx)} {n(sy)})"
    return f'<g transform="{steps}">{inside}</g>'


def four(w, h, draw):
    """A corner drawn at the top left, in all four."""
    yield f'<g id="corner">{draw}</g>'
    for sx, sy, x, y in [(-1, 1, w, 0), (-1, -1, w, h), (1, -1, 0, h)]:
        yield f'<use href="#corner" transform="matrix({sx} 0 0 {sy} {n(x)} {n(y)})"/>'


def ground(w, h):
    return fill(rectangle(-5, -5, w + 10, h + 10), PAPER)


def notched(w, h, by, notch):
    """A rectangle whose corners are cut by quarter circles bulging inwards."""
    a, b, c, d, r = by, by, w - by, h - by, notch
    arc = f"A{n(r)} {n(r)} 0 0 0"
    return (f"M{n(a + r)} {n(b)}H{n(c - r)}{arc} {n(c)} {n(b + r)}V{n(d - r)}{arc} {n(c - r)} {n(d)}"
            f"H{n(a + r)}{arc} {n(a)} {n(d - r)}V{n(b + r)}{arc} {n(a + r)} {n(b)}Z")


def polar(cx, cy, r, degrees):
    t = math.radians(degrees)
    return cx + r * math.cos(t), cy + r * math.sin(t)


def star(cx, cy, r, points=5, inner=0.42, turn=-90):
    return path([polar(cx, cy, r if k % 2 == 0 else r * inner, turn + 180 * k / points) for k in range(2 * points)], close=True)


def leaf(x, y, degrees, length, width):
    """A leaf that grows from a point."""
    tip = polar(x, y, length, degrees)
    sides = []
    for side in (-1, 1):
        bx, by = polar(x, y, length * 0.5, degrees)
        sides.append(polar(bx, by, width, degrees + 90 * side))
    (ax, ay), (bx, by) = sides
    return f"M{n(x)} {n(y)}Q{n(ax)} {n(ay)} {n(tip[0])} {n(tip[1])}Q{n(bx)} {n(by)} {n(x)} {n(y)}Z"


def taper(points, first, last):
    """A line along points that is so wide at its ends."""
    left, right = [], []
    for k, (x, y) in enumerate(points):
        x0, y0 = points[max(k - 1, 0)]
        x1, y1 = points[min(k + 1, len(points) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        half = (first + (last - first) * k / (len(points) - 1)) / 2
        dx, dy = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return path(left + right[::-1], close=True)


def spiral(cx, cy, first, last, start, turns, steps=40):
    """Points from an outer radius inwards."""
    return [polar(cx, cy, first + (last - first) * k / steps, start + 360 * turns * k / steps) for k in range(steps + 1)]


# Ornaments

def rosette(cx, cy, radius, petals):
    """Petals around a point."""
    d = ""
    for k in range(petals):
        t, half = 360 * k / petals, 180 / petals
        tip, a, b = polar(cx, cy, radius, t), polar(cx, cy, 0.62 * radius, t - half), polar(cx, cy, 0.62 * radius, t + half)
        d += f"M{n(cx)} {n(cy)}Q{n(a[0])} {n(a[1])} {n(tip[0])} {n(tip[1])}Q{n(b[0])} {n(b[1])} {n(cx)} {n(cy)}Z"
    return d


def branch(cx, cy, radius, start, end, count, size):
    """Laurel along an arc: leaves on both sides, smaller towards the tip, and berries."""
    d = taper([polar(cx, cy, radius, start + (end - start) * k / 24) for k in range(25)], size * 0.13, size * 0.04)
    turn = 90 if end > start else -90
    for k in range(count):
        t = start + (end - start) * (k + 0.4) / count
        x, y = polar(cx, cy, radius, t)
        length = size * (1 - 0.35 * k / count)
        for side in (-1, 1):
            d += leaf(x, y, t + turn - side * 32 * (1 if end > start else -1), length, length * 0.26)
        if k % 2:
            bx, by = polar(cx, cy, radius + size * 0.42, t + (4 if end > start else -4))
            d += circle(bx, by, size * 0.07)
    x, y = polar(cx, cy, radius, end)
    return d + leaf(x, y, end + turn, size * 0.7, size * 0.17)


def wreath(cx, cy, radius, size, color=ACCENT, opacity=1, gap=34):
    """Two branches of laurel, open at the top."""
    d = branch(cx, cy, radius, 94, 270 - gap + 0, 11, size) + branch(cx, cy, radius, 86, -90 + gap, 11, size)
    return fill(d, color, opacity)


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


def band(w, h, outer, width, lines, period, color, thick):
    """Sine lines around the sheet."""
    mid = outer + width / 2
    for name, vertical, length, move in [("across", False, w, (0, h - 2 * mid)), ("along", True, h, (w - 2 * mid, 0))]:
        along = length - 2 * (outer + width)
        own = along / round(along / period)
        d = "".join(wave(along, mid, width / 2 - 0.5, own, 2 * math.pi * k / lines, vertical, outer + width) for k in range(lines))
        yield f'<g id="{name}">{stroke(d, thick, color)}</g><use href="#{name}" transform="translate({n(move[0])} {n(move[1])})"/>'


def rose(cx, cy, radius, lobes, depth, lines, inner=0.35, steps=180):
    """A guilloche rosette: closed wavy lines one inside the other."""
    d = ""
    for k in range(lines):
        share = inner + (1 - inner) * k / max(lines - 1, 1)
        points = []
        for j in range(steps):
            t = 360 * j / steps
            points.append(polar(cx, cy, radius * share * (1 - depth + depth * math.cos(math.radians(lobes * t + 180 * (k % 2)))), t))
        d += path(points, close=True)
    return d


def scrolls(size):
    """An engraved corner of scrolls and leaves, for the top left."""
    d = ""
    for swap in (False, True):
        flip = (lambda p: (p[1], p[0])) if swap else (lambda p: p)

        def curl(cx, cy, first, last, start, turns, a, b):
            return taper([flip(p) for p in spiral(cx, cy, first, last, start, turns)], a, b)

        s = size
        d += curl(0.30 * s, 0.22 * s, 0.20 * s, 0.02 * s, -150, 1.35, 0.075 * s, 0.015 * s)
        d += curl(0.66 * s, 0.13 * s, 0.115 * s, 0.015 * s, 160, -1.3, 0.05 * s, 0.012 * s)
        sweep = [(0.10 * s + 0.9 * s * t, 0.30 * s * (1 - t) ** 2 + 0.035 * s * math.sin(6 * t)) for t in [k / 20 for k in range(21)]]
        d += taper([flip(p) for p in sweep], 0.03 * s, 0.008 * s)
        for x, y, turn, length in [(0.50, 0.16, 20, 0.16), (0.46, 0.18, 70, 0.14), (0.80, 0.07, 25, 0.13), (0.84, 0.05, -25, 0.12), (0.14, 0.30, 80, 0.12)]:
            px, py = flip((x * s, y * s))
            d += leaf(px, py, 90 - turn if swap else turn, length * s, length * s * 0.3)
    d += circle(0.13 * size, 0.13 * size, 0.035 * size)
    for k, length in ((45, 0.22), (25, 0.17), (65, 0.17)):
        d += leaf(0.13 * size, 0.13 * size, k, length * size, length * size * 0.3)
    return d


def flourish(width):
    """A line that swells in the middle, with curls at its ends; around the origin."""
    half = width / 2
    d = taper([(-half * 0.72 + half * 0.72 * k / 20, 0.9 * math.sin(math.pi * k / 20)) for k in range(21)], 0.12, 0.9)
    d += taper([(half * 0.72 - half * 0.72 * k / 20, -0.9 * math.sin(math.pi * k / 20)) for k in range(21)], 0.12, 0.9)
    for side in (-1, 1):
        points = spiral(side * half * 0.86, 0, half * 0.14, half * 0.02, 180 if side > 0 else 0, 1.2 * side)
        d += taper(points, 0.7, 0.2)
    return d + path([(-1.6, 0), (0, -1.6), (1.6, 0), (0, 1.6)], close=True)


def gold(name, light="#f7e6a6", mid="#d9b04a", dark="#9c7420"):
    return (f'<linearGradient id="{name}" x2="1" y2="1"><stop stop-color="{light}"/><stop offset=".45" stop-color="{mid}"/>'
            f'<stop offset=".6" stop-color="{light}"/><stop offset="1" stop-color="{dark}"/></linearGradient>')


def medal(x, y, r, ribbon=ACCENT, sign=None):
    """A medal of gold with two tails of ribbon."""
    tails = ""
    for side, shade in ((-1, 0.85), (1, 1)):
        a, b = polar(0, 0, r * 0.5, 90 + side * 62), polar(0, 0, r * 0.5, 90 - side * 8)
        dx, dy = side * -0.62 * r, 2.1 * r
        tip = ((a[0] + b[0]) / 2 + dx * 0.9, dy - 0.34 * r)
        tails += fill(path([a, b, (b[0] + dx, dy + 0.02 * r), tip, (a[0] + dx, dy - 0.12 * r)], close=True), ribbon, shade)
    edge = path([polar(0, 0, r * (1 if k % 2 else 0.925), 360 * k / 72) for k in range(72)], close=True)
    face = (gold("gold") + tails + fill(edge, "url(#gold)") + fill(circle(0, 0, r * 0.78), "url(#gold)")
            + stroke(circle(0, 0, r * 0.8), r * 0.035, "#8a6412") + stroke(circle(0, 0, r * 0.72), r * 0.015, "#8a6412"))
    inside = fill(sign or star(0, 0, r * 0.36), "#7d5a10") + wreath(0, r * 0.02, r * 0.52, r * 0.2, "#7d5a10", gap=40)
    return at(x, y, face + inside)


def book(width):
    """An open book seen from the front, around the origin: covers, pages, lines."""
    s = width / 2
    cover = (f"M0 {n(.62 * s)}C{n(-.3 * s)} {n(.48 * s)} {n(-.7 * s)} {n(.46 * s)} {n(-1.04 * s)} {n(.56 * s)}V{n(-.36 * s)}"
             f"C{n(-.7 * s)} {n(-.46 * s)} {n(-.3 * s)} {n(-.44 * s)} 0 {n(-.3 * s)}C{n(.3 * s)} {n(-.44 * s)} {n(.7 * s)} {n(-.46 * s)} {n(1.04 * s)} {n(-.36 * s)}"
             f"V{n(.56 * s)}C{n(.7 * s)} {n(.46 * s)} {n(.3 * s)} {n(.48 * s)} 0 {n(.62 * s)}Z")
    page = (f"M0 {n(.54 * s)}C{n(.3 * s)} {n(.4 * s)} {n(.66 * s)} {n(.38 * s)} {n(.96 * s)} {n(.47 * s)}V{n(-.46 * s)}"
            f"C{n(.66 * s)} {n(-.55 * s)} {n(.3 * s)} {n(-.52 * s)} 0 {n(-.36 * s)}Z")
    lines = "".join(f"M{n(.14 * s)} {n((-.26 + .15 * k) * s)}C{n(.36 * s)} {n((-.37 + .15 * k) * s)} {n(.62 * s)} {n((-.4 + .15 * k) * s)} {n(.84 * s)} {n((-.34 + .15 * k) * s)}"
                    for k in range(5))
    right = fill(page, "#fff") + stroke(page, width * 0.008) + stroke(lines, width * 0.007, SECOND)
    return fill(cover) + right + f'<g transform="scale(-1 1)">{right}</g>' + stroke(f"M0 {n(-.36 * s)}V{n(.58 * s)}", width * 0.012)


def balloon(x, y, r, color, turn=0):
    body = f"M0 {n(1.18 * r)}C{n(-.5 * r)} {n(.9 * r)} {n(-r)} {n(.45 * r)} {n(-r)} {n(-.1 * r)}A{n(r)} {n(r)} 0 0 1 {n(r)} {n(-.1 * r)}C{n(r)} {n(.45 * r)} {n(.5 * r)} {n(.9 * r)} 0 {n(1.18 * r)}Z"
    knot = path([(-.14 * r, 1.36 * r), (0, 1.14 * r), (.14 * r, 1.36 * r)], close=True)
    shine = f"M{n(-.62 * r)} {n(-.2 * r)}Q{n(-.58 * r)} {n(-.66 * r)} {n(-.2 * r)} {n(-.78 * r)}"
    string = stroke(f"M0 {n(1.3 * r)}C{n(.5 * r)} {n(2.2 * r)} {n(-.5 * r)} {n(2.6 * r)} {n(.1 * r)} {n(3.6 * r)}", 0.35, "#888")
    return at(x, y, string + fill(body + knot, color) + stroke(shine, r * 0.13, "#fff", 0.7, True), turn)


def snowflake(r):
    d = ""
    for k in range(6):
        for a, b, turn in [(0, 1, 0), (0.45, 0.3, 55), (0.45, 0.3, -55), (0.7, 0.22, 55), (0.7, 0.22, -55)]:
            x, y = polar(0, 0, a * r, 60 * k)
            d += path([(x, y), polar(x, y, b * r, 60 * k + turn)])
    return d


def fir(length, seed):
    """A branch of fir from the origin to the right."""
    rnd = random.Random(seed)
    d = ""
    for k in range(int(length * 2.6)):
        x = length * (k + 0.5) / (length * 2.6)
        size = 7.5 * (1 - 0.55 * x / length)
        for side in (-1, 1):
            d += path([(x, 0.02 * x * x / 10), polar(x, 0.02 * x * x / 10, size * rnd.uniform(0.8, 1.1), side * rnd.uniform(30, 52))])
    return d


def bauble(x, y, r, color):
    return at(x, y, stroke(f"M0 {n(-r * 2.2)}V{n(-r)}", 0.3, "#777") + fill(circle(0, 0, r), color)
              + fill(rectangle(-r * 0.22, -r * 1.22, r * 0.44, r * 0.3), "#c9a227")
              + stroke(f"M{n(-.6 * r)} {n(-.15 * r)}Q{n(-.55 * r)} {n(-.6 * r)} {n(-.15 * r)} {n(-.7 * r)}", r * 0.14, "#fff", 0.75, True))


def carnation(x, y, r, turn):
    """A carnation on its stem."""
    out = stroke(f"M0 0C{n(.3 * r)} {n(2 * r)} {n(-.2 * r)} {n(3.4 * r)} 0 {n(5.4 * r)}", r * 0.16, "#3d7a3a")
    out += fill(leaf(0, 2.6 * r, 40, 1.8 * r, 0.22 * r) + leaf(0, 3.3 * r, 140, 1.8 * r, 0.22 * r), "#3d7a3a")
    out += fill(path([(-.34 * r, .3 * r), (.34 * r, .3 * r), (.2 * r, 1.25 * r), (-.2 * r, 1.25 * r)], close=True), "#4c8f48")
    for size, color, count, lift in [(1.15, "#b3121d", 13, -.25), (.9, "#d0202c", 11, -.3), (.58, "#e4424b", 9, -.34)]:
        points = []
        for k in range(count * 2):
            radius = size * r * (1 if k % 2 else 0.78)
            px, py = polar(0, lift * r, radius, 360 * k / (count * 2))
            points.append((px, py * 0.85))
        out += fill(path(points, close=True), color)
    return at(x, y, out, turn)


def maple(r):
    """A maple leaf around the origin, its stalk downwards."""
    half = [(0, -1), (.13, -.62), (.34, -.72), (.28, -.36), (.62, -.6), (.66, -.44), (.98, -.42), (.74, -.1), (.84, .04), (.4, .26), (.44, .42), (.06, .34), (.04, .95)]
    points = [(x * r, y * r) for x, y in half] + [(-x * r, y * r) for x, y in half[::-1]]
    veins = path([(0, .34 * r), (0, -.7 * r)]) + path([(0, .2 * r), (.6 * r, -.3 * r)]) + path([(0, .2 * r), (-.6 * r, -.3 * r)])
    return path(points, close=True), veins


def pencil(x, y, length, width, color, turn):
    w = width
    return at(x, y, fill(rectangle(0, -w / 2, length - 2.2 * w, w), color) + fill(rectangle(0, -w / 2, length - 2.2 * w, w / 3), "#fff", 0.28)
              + fill(rectangle(0, w / 6, length - 2.2 * w, w / 3), "#000", 0.12)
              + fill(path([(length - 2.2 * w, -w / 2), (length, 0), (length - 2.2 * w, w / 2)], close=True), "#f2d7a8")
              + fill(path([(length - 0.75 * w, -w * 0.17), (length, 0), (length - 0.75 * w, w * 0.17)], close=True), color)
              + fill(rectangle(-1.1 * w, -w / 2, 1.1 * w, w), "#e88d8d") + fill(rectangle(-0.25 * w, -w / 2, 0.55 * w, w), "#c9c9c9"), turn)


def bell(r):
    body = (f"M0 {n(-r)}C{n(.62 * r)} {n(-r)} {n(.62 * r)} {n(-.1 * r)} {n(.72 * r)} {n(.3 * r)}Q{n(.8 * r)} {n(.6 * r)} {n(r)} {n(.72 * r)}H{n(-r)}"
            f"Q{n(-.8 * r)} {n(.6 * r)} {n(-.72 * r)} {n(.3 * r)}C{n(-.62 * r)} {n(-.1 * r)} {n(-.62 * r)} {n(-r)} 0 {n(-r)}Z")
    bow = ""
    for side in (-1, 1):
        bow += (f"M0 {n(-1.05 * r)}C{n(side * .3 * r)} {n(-1.7 * r)} {n(side * 1.2 * r)} {n(-1.75 * r)} {n(side * 1.1 * r)} {n(-1.2 * r)}"
                f"C{n(side * 1.1 * r)} {n(-.9 * r)} {n(side * .4 * r)} {n(-.9 * r)} 0 {n(-1.05 * r)}Z"
                f"M0 {n(-1.05 * r)}L{n(side * .5 * r)} {n(-.1 * r)}L{n(side * .85 * r)} {n(-.25 * r)}Z")
    return (gold("bell") + fill(circle(0, .82 * r, .2 * r), "#8a6412") + fill(body, "url(#bell)") + stroke(f"M{n(-.74 * r)} {n(.34 * r)}H{n(.74 * r)}", r * 0.05, "#8a6412")
            + fill(bow, ACCENT) + fill(circle(0, -1.06 * r, .2 * r), SECOND))


# Designs

def classic(w, h):
    """Engraved: three lines with cut corners, scrolls, a flourish on the axis."""
    yield ground(w, h)
    yield stroke(inset(w, h, 8), 1.3)
    yield stroke(inset(w, h, 9.8), 0.3, SECOND)
    yield stroke(notched(w, h, 12.5, 12), 0.5)
    yield stroke(notched(w, h, 13.6, 12), 0.2, SECOND)
    yield from four(w, h, at(11.2, 11.2, fill(scrolls(31))))
    for y in (12.5, h - 12.5):
        yield at(w / 2, y, fill(circle(0, 0, 3), PAPER) + fill(rectangle(-20, -2, 40, 4), PAPER) + fill(flourish(44)))


def engraved(w, h):
    """An old diploma: a wide band of guilloche between ruled borders, scrolls inside, a wreath below the text."""
    yield ground(w, h)
    yield wreath(w / 2, h / 2 + 4, min(w, h) * 0.3, min(w, h) * 0.085, ACCENT, 0.06)
    yield stroke(inset(w, h, 7), 0.9)
    yield from band(w, h, 8.2, 7, 8, 9, SECOND, 0.16)
    yield stroke(inset(w, h, 16.2), 0.5)
    yield stroke(inset(w, h, 17.4), 0.18)
    own = fill(rectangle(7, 7, 9.2, 9.2), PAPER) + stroke(rectangle(7, 7, 9.2, 9.2), 0.5) + stroke(rose(11.6, 11.6, 4, 8, 0.22, 5, steps=96), 0.15, SECOND)
    own += fill(circle(11.6, 11.6, 1)) + at(19, 19, fill(scrolls(24)))
    yield from four(w, h, own)


def official(w, h):
    """A canopy of deep colour with guilloche, a medallion with laurel around the place of the arms on its edge; edges of foil."""
    yield "<radialGradient id=\"paper\" cx=\".5\" cy=\".5\" r=\".75\"><stop stop-color=\"var(--light)\"/><stop offset=\"1\" stop-color=\"var(--paper)\"/></radialGradient>"
    yield fill(rectangle(-5, -5, w + 10, h + 10), "url(#paper)") + gold("foil", "#f3dc9a", "#c9a04a", "#8f6a1e")
    yield stroke(rose(w / 2, h * 0.58, min(w, h) * 0.34, 20, 0.08, 15, 0.25, steps=180), 0.13, SECOND, 0.34)
    side, middle = (13, 26) if w > h else (17, 33)
    low, foot = (19, 8) if w > h else (21, 9)

    def canopy(by, color):
        sag = 2 * (middle + by) - (side + by)
        return fill(f"M-3 -3H{n(w + 3)}V{n(side + by)}Q{n(w / 2)} {n(sag)} -3 {n(side + by)}Z", color)

    def ground_(by, color):
        a, b = h - low - by, h - foot - by
        return fill(f"M-3 {n(h + 3)}V{n(a)}Q{n(w / 2)} {n(2 * b - a)} {n(w + 3)} {n(a)}V{n(h + 3)}Z", color)

    def lines(offset, swell, sag, count):
        """Sine lines that follow the edge."""
        d = ""
        for k in range(count):
            points = []
            for j in range(73):
                x = w * j / 72
                t = x / w
                points.append((x, offset + sag * 4 * t * (1 - t) + swell * math.sin(2 * math.pi * (x / (w / round(w / 24)) + k / count))))
            d += path(points)
        return d

    yield canopy(2.6, THIRD) + canopy(1.7, "url(#paper)") + canopy(1.1, "url(#foil)") + canopy(0, ACCENT)
    yield ground_(2.6, THIRD) + ground_(1.7, "url(#paper)") + ground_(1.1, "url(#foil)") + ground_(0, ACCENT)
    sag = (middle - side) * 0.98
    yield stroke(lines(side - 6.6, 4.4, sag, 7), 0.17, SECOND, 0.8)
    yield stroke(lines(h - low / 2 - foot / 2 + 2, 2.6, (low - foot) * 0.62, 5), 0.17, SECOND, 0.7)
    for x in (8, w - 8):
        yield stroke(f"M{n(x)} {n(side + 13)}V{n(h - low - 8)}", 0.7, SECOND)
        inner = x + (1.9 if x < w / 2 else -1.9)
        yield stroke(f"M{n(inner)} {n(side + 15)}V{n(h - low - 10)}", 0.22)
        for y in (side + 12, h - low - 7):
            yield fill(star(x, y, 1.9, 4, 0.45), SECOND)
        yield fill(path([(x, h / 2 - 5), (x + 2.2, h / 2), (x, h / 2 + 5), (x - 2.2, h / 2)], close=True), SECOND)
    top = middle - 1
    edge = path([polar(w / 2, top, 20.4 if k % 2 else 19.6, 360 * k / 96) for k in range(96)], close=True)
    yield fill(circle(w / 2, top, 21.6), ACCENT) + fill(edge, "url(#foil)") + fill(circle(w / 2, top, 18.6), ACCENT)
    yield fill(circle(w / 2, top, 18), "#fffdf6") + wreath(w / 2, top, 13.8, 4.9, SECOND, gap=44)
    yield "{{#unless design.logo}}" + fill(star(w / 2, top, 7.6), ACCENT) + stroke(star(w / 2, top, 8.7), 0.35, SECOND) + "{{/unless}}"


def state(w, h):
    """The most solemn: a double border in colour and gold, a ground of fine lines, a large wreath as a watermark."""
    yield ground(w, h)
    rose_ = min(w, h) * 0.42
    yield stroke(rose(w / 2, h / 2, rose_, 24, 0.07, 16, 0.3, steps=240), 0.14, SECOND, 0.4)
    yield fill(rectangle(-3, -3, w + 6, h + 6) + inset(w, h, 9), ACCENT).replace("<path ", '<path fill-rule="evenodd" ')
    yield stroke(inset(w, h, 4.5), 0.5, SECOND)
    yield stroke(inset(w, h, 10.4), 1.1, SECOND)
    yield stroke(inset(w, h, 12.2), 0.25)
    own = fill(rectangle(-3, -3, 24, 24)) + stroke(rectangle(2.5, 2.5, 16.5, 16.5), 0.5, SECOND) + fill(rosette(10.8, 10.8, 6.6, 8), SECOND) + fill(circle(10.8, 10.8, 1.6))
    yield from four(w, h, own)


def waves(length, turned):
    """Layers of colour that swell along a side, the deepest outermost, with a bright line at the edge of the last."""
    def sweep(depth, swell, phase):
        steps = 36
        return [turned(depth + swell * math.sin(math.pi * 1.5 * k / steps + phase), -3 + (length + 6) * k / steps) for k in range(steps + 1)]

    def layer(points, color, opacity=1):
        return fill(path([turned(-3, -3), *points, turned(-3, length + 3)], close=True), color, opacity)

    yield layer(sweep(47, 9, 0.3), THIRD, 0.28) + layer(sweep(46, 8, -0.5), SECOND)
    yield layer(sweep(43.4, 8, -0.5), "#fff") + layer(sweep(42, 8, -0.5), ACCENT)
    yield layer(sweep(29, 10, 1.1), "#fff", 0.09) + layer(sweep(17, 9, 2.2), "#000", 0.16)


def modern(w, h):
    """Waves of colour along one side."""
    yield ground(w, h)
    if w > h:
        yield from waves(h, lambda x, y: (x, y))
        yield stroke("".join(circle(8, h - 8, r) for r in range(14, 60, 9)), 0.35, "#fff", 0.35)
    else:
        yield from waves(w, lambda x, y: (y, x))
        yield stroke("".join(circle(w - 8, 8, r) for r in range(14, 60, 9)), 0.35, "#fff", 0.35)


def tile(kind, c, a, b):
    """A square of the grid at the origin: a ground and a figure upon it."""
    half = c / 2
    quarter = f"A{n(c)} {n(c)} 0 0 1"
    if kind == "leaf":
        return fill(f"M0 0{quarter} {n(c)} {n(c)}{quarter} 0 0Z", a)
    if kind == "arcs":
        rings = [fill(f"M0 0H{n(c * r)}A{n(c * r)} {n(c * r)} 0 0 1 0 {n(c * r)}Z", color) for r, color in ((1, a), (0.72, b), (0.44, a), (0.18, b))]
        return "".join(rings)
    if kind == "sun":
        return fill(circle(half, half, c * 0.4), a) + fill(circle(half, half, c * 0.2), b)
    if kind == "halves":
        return fill(f"M0 0A{n(half)} {n(half)} 0 0 0 {n(c)} 0Z", a) + fill(f"M0 {n(half)}A{n(half)} {n(half)} 0 0 0 {n(c)} {n(half)}Z", b)
    if kind == "quarter":
        return fill(f"M0 0H{n(c)}{quarter} 0 {n(c)}Z", a) + fill(circle(c * 0.3, c * 0.3, c * 0.14), b)
    if kind == "stripes":
        return fill("".join(rectangle(0, c * k / 7, c, c / 14) for k in range(7)), a)
    if kind == "petals":
        own = "".join(f"M{n(half)} {n(half)}A{n(half)} {n(half)} 0 0 1 {n(x)} {n(y)}A{n(half)} {n(half)} 0 0 1 {n(half)} {n(half)}Z"
                      for x, y in ((0, 0), (c, 0), (c, c), (0, c)))
        return fill(own, a) + fill(circle(half, half, c * 0.09), b)
    if kind == "slope":
        return fill(path([(0, 0), (c, c), (0, c)], close=True), a) + fill(path([(0, 0), (half, half), (0, c)], close=True), b)
    return fill("".join(circle(c * (i + .5) / 5, c * (j + .5) / 5, c * 0.05) for i in range(5) for j in range(5)), a)


def geometry(w, h):
    """A mosaic of quarter circles, leaves and suns on a panel of deep colour along one side; a pale ring behind the words."""
    yield ground(w, h)
    light = "#fff6e6"
    c = 35
    if w > h:
        yield stroke(circle(22, h + 6, 74), 17, THIRD, 0.13) + stroke(circle(22, h + 6, 46), 10, SECOND, 0.09)
        left, across, down = w - 2 * c, 2, 6
        yield fill(rectangle(left, -3, 2 * c + 3, h + 6)) + fill(rectangle(left - 2.2, -3, 1.1, h + 6), SECOND)
    else:
        yield stroke(circle(w - 10, h + 4, 84), 18, THIRD, 0.13) + stroke(circle(w - 10, h + 4, 52), 11, SECOND, 0.09)
        left, across, down = 0, 6, 2
        yield fill(rectangle(-3, -3, w + 6, 2 * c + 3)) + fill(rectangle(-3, 2 * c + 1.1, w + 6, 1.1), SECOND)
    plan = [("arcs", SECOND, light, 0), ("leaf", THIRD, light, 1), ("petals", light, SECOND, 0), ("quarter", THIRD, ACCENT, 2),
            ("slope", SECOND, THIRD, 3), ("sun", light, SECOND, 0), ("halves", THIRD, SECOND, 0), ("arcs", light, SECOND, 2),
            ("leaf", SECOND, light, 0), ("dots", light, light, 0), ("quarter", light, SECOND, 1), ("petals", THIRD, light, 0)]
    order = range(12) if w > h else [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]
    for k, place in zip(order, range(12)):
        x, y = left + c * (place % across), c * (place // across)
        kind, a, b, turn = plan[k]
        yield at(x + c / 2, y + c / 2, at(-c / 2, -c / 2, tile(kind, c, a, b)), 90 * turn)


def shelf(w, h):
    """A shelf of books along the foot."""
    yield ground(w, h)
    rnd = random.Random(7)
    x, board = -4, h - 7
    colors = [(ACCENT, 1), (SECOND, 1), (ACCENT, 0.75), (THIRD, 1), (ACCENT, 0.55), (SECOND, 0.7)]
    k = 0
    while x < w + 3:
        width, height = rnd.uniform(5.5, 11), rnd.uniform(19, 28)
        color, opacity = colors[k % len(colors)]
        lean = 9 if k % 9 == 6 else 0
        spine = fill(rectangle(0, -height, width, height), color, opacity)
        spine += fill(rectangle(0, -height * 0.88, width, 0.8) + rectangle(0, -height * 0.2, width, 0.8), "#fff", 0.75)
        if k % 3 == 0:
            spine += fill(rectangle(width * 0.28, -height * 0.74, width * 0.44, height * 0.36), "#fff", 0.8)
        yield at(x + (3.2 if lean else 0), board, spine, -lean)
        x += width + 0.6 + (4.4 if lean else 0)
        k += 1
    yield fill(rectangle(-3, board, w + 6, 2.2))
    yield fill(rectangle(-3, board + 2.2, w + 6, 10), ACCENT, 0.14)
    yield fill(rectangle(0, 0, w, 4)) + fill(rectangle(0, 5.4, w, 0.8), SECOND)


def facets(size):
    """A corner of folded paper for the top left: layers in the deep colour, with edges of gold between them."""
    def facet(points, color, opacity=1):
        return fill(path([(x * size, y * size) for x, y in points], close=True), color, opacity)

    z = -3 / size
    own = facet([(z, z), (1.62, z), (z, 0.62)], ACCENT, 0.14) + facet([(z, z), (0.62, z), (z, 1.62)], ACCENT, 0.14)
    own += facet([(z, z), (1.3, z), (z, 0.66)], THIRD, 0.55) + facet([(z, z), (0.66, z), (z, 1.3)], THIRD, 0.55)
    own += facet([(z, z), (1.06, z), (z, 1.06)], "url(#foil)") + facet([(z, z), (1.02, z), (z, 1.02)], ACCENT)
    own += facet([(0.7, z), (0.725, z), (z, 0.725), (z, 0.7)], "url(#foil)")
    return own + facet([(z, z), (0.66, z), (0.22, 0.22)], "#fff", 0.12) + facet([(z, z), (0.22, 0.22), (z, 0.66)], "#000", 0.14)


def participant(w, h):
    """Folded corners with edges of gold, a double line that they cover, a fine rose below the words."""
    yield ground(w, h)
    yield gold("foil", mid="#cfa54a")
    yield stroke(rose(w / 2, h / 2, min(w, h) * 0.4, 18, 0.09, 14, 0.3, steps=216), 0.13, ACCENT, 0.13)
    yield stroke(inset(w, h, 8), 0.8, SECOND) + stroke(inset(w, h, 10.2), 0.25, ACCENT)
    # As far as the words leave room: the rows that sign reach almost into the corner.
    large, small = (43, 20) if w > h else (40, 19)
    own = facets(large)
    yield own + f'<g transform="matrix(-1 0 0 -1 {w} {h})">{own}</g>'
    own = facets(small)
    yield f'<g transform="matrix(-1 0 0 1 {w} 0)">{own}</g><g transform="matrix(1 0 0 -1 0 {h})">{own}</g>'


def sprig(length, count):
    """A twig with leaves from the origin to the right, bent a little downwards."""
    def at_(t):
        return length * t, 0.1 * length * t * t

    d = taper([at_(k / 20) for k in range(21)], length * 0.022, length * 0.006)
    for k in range(1, count + 1):
        t = k / (count + 0.4)
        x, y = at_(t)
        size = length * (0.27 - 0.13 * t)
        for turn in (-44, 40):
            d += leaf(x, y, turn + 12 * t, size, size * 0.26)
    x, y = at_(1)
    return d + leaf(x, y, 12, length * 0.15, length * 0.036)


def letter(w, h):
    """Paper for a letter: two fine lines that open for twigs at the corners and on the axis."""
    yield ground(w, h)
    yield stroke(rose(w / 2, h * 0.54, min(w, h) * 0.31, 16, 0.1, 12, 0.34, steps=192), 0.13, SECOND, 0.3)
    yield stroke(notched(w, h, 9, 9), 0.9) + stroke(notched(w, h, 11, 9), 0.25, SECOND)
    own = at(12.5, 12.5, fill(sprig(27, 6)), -2) + f'<g transform="translate(12.5 12.5) matrix(0 1 1 0 0 0) rotate(-2)">{fill(sprig(27, 6))}</g>'
    own += fill(rosette(12, 12, 4.6, 8), SECOND) + fill(circle(12, 12, 1.1), ACCENT)
    yield from four(w, h, own)
    for y in (10, h - 10):
        yield fill(rectangle(w / 2 - 24, y - 2.4, 48, 4.8), PAPER)
        for turn in (1, -1):
            yield f'<g transform="translate({n(w / 2 + 4.6 * turn)} {n(y)}) scale({turn} 1) rotate(-5)">{fill(sprig(18, 5))}</g>'
        yield fill(rosette(w / 2, y, 3.6, 8), SECOND) + fill(circle(w / 2, y, 0.9))


def festive(w, h):
    """Guilloche of gold around the sheet with rosettes at the corners, and a ribbon below the title's axis."""
    yield ground(w, h)
    yield stroke(inset(w, h, 6.5), 0.9, ACCENT)
    yield from band(w, h, 8, 10, 6, 16, SECOND, 0.22)
    yield stroke(inset(w, h, 19.4), 0.45, ACCENT)
    own = fill(circle(13, 13, 8.4), PAPER) + stroke(rose(13, 13, 8, 12, 0.16, 9, 0.2, steps=120), 0.2, SECOND) + fill(rosette(13, 13, 3.2, 8), ACCENT)
    yield from four(w, h, own)
    for x, y in [(w / 2, 13), (w / 2, h - 13)]:
        yield fill(circle(x, y, 6.6), PAPER) + stroke(rose(x, y, 6.4, 10, 0.15, 7, 0.2, steps=100), 0.2, SECOND) + fill(star(x, y, 2.6), ACCENT)


def medal_(w, h):
    """A ribbon across a corner and a large medal."""
    yield ground(w, h)
    if w > h:
        yield fill(rectangle(-3, -3, 49, h + 6)) + fill(rectangle(48, -3, 2, h + 6), SECOND) + fill(rectangle(51.4, -3, 0.6, h + 6), SECOND)
        yield stroke("".join(wave(h, 23, 15, h / 5, math.pi * k / 6, True, 0) for k in range(12)), 0.14, "#fff", 0.28)
        yield medal(23, 72, 19, THIRD)
    else:
        yield fill(rectangle(-3, -3, w + 6, 45)) + fill(rectangle(-3, 44, w + 6, 2), SECOND) + fill(rectangle(-3, 47.4, w + 6, 0.6), SECOND)
        yield stroke("".join(wave(w, 21, 14, w / 5, math.pi * k / 6, False, 0) for k in range(12)), 0.14, "#fff", 0.28)
        yield medal(w / 2, 34, 17, THIRD)


BRIGHT = ["#f26d5b", "#f7b32b", "#4aa96c", "#3f88c5", "#9b5de5"]


def cloud(x, y, r, opacity=1):
    puffs = [(-1.5, 0.1, 0.62), (-0.75, -0.3, 0.85), (0.2, -0.5, 1.05), (1.1, -0.1, 0.75), (1.75, 0.2, 0.5)]
    base = f'<rect x="{n(-2 * r)}" y="{n(-.02 * r)}" width="{n(4.2 * r)}" height="{n(.74 * r)}" rx="{n(.37 * r)}" fill="#fff"/>'
    return f'<g opacity="{opacity}">' + at(x, y, base + fill("".join(circle(a * r, b * r, c * r) for a, b, c in puffs), "#fff")) + "</g>"


def sun(x, y, r):
    rays = "".join(path([polar(0, 0, r * 1.22, 15 * k - 2.6), polar(0, 0, r * (1.75 if k % 2 else 1.5), 15 * k), polar(0, 0, r * 1.22, 15 * k + 2.6)], close=True) for k in range(24))
    return at(x, y, fill(rays, "#f9c846") + fill(circle(0, 0, r), "#ffd75e") + stroke(circle(0, 0, r), r * 0.05, "#f7b32b"))


def rainbow(x, y, r, width):
    """Half rings around a point, the outermost red."""
    out = ""
    for k, color in enumerate(["#ef6f6c", "#f79d5c", "#f9d65c", "#7cc48d", "#5fa8d3", "#9d86cf"]):
        own = r - width * (k + 0.5)
        out += f'<path d="M{n(x - own)} {n(y)}A{n(own)} {n(own)} 0 0 1 {n(x + own)} {n(y)}" fill="none" stroke="{color}" stroke-width="{n(width + 0.1)}"/>'
    return out


def flower(x, y, r, color, stem):
    petals = "".join(circle(*polar(0, 0, r * 0.62, 72 * k - 90), r * 0.48) for k in range(5))
    return at(x, y, stroke(f"M0 0Q{n(.5 * r)} {n(stem / 2)} 0 {n(stem)}", r * 0.22, "#4f9a5b", round_=True) + fill(leaf(0, stem * 0.75, -35, r * 1.5, r * 0.34), "#4f9a5b")
              + fill(petals, color) + fill(circle(0, 0, r * 0.42), "#ffd75e"))


def hills(w, h, rise, phase, color):
    points = [(-3 + (w + 6) * k / 40, h - rise - 5 * math.sin(math.pi * 2.2 * k / 40 + phase)) for k in range(41)]
    return fill(path([(-3, h + 3), *points, (w + 3, h + 3)], close=True), color)


def children(w, h):
    """A sheet of paper over a summer meadow: sky, sun, a rainbow, balloons, flowers."""
    yield ('<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#8fd0f2"/><stop offset=".62" stop-color="#d8f0fb"/>'
           '<stop offset="1" stop-color="#f4fbf2"/></linearGradient>')
    yield fill(rectangle(-3, -3, w + 6, h + 6), "url(#sky)")
    side, top, foot = (26, 17, 17) if w > h else (19, 26, 30)
    yield rainbow(side + 4, top + (34 if w > h else 30), 42 if w > h else 36, 4)
    yield sun(w - side + 3, top + 1, 13 if w > h else 12)
    yield hills(w, h, 33, 0.4, "#a9d98c") + hills(w, h, 22, 2.6, "#86c572") + hills(w, h, 11, 4.4, "#63b05f")
    for k, (x, y, r) in enumerate([(13, 88, 5), (w - 12, 70, 5.5), (15, h - 76, 4.2), (w / 2 - 20, 9, 5.2), (w - 14, h * 0.55, 4)]):
        yield cloud(x, y, r, 0.95)
    # The paper on which the words stand, with a soft shadow.
    for by, shade in ((1.6, 0.05), (0.9, 0.07)):
        yield f'<rect x="{n(side - by)}" y="{n(top - by + 1)}" width="{n(w - 2 * side + 2 * by)}" height="{n(h - top - foot + 2 * by)}" rx="{n(9 + by)}" fill="#1d3a55" fill-opacity="{shade}"/>'
    yield f'<rect x="{side}" y="{top}" width="{w - 2 * side}" height="{h - top - foot}" rx="9" fill="{PAPER}"/>'
    yield (f'<rect x="{side + 2.6}" y="{top + 2.6}" width="{n(w - 2 * side - 5.2)}" height="{n(h - top - foot - 5.2)}" rx="6.8" fill="none" stroke="{SECOND}" '
           'stroke-width=".8" stroke-dasharray="0.1 2.6" stroke-linecap="round"/>')
    low = h * 0.46
    for x, y, r, k, turn in [(13, low, 8, 0, -6), (21, low + 13, 7, 1, 6), (9, low + 22, 6.4, 3, -3)]:
        if w < h:
            x, r = x * 0.72, r * 0.8
        yield balloon(x, y, r, BRIGHT[k], turn)
        yield balloon(w - x, y + 6, r, BRIGHT[(k + 2) % 5], -turn)
    rnd = random.Random(4)
    for k in range(15 if w > h else 11):
        x = 8 + (w - 16) * k / (14 if w > h else 10) + rnd.uniform(-3, 3)
        deep = h - (rnd.uniform(3, 7) if side < x < w - side else rnd.uniform(6, 17))
        yield flower(x, deep - 6, rnd.uniform(2.6, 3.6), (BRIGHT + ["#fff"])[k % 6], 7)


def school(w, h):
    """A page of squared paper, pencils, an open book."""
    yield ground(w, h)
    lines = "".join(f"M{n(x)} 0V{h}" for x in range(5, w, 5)) + "".join(f"M0 {n(y)}H{w}" for y in range(5, h, 5))
    yield stroke(lines, 0.12, SECOND, 0.35)
    by = 15
    yield f'<rect x="{by}" y="{by}" width="{w - 2 * by}" height="{h - 2 * by}" rx="6" fill="#fff" stroke="{ACCENT}" stroke-width="1"/>'
    for k, (x, y, turn) in enumerate([(6, h - 60, 90), (6, 34, 90), (w - 6, h - 26, -90), (w - 6, 96, -90)]):
        yield pencil(x, y, 34, 5, BRIGHT[k], turn)
    yield at(w / 2, by + 1, fill(circle(0, 0, 13.5), "#fff") + book(21))
    for x, y, r, k in [(by, by, 4, 1), (w - by, by, 4, 0), (by, h - by, 4, 3), (w - by, h - by, 4, 2)]:
        yield fill(star(x, y, r * 1.5, 5, 0.5), BRIGHT[k])


def new_year(w, h):
    """Fir, baubles, snow."""
    yield ground(w, h)
    rnd = random.Random(12)
    for _ in range(150):
        x, y = rnd.uniform(0, w), rnd.uniform(0, h)
        if 19 < x < w - 19 and 26 < y < h - 14:
            continue
        yield at(x, y, stroke(snowflake(rnd.uniform(2, 5)), 0.35, SECOND, 0.55, True), rnd.uniform(0, 60))
    own = ""
    for turn, length, seed in [(4, 74, 1), (24, 50, 2), (88, 62, 4), (64, 44, 5), (45, 34, 3)]:
        own += at(-4, -4, stroke(fir(length, seed), 0.5, ("#2f6b46", "#3f8257")[seed % 2], 1, True), turn)
    own += bauble(29, 22, 5.4, ACCENT) + bauble(15, 41, 4.8, SECOND) + bauble(50, 15, 4, "#d9b04a")
    # The branches hang over the frame.
    yield stroke(inset(w, h, 6), 0.6) + stroke(inset(w, h, 7.4), 0.2, SECOND)
    yield f'<g id="fir">{own}</g><use href="#fir" transform="matrix(-1 0 0 1 {w} 0)"/>'


def ribbon_of_george(x, y, w, h):
    """The ribbon of Saint George: three black and two orange stripes with an edge."""
    vertical = h > w
    size = w if vertical else h
    out = fill(rectangle(x, y, w, h), "#e8821e")
    for k in range(3):
        at_, thick = size * (0.1 + 0.31 * k), size * 0.18
        out += fill(rectangle(x + at_, y, thick, h) if vertical else rectangle(x, y + at_, w, thick), "#1b1714")
    return out


def victory(w, h):
    """The ribbon of Saint George, carnations, a star."""
    yield ground(w, h)
    if w > h:
        yield ribbon_of_george(14, -3, 17, h + 6)
        for k, (x, y, turn) in enumerate([(23, h - 66, -8), (31, h - 54, 12), (16, h - 50, -20)]):
            yield carnation(x, y, 9, turn)
        yield at(22.5, 34, gold("star") + fill(star(0, 0, 15), "#fff") + fill(star(0, 0, 13.4), "url(#star)") + fill(star(0, 0, 8.6), "#b3121d"))
        yield stroke(rectangle(38, 8, w - 46, h - 16), 0.7) + stroke(rectangle(39.6, 9.6, w - 49.2, h - 19.2), 0.2, SECOND)
    else:
        yield ribbon_of_george(-3, 14, w + 6, 16)
        yield at(w / 2, 23, gold("star") + fill(star(0, 0, 18), "#fff") + fill(star(0, 0, 16.4), "url(#star)") + fill(star(0, 0, 10.4), "#b3121d"))
        yield stroke(f"M8 36V{h - 8}H{w - 8}V36", 0.7) + stroke(f"M9.6 36V{h - 9.6}H{w - 9.6}V36", 0.2, SECOND)
        # They lie on the foot of the sheet, below all words.
        for x, y, turn in [(w / 2 - 17, h - 36, -74), (w / 2 - 24, h - 26, -90), (w / 2 - 15, h - 18, -104)]:
            yield carnation(x, y, 7, turn)


def september(w, h):
    """Maple leaves and a school bell."""
    yield ground(w, h)
    yield stroke(inset(w, h, 8), 0.9) + stroke(inset(w, h, 9.8), 0.25, SECOND)
    rnd = random.Random(5)
    colors = ["#d9482b", "#ef8a2c", "#f2b632", "#b5532a", "#c9a227"]
    spots = []
    for k in range(9):
        spots += [(4 + 7.4 * k, 5 + rnd.uniform(0, 6) + max(0, 12 - 3 * k) * rnd.random()), (5 + rnd.uniform(0, 6), 10 + 7 * k)]
    for flip in (False, True):
        own = ""
        for k, (x, y) in enumerate(spots):
            shape, veins = maple(rnd.uniform(6, 10.5) * (1 - 0.045 * (k // 2)))
            own += at(x, y, fill(shape, colors[k % 5]) + stroke(veins, 0.25, "#fff", 0.6), rnd.uniform(0, 360))
        yield f'<g transform="rotate(180 {n(w / 2)} {n(h / 2)})">{own}</g>' if flip else own
    yield at(w - 27, 28, bell(12), 12)


def book_day(w, h):
    """An open book from which letters and leaves fly."""
    yield ground(w, h)
    yield stroke(inset(w, h, 7), 0.5) + stroke(inset(w, h, 8.6), 0.2, SECOND)
    rnd = random.Random(9)
    side, base, size = w * 0.5, h - 8, 46
    # A stem out of the book along the foot and up the side, out of the way of the text.
    reach, top = w / 2 - 16, h * 0.36
    for mirror in (-1, 1):
        def stem(t):
            a = min(t / 0.5, 1) * math.pi / 2
            x = 20 + (reach - 20) * math.sin(a) - 1.2 * math.sin(9 * t)
            y = base - 8 - 34 * (1 - math.cos(a)) - (h - 42 - top) * max(t - 0.5, 0) / 0.5
            return side + mirror * x, y
        yield fill(taper([stem(k / 60) for k in range(61)], 0.7, 0.16), THIRD)
        count = 34 if w > h else 46
        for k in range(1, count + 1):
            t = k / count
            (x, y), (bx, by) = stem(t - 0.012), stem(t)
            along = math.degrees(math.atan2(by - y, bx - x))
            length = (8.6 - 4.2 * t) * rnd.uniform(0.85, 1.1)
            for turn in (-38, 38):
                color = (THIRD, ACCENT, THIRD, THIRD, SECOND)[(k + (turn > 0) * 2) % 5]
                yield fill(leaf(bx, by, along + turn, length, length * 0.27), color, round(1 - 0.35 * t, 2))
    yield at(side, base - 9, fill(circle(0, 0, 0.1)) + book(size))
    yield at(w / 2, 8.6, fill(circle(0, 0, 3.4), "#fff") + fill(rosette(0, 0, 4.4, 8), SECOND))


DESIGNS = {
    "classic": classic, "engraved": engraved, "official": official, "state": state, "modern": modern, "geometry": geometry, "shelf": shelf,
    "participant": participant, "letter": letter, "festive": festive, "medal": medal_, "children": children, "school": school,
    "new-year": new_year, "victory": victory, "september": september, "book-day": book_day,
}


def main():
    for name, design in DESIGNS.items():
        for sheet, (w, h) in SHEETS.items():
            shapes = "".join(design(w, h))
            text = (f'<svg class="frame" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" width="{w}mm" height="{h}mm" '
                    f'viewBox="0 0 {w} {h}">{shapes}</svg>\n')
            folder = HERE / f"certificate-{name}"
            folder.mkdir(exist_ok=True)
            (folder / f"frame-{sheet}.hbs").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
