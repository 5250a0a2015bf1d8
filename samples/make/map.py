#!/usr/bin/python3
"""Draws samples/map.jpg, a political map of the world, from Natural Earth's 1:50 million data.

Usage: map.py [FILE]
Needs npm (the data comes in the package world-atlas), Debian's python3-pil, python3-numpy, fonts-dejavu-extra.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from PIL import Image, ImageDraw

from labels import font, place_names
from topology import Topology, dense, on_the_map, without_jumps

SAMPLES = Path(__file__).resolve().parent.parent
DATA = "world-atlas@2.0.2"
WIDTH, HEIGHT, MARGIN = 3360, 2100, 56
FINER = 3  # drawn this many times larger, then reduced, for smooth edges

PAPER, FRAME = "#f7f4ec", "#5f7f95"
SEA, DEEP_SEA, GRATICULE, SEA_NAME = "#d6e8f2", "#a9cde2", "#b4d2e3", "#5b8aa8"
COAST, BORDER, ICE, INK = "#6d93ab", "#fffdf7", "#f4f7f8", "#3c3a36"
COUNTRIES = ("#e79f93", "#f2c488", "#f0e08c", "#a5cd95", "#86c3b8", "#b9a3d2", "#e3a9c4")
OCEANS = (
    ("Pacific\nOcean", -140, 4, 64), ("Pacific\nOcean", 155, 22, 44), ("Atlantic\nOcean", -38, 29, 52),
    ("Atlantic\nOcean", -16, -26, 52), ("Indian\nOcean", 80, -22, 60), ("Southern Ocean", 20, -58, 40),
    ("Southern Ocean", -120, -57, 40), ("Arctic Ocean", 0, 86.5, 34),
)
CAPTION = "The countries of the world\nWinkel tripel projection\nData: Natural Earth, public domain"


def winkel_tripel(points):
    """Map units for degrees (O. Winkel, 1921; standard parallel at the arc cosine of 2 / pi)."""
    longitude, latitude = numpy.radians(points).T
    alpha = numpy.arccos(numpy.clip(numpy.cos(latitude) * numpy.cos(longitude / 2), -1, 1))
    stretch = numpy.sinc(alpha / numpy.pi)
    x = (longitude * 2 / numpy.pi + 2 * numpy.cos(latitude) * numpy.sin(longitude / 2) / stretch) / 2
    y = (latitude + numpy.sin(latitude) / stretch) / 2
    return numpy.column_stack([x, y])


def on_paper(points):
    """Pixels of the finely drawn map for degrees."""
    unit = min((WIDTH / 2 - MARGIN) / (1 + numpy.pi / 2), (HEIGHT / 2 - MARGIN) / (numpy.pi / 2))
    return (winkel_tripel(points) * (unit, -unit) + (WIDTH / 2, HEIGHT / 2)) * FINER


def flat(points):
    return on_paper(dense(points)).ravel().tolist()


def coloured(neighbours, order):
    """A colour for each country that none of its neighbours has, the seldom used first."""
    chosen, used = {}, [0] * len(COUNTRIES)
    for number in order:
        taken = {chosen.get(other) for other in neighbours[number]}
        free = [colour for colour in range(len(COUNTRIES)) if colour not in taken]
        chosen[number] = min(free, key=lambda colour: used[colour])
        used[chosen[number]] += 1
    return chosen


def area(corners):
    x, y = numpy.array(corners).reshape(-1, 2).T
    return abs(numpy.dot(x, numpy.roll(y, 1)) - numpy.dot(y, numpy.roll(x, 1))) / 2


def globe_edge():
    side = numpy.linspace(-90, 90, 181)
    top = numpy.linspace(-180, 180, 361)
    rim = [
        numpy.column_stack([numpy.full(181, -180), side]),
        numpy.column_stack([top, numpy.full(361, 90)]),
        numpy.column_stack([numpy.full(181, 180), side[::-1]]),
        numpy.column_stack([top[::-1], numpy.full(361, -90)]),
    ]
    return on_paper(numpy.concatenate(rim)).ravel().tolist()


def sea(size):
    """Paper with the globe on it, its water darker towards the rim."""
    x, y = numpy.meshgrid(numpy.linspace(-1, 1, 336), numpy.linspace(-1, 1, 210))
    depth = Image.fromarray((numpy.clip(x * x * 0.7 + y * y * 0.5, 0, 1) * 255).astype(numpy.uint8))
    water = Image.composite(
        Image.new("RGB", size, DEEP_SEA), Image.new("RGB", size, SEA), depth.resize(size, Image.Resampling.BICUBIC)
    )
    globe = Image.new("L", size)
    ImageDraw.Draw(globe).polygon(globe_edge(), fill=255)
    return Image.composite(water, Image.new("RGB", size, PAPER), globe)


def draw_graticule(draw):
    for longitude in range(-165, 180, 15):
        draw.line(flat(numpy.array([(longitude, -90), (longitude, 90)])), GRATICULE, FINER * 2)
    for latitude in range(-75, 90, 15):
        width = FINER * (4 if latitude == 0 else 2)
        draw.line(flat(numpy.array([(-180, latitude), (180, latitude)])), GRATICULE, width)


def draw_countries(draw, world):
    """Fills the countries, largest ring first so that enclaves stay, and returns each one's rings on paper."""
    rings = [[flat(part) for ring in country.rings for part in on_the_map(ring)] for country in world.countries]
    order = sorted(range(len(rings)), key=lambda number: -sum(map(area, rings[number])))
    chosen = coloured(world.neighbours(), order)
    pieces = [(ring, number) for number in order for ring in rings[number]]
    pieces.sort(key=lambda piece: -area(piece[0]))
    for ring, number in pieces:
        name = world.countries[number].name
        draw.polygon(ring, fill=ICE if name == "Antarctica" else COUNTRIES[chosen[number]])
    return pieces


def draw_lines(draw, world):
    for arc, sides in zip(world.arcs, world.owners()):
        colour, width = (BORDER, FINER * 2) if len(sides) > 1 else (COAST, FINER + 2)
        for piece in without_jumps(arc):
            draw.line(flat(piece), colour, width, joint="curve")


def draw_oceans(draw):
    for name, longitude, latitude, size in OCEANS:
        where = on_paper(numpy.array([(longitude, latitude)]))[0]
        spaced = "\n".join(" ".join(line) for line in name.split("\n"))
        style = font("DejaVuSerif-Italic", size * FINER)
        draw.multiline_text(tuple(where), spaced, SEA_NAME, style, anchor="mm", align="center", spacing=size)


def world_map(world):
    size = (WIDTH * FINER, HEIGHT * FINER)
    picture = sea(size)
    draw = ImageDraw.Draw(picture)
    draw_graticule(draw)
    draw_oceans(draw)
    pieces = draw_countries(draw, world)
    draw_lines(draw, world)
    draw.line(globe_edge(), FRAME, FINER * 4, joint="curve")
    place_names(draw, size, pieces, [country.name for country in world.countries], INK, FINER)
    corner = (MARGIN * FINER, (HEIGHT - MARGIN) * FINER)
    draw.multiline_text(corner, CAPTION, FRAME, font("DejaVuSans", 22 * FINER), anchor="ld", spacing=10 * FINER)
    return picture.reduce(FINER)


def load():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, DATA], check=True)
        return Topology(Path(folder, "node_modules", "world-atlas", "countries-50m.json"))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES / "map.jpg"
    world_map(load()).save(target, quality=88, subsampling="4:2:0", optimize=True)
