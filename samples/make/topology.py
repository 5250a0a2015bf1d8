"""Countries out of a TopoJSON file: their rings on the globe, their shared borders, their neighbours."""
import json
from dataclasses import dataclass

import numpy


NEARLY_A_POLE = -89.9


@dataclass(frozen=True)
class Country:
    name: str
    rings: list  # outer rings, each an array of (longitude, latitude) in degrees
    arcs: frozenset


class Topology:
    """Arcs are delta-coded and quantised; a geometry names its arcs, ~i being arc i backwards."""

    def __init__(self, path):
        content = json.loads(path.read_text())
        scale, shift = (numpy.array(content["transform"][key]) for key in ("scale", "translate"))
        self.arcs = [numpy.cumsum(arc, axis=0) * scale + shift for arc in content["arcs"]]
        self.countries = [self.country(geometry) for geometry in content["objects"]["countries"]["geometries"]]

    def country(self, geometry):
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        used = frozenset(index if index >= 0 else ~index for polygon in polygons for ring in polygon for index in ring)
        rings = [self.outer(polygon) for polygon in polygons]
        return Country(geometry["properties"]["name"], rings, used)

    def outer(self, polygon):
        """The first ring; but the one around Antarctica is the pole itself, and the coast its hole."""
        return next(ring for ring in map(self.joined, polygon) if ring[:, 1].max() > NEARLY_A_POLE)

    def joined(self, indices):
        parts = [self.arcs[index] if index >= 0 else self.arcs[~index][::-1] for index in indices]
        return numpy.concatenate([parts[0]] + [part[1:] for part in parts[1:]])

    def owners(self):
        """For each arc the countries on its sides: two make it a border, one makes it a coast."""
        owners = [[] for _ in self.arcs]
        for number, country in enumerate(self.countries):
            for arc in country.arcs:
                owners[arc].append(number)
        return owners

    def neighbours(self):
        found = [set() for _ in self.countries]
        for sides in self.owners():
            for one in sides:
                found[one].update(other for other in sides if other != one)
        return found


def unwrapped(points):
    """The points with longitudes that never jump by a whole turn."""
    turns = numpy.round(numpy.diff(points[:, 0]) / 360)
    longitudes = points[:, 0] - 360 * numpy.concatenate([[0], numpy.cumsum(turns)])
    return numpy.column_stack([longitudes, points[:, 1]])


def on_the_map(ring):
    """The ring cut at the 180th meridian into rings between -180 and 180 degrees."""
    ring = unwrapped(ring)
    if abs(ring[-1, 0] - ring[0, 0]) > 180:
        # It goes round the pole: close it along the map's lower edge
        ring = numpy.concatenate([ring, [[ring[-1, 0], -90], [ring[0, 0], -90]]])
    for turn in (-360, 0, 360):
        part = clipped(clipped(ring + (turn, 0), 180), 180, mirror=True)
        if len(part) > 2:
            yield part


def clipped(ring, limit, mirror=False):
    """The ring's part with longitudes up to the limit, or from -limit if mirrored (Sutherland and Hodgman)."""
    sign = -1 if mirror else 1
    kept = []
    for (x0, y0), (x1, y1) in zip(ring, numpy.roll(ring, -1, axis=0)):
        inside, next_inside = sign * x0 <= limit, sign * x1 <= limit
        if inside:
            kept.append((x0, y0))
        if inside != next_inside:
            share = (sign * limit - x0) / (x1 - x0)
            kept.append((sign * limit, y0 + share * (y1 - y0)))
    return numpy.array(kept).reshape(-1, 2)


def without_jumps(points):
    """The line in pieces, none of which leaps across the map where it crosses the 180th meridian."""
    breaks = numpy.flatnonzero(numpy.abs(numpy.diff(points[:, 0])) > 180) + 1
    return [piece for piece in numpy.split(points, breaks) if len(piece) > 1]


def dense(points, step=1.0):
    """The line with further points, so that long edges bend as the projection does."""
    counts = numpy.ceil(numpy.abs(numpy.diff(points, axis=0)).max(axis=1) / step).astype(int).clip(1)
    pieces = [numpy.linspace(a, b, n, endpoint=False) for a, b, n in zip(points, points[1:], counts)]
    return numpy.concatenate(pieces + [points[-1:]])
