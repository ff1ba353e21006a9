"""How far each pixel of a picture is from the nearest in colour of the nine at its place in another: by which rule an edge is smoothed does not count."""

import numpy


def distances(one, other):
    """For each pixel the greatest difference of a colour, 0–255, to the one that is most like it. The pictures are arrays of one size."""
    height, width = one.shape[:2]
    colours = [one[:, :, colour].astype(numpy.int16) for colour in range(one.shape[2])]
    padded = [numpy.pad(other[:, :, colour].astype(numpy.int16), 1, mode="edge") for colour in range(one.shape[2])]
    least = numpy.full((height, width), 255, dtype=numpy.int16)
    for y in range(3):
        for x in range(3):
            apart = (abs(here - there[y:y + height, x:x + width]) for here, there in zip(colours, padded))
            least = numpy.minimum(least, numpy.maximum.reduce(list(apart)))
    return least
