"""The pictures that fixtures are encoded from: a painted scene that looks different at every turn, and a photo."""
from pathlib import Path

import numpy
from PIL import Image, ImageDraw

PHOTO = Path(__file__).resolve().parent.parent / "seeding.jpg"
LETTER_F = [(0, 0, 1, 5), (1, 0, 3, 1), (1, 2, 2.4, 3)]


def scene(width, height):
    """Sky with a sun at the upper left, two hills, a field with grain, a red F at the lower right."""
    x, y = numpy.meshgrid((numpy.arange(width) + 0.5) / width, (numpy.arange(height) + 0.5) / height)
    picture = blend((52, 110, 200), (236, 214, 190), numpy.clip(y * 1.6, 0, 1))
    sun = numpy.clip(1.5 - numpy.hypot((x - 0.22) * width / height, y - 0.2) / 0.12, 0, 1)
    picture = picture + (numpy.array((255, 244, 190)) - picture) * sun[..., None]
    grain = numpy.random.RandomState(1).normal(0, 1, (height, width, 1)).cumsum(axis=1)
    grain -= grain.mean(axis=1, keepdims=True)
    grain *= 9 / max(1, numpy.abs(grain).max())
    hills = ((0.45, 0.10, 7.0, 0.3, (92, 110, 140)), (0.62, 0.08, 5.0, 2.2, (60, 120, 62)))
    for base, swing, bends, phase, colour in hills:
        ridge = base + swing * numpy.sin(bends * x + phase)
        inside = numpy.clip((y - ridge) * height + 0.5, 0, 1)[..., None]
        shaded = numpy.array(colour) * (1.25 - 0.5 * (y - ridge))[..., None] + grain
        picture = picture + (shaded - picture) * inside
    picture = Image.fromarray(numpy.clip(picture + 0.5, 0, 255).astype(numpy.uint8))
    letter(picture, (214, 40, 36))
    return muted(picture)


def muted(picture):
    """With softer colours: results are compared after 4:2:0, whose loss at the edge of a strong colour is above the
    bound of the comparison for every encoder, Pillow's too."""
    grey = numpy.asarray(picture.convert("L"), float)[..., None]
    return Image.fromarray((grey + (numpy.asarray(picture) - grey) * 0.35 + 0.5).astype(numpy.uint8))


def blend(first, second, share):
    return numpy.array(first) + (numpy.array(second) - numpy.array(first)) * share[..., None]


def letter(picture, colour):
    unit = min(picture.width / 12, picture.height / 11)
    left, top = picture.width - 4 * unit, picture.height - 6 * unit
    for x0, y0, x1, y1 in LETTER_F:
        box = [left + x0 * unit, top + y0 * unit, left + x1 * unit - 1, top + y1 * unit - 1]
        if box[2] >= box[0] and box[3] >= box[1]:
            ImageDraw.Draw(picture).rectangle(box, fill=colour)


def photo(width, height, zoom=4):
    """The dandelion in the CC0 photo, made `zoom` times smaller."""
    with Image.open(PHOTO) as whole:
        left = max(0, 560 - width * zoom // 2)
        box = (left, 20, left + width * zoom, 20 + height * zoom)
        return whole.convert("RGB").resize((width, height), Image.Resampling.LANCZOS, box)


def opacity(width, height):
    """A mask that is clear at the left, half clear in the middle, opaque at the right, with a round hole."""
    x, y = numpy.meshgrid(numpy.arange(width) / width, numpy.arange(height) / height)
    mask = numpy.clip((x - 0.1) / 0.6, 0, 1) * 255
    mask[numpy.hypot((x - 0.75) * width / height, y - 0.3) < 0.15] = 0
    return Image.fromarray(mask.astype(numpy.uint8))


def separated(picture):
    """The four inks (255 is full ink) that print the picture, black taking over the common grey."""
    inks = 255 - numpy.asarray(picture, float)
    black = inks.min(axis=2, keepdims=True) * 0.8
    inks = (inks - black) * 255 / (255 - black)
    return numpy.concatenate([inks, black], axis=2).round().astype(numpy.uint8)
