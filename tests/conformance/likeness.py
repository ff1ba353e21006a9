"""How far each pixel of a picture is from the nearest in colour of the nine at its place in another: by which rule an edge is smoothed does not count."""

import numpy


def distances(one, other):
    """For each pixel the greatest difference of a colour, 0–255, to the one that is most like it. The pictures are arrays of one size."""
    padded = numpy.pad(other, ((1, 1), (1, 1), (0, 0)), mode="edge")
    height, width = one.shape[:2]
    least = numpy.full(one.shape[:2], 255)
    for y in range(3):
        for x in range(3):
            least = numpy.minimum(least, abs(one - padded[y:y + height, x:x + width]).max(axis=2))
    return least
