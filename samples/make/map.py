#!/usr/bin/python3
"""Draws samples/map.jpg, a political map of the world, from Natural Earth's data (public domain).

Needs Debian's python3-pil and fonts-dejavu-core, and npm for the package world-atlas: `map.py FOLDER` finds its
countries-50m.json in FOLDER, where `npm pack world-atlas@2` and tar have put it.
"""

import json
import math
import os
import sys

from PIL import Image, ImageDraw, ImageFont

SAMPLES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WIDTH, HEIGHT = 3360, 2100
FINER = 2  # drawn this much larger, and then reduced
OCEAN, LINE, GRID, INK = (196, 221, 236), (96, 96, 104), (176, 204, 222), (44, 48, 58)
COLOURS = [(242, 197, 146), (189, 214, 156), (240, 226, 150), (222, 178, 196), (186, 186, 222), (238, 168, 144), (160, 208, 196)]
# Room for every inhabited latitude; Natural Earth's Antarctica runs off the edge.
NORTH, SOUTH = 84.0, -62.0


def mercator(latitude):
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def miller(latitude):
    """Miller's cylindrical projection (1942): Mercator of 4/5 of the latitude, stretched back by 5/4."""
    return 1.25 * mercator(0.8 * latitude)


def project(longitude, latitude):
    top, bottom = miller(NORTH), miller(SOUTH)
    x = (longitude + 180) / 360 * WIDTH * FINER
    y = (top - miller(max(-89.0, min(89.0, latitude)))) / (top - bottom) * HEIGHT * FINER
    return x, y


def arcs(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def ring(indices, lines):
    points = []
    for index in indices:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        points.extend(line[1:] if points else line)
    return unwrapped(points)


def unwrapped(points):
    """A ring that crosses the 180th meridian, with longitudes that go on beyond it instead of jumping."""
    turns, last, out = 0, points[0][0], []
    for longitude, latitude in points:
        turns += 360 * ((longitude - last < -180) - (longitude - last > 180))
        last = longitude
        out.append((longitude + turns, latitude))
    return out


def shifted(points, degrees):
    return [(longitude + degrees, latitude) for longitude, latitude in points]


def polygons(geometry, lines):
    shapes = {"Polygon": [geometry.get("arcs", [])], "MultiPolygon": geometry.get("arcs", [])}[geometry["type"]]
    return [[ring(indices, lines) for indices in shape] for shape in shapes]


def arcs_of(geometry):
    shapes = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return {index if index >= 0 else ~index for shape in shapes for indices in shape for index in indices}


def colouring(countries):
    """A colour for every country that no neighbour has; neighbours share an arc. Most neighbours first."""
    owned = [arcs_of(c) for c in countries]
    users = {}
    for i, indices in enumerate(owned):
        for index in indices:
            users.setdefault(index, []).append(i)
    neighbours = [{j for index in owned[i] for j in users[index] if j != i} for i in range(len(countries))]
    chosen = {}
    for i in sorted(range(len(countries)), key=lambda i: -len(neighbours[i])):
        taken = {chosen.get(j) for j in neighbours[i]}
        free = [c for c in range(len(COLOURS)) if c not in taken]
        chosen[i] = min(free, key=lambda c: sum(1 for used in chosen.values() if used == c))
    return chosen


def area_and_centre(points):
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
        cross = x0 * y1 - x1 * y0
        area += cross
        cx += (x0 + x1) * cross
        cy += (y0 + y1) * cross
    return (abs(area) / 2, cx / (3 * area), cy / (3 * area)) if area else (0, 0, 0)


def graticule(pen):
    for longitude in range(-165, 180, 15):
        pen.line([project(longitude, SOUTH - 5), project(longitude, NORTH + 2)], fill=GRID, width=2 * FINER)
    for latitude in range(-60, 90, 15):
        pen.line([project(-180, latitude), project(180, latitude)], fill=GRID, width=2 * FINER)


def names(pen, countries, drawn):
    for country, shapes in sorted(zip(countries, drawn), key=lambda pair: pair[0]["properties"]["name"]):
        name = country["properties"]["name"].replace(" of America", "")
        outline = max((shape[0] for shape in shapes), key=lambda points: area_and_centre(points)[0])
        area, x, y = area_and_centre(outline)
        wide = max(p[0] for p in outline) - min(p[0] for p in outline)
        size = int(min(46 * FINER, wide / max(len(name), 4) * 1.15, math.sqrt(area) / 4))
        if size >= 11 * FINER:
            font = ImageFont.truetype("DejaVuSans-Bold.ttf" if size > 24 * FINER else "DejaVuSans.ttf", size)
            pen.text((x, y), name, font=font, fill=INK, anchor="mm")


def main():
    with open(os.path.join(sys.argv[1], "countries-50m.json")) as f:
        topology = json.load(f)
    countries = [c for c in topology["objects"]["countries"]["geometries"] if c["properties"]["name"] != "Antarctica"]
    lines = list(arcs(topology))
    chosen = colouring(countries)

    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), OCEAN)
    pen = ImageDraw.Draw(image)
    graticule(pen)
    drawn = []
    for i, country in enumerate(countries):
        drawn.append([])
        for shape in polygons(country, lines):
            # What goes beyond an edge of the map comes in again at the other one.
            for degrees in (0, 360, -360):
                moved = [shifted(r, degrees) for r in shape if len(r) > 2]
                if moved and any(-180 < longitude < 180 for longitude, _ in moved[0]):
                    drawn[-1].append([[project(*p) for p in r] for r in moved])
        for shape in drawn[-1]:
            pen.polygon(shape[0], fill=COLOURS[chosen[i]])
    for shapes in drawn:
        for shape in shapes:
            for outline in shape:
                pen.line(outline + outline[:1], fill=LINE, width=FINER + 1, joint="curve")
    names(pen, countries, drawn)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    image.save(os.path.join(SAMPLES, "map.jpg"), quality=88, optimize=True)


main()
