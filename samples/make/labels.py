"""Names on a map: each as large as fits inside its country."""
import functools

import numpy
from PIL import Image, ImageDraw, ImageFont

COARSER = 6  # the grid on which room for names is looked for
SIZES = (54, 48, 42, 37, 33, 29, 26, 23, 20, 18, 16, 14, 12)  # pixels of the finished map
SHARE = 4.4  # a name is at most this many times smaller than its country, which keeps small ones modest
FACE = "DejaVuSansCondensed"


@functools.cache
def font(face, size):
    return ImageFont.truetype(f"{face}.ttf", size)


def place_names(draw, size, pieces, names, ink, finer):
    """Writes the names that fit; `pieces` are (ring, number of the country) in the order they were painted."""
    grid = Image.new("I", (size[0] // COARSER, size[1] // COARSER), -1)
    for ring, number in pieces:
        ImageDraw.Draw(grid).polygon([c / COARSER for c in ring], fill=number, outline=-1)
    owner = numpy.asarray(grid)
    for number, name in enumerate(names):
        inside = owner == number
        if not inside.any():
            continue
        largest = max(SIZES[-1], numpy.sqrt(inside.sum()) * COARSER / finer / SHARE)
        for points in (points for points in SIZES if points <= largest):
            style = font(FACE, round(points * finer))
            spot = next(filter(None, (room(inside, draw, lines, style) for lines in broken(name))), None)
            if spot:
                where, lines = spot
                draw.multiline_text(where, lines, ink, style, anchor="mm", align="center", spacing=points * finer / 6)
                break


def broken(name):
    """The name in one line, then in two lines of about equal length."""
    yield name
    words = name.split()
    if len(words) > 1:
        cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
        yield "\n".join(min(cuts, key=lambda lines: max(map(len, lines))))


def room(inside, draw, lines, style):
    """The middle of a box in the country that holds the text with some air, nearest to all such boxes' middle."""
    left, top, right, bottom = draw.multiline_textbbox((0, 0), lines, style, spacing=style.size / 6)
    width = int((right - left) * 1.06 / COARSER) + 1
    height = int((bottom - top) * 1.15 / COARSER) + 1
    if height > inside.shape[0] or width > inside.shape[1]:
        return None
    sums = numpy.pad(inside.astype(int), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    filled = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    spots = numpy.argwhere(filled == width * height)
    if len(spots) == 0:
        return None
    row, column = spots[((spots - spots.mean(axis=0)) ** 2).sum(axis=1).argmin()]
    return ((column + width / 2) * COARSER, (row + height / 2) * COARSER), lines
