"""Draws docs/pictures/jpeg-engine.svg: the way of a photo through the JPEG engine."""

import html
import pathlib

WIDTH, HEIGHT, BOX = 980, 800, 58

STYLE = """
  .paper { fill: #ffffff; stroke: #d0d7de }
  .layer { fill: #f3f5f8 }
  .label { fill: #57606a; font: italic 13px sans-serif }
  .box { fill: #ffffff; stroke: #57606a }
  .name { fill: #1f2328; font: bold 13px sans-serif; text-anchor: middle }
  .what { fill: #57606a; font: 11.5px sans-serif; text-anchor: middle }
  .flow { fill: none; stroke: #0969da; stroke-width: 1.5 }
  .head { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; stroke: #30363d }
    .layer { fill: #161b22 }
    .label, .what { fill: #9198a1 }
    .box { fill: #21262d; stroke: #9198a1 }
    .name { fill: #f0f6fc }
    .flow { stroke: #4493f8 }
    .head { fill: #4493f8 }
  }
"""

# Package, and where its band begins and ends.
LAYERS = [("format", 88, 182), ("entropy", 198, 292), ("scan", 308, 402), ("blocks, samples", 418, 532), ("write", 548, 712)]

# Class: centre, top, width, what it does.
BOXES = {
    "a JPEG file": (540, 16, 220, "baseline, extended, progressive"),
    "JpegHeader": (380, 108, 250, "frame, tables, colour model, metadata"),
    "ScanReader": (700, 108, 250, "scan headers, tables in force"),
    "EntropyData": (540, 218, 330, "scan data without stuffing and restart markers"),
    "BlockScanner": (310, 328, 220, "finds where each block begins"),
    "SequentialDecoder": (565, 328, 220, "decodes every coefficient"),
    "ProgressiveDecoder": (820, 328, 220, "decodes the scans needed"),
    "BitCopier": (190, 568, 150, "copies codes bit by bit"),
    "TransformedRows": (402, 448, 180, "transform, requantise"),
    "RealignedRows, HalvedRows": (620, 448, 232, "move to the block grid, halve"),
    "PlaneReader, Lanczos": (848, 448, 204, "to samples, resize, DCT"),
    "HuffmanCoder": (630, 568, 290, "codes coefficients, two at a time"),
    "JpegWriter": (410, 642, 300, "header, one interleaved scan"),
    "a baseline JPEG file": (410, 728, 190, "JFIF, no other metadata"),
}

# From, to, and by how much each end is off the centres.
FLOWS = [
    ("a JPEG file", "JpegHeader", -30, 40),
    ("JpegHeader", "ScanReader", None, None),
    ("ScanReader", "EntropyData", -60, 60),
    ("EntropyData", "BlockScanner", -90, 30),
    ("EntropyData", "SequentialDecoder", 0, 0),
    ("EntropyData", "ProgressiveDecoder", 90, -30),
    ("BlockScanner", "BitCopier", -70, 0),
    ("BlockScanner", "PlaneReader, Lanczos", 60, -70),
    ("SequentialDecoder", "TransformedRows", -50, 20),
    ("SequentialDecoder", "RealignedRows, HalvedRows", 20, 0),
    ("ProgressiveDecoder", "TransformedRows", -70, 70),
    ("ProgressiveDecoder", "RealignedRows, HalvedRows", -20, 60),
    ("ProgressiveDecoder", "PlaneReader, Lanczos", 30, 20),
    ("TransformedRows", "HuffmanCoder", 40, -90),
    ("RealignedRows, HalvedRows", "HuffmanCoder", 10, 0),
    ("PlaneReader, Lanczos", "HuffmanCoder", -40, 90),
    ("BitCopier", "JpegWriter", 0, -90),
    ("HuffmanCoder", "JpegWriter", -60, 90),
    ("JpegWriter", "a baseline JPEG file", 0, 0),
]


def layer(name, top, bottom):
    yield f'<rect class="layer" x="12" y="{top}" width="{WIDTH - 24}" height="{bottom - top}" rx="6"/>'
    yield f'<text class="label" x="24" y="{top + 20}">{html.escape(name)}</text>'


def box(name):
    centre, top, width, what = BOXES[name]
    yield f'<rect class="box" x="{centre - width / 2:g}" y="{top}" width="{width}" height="{BOX - 4}" rx="5"/>'
    yield f'<text class="name" x="{centre}" y="{top + 22}">{html.escape(name)}</text>'
    yield f'<text class="what" x="{centre}" y="{top + 41}">{html.escape(what)}</text>'


def flow(source, target, out, into):
    if out is None:
        y = BOXES[source][1] + BOX / 2
        start, end = BOXES[source][0] + BOXES[source][2] / 2, BOXES[target][0] - BOXES[target][2] / 2
        path = f"M{start:g} {y:g}H{end - 1:g}"
    else:
        start, end = BOXES[source][0] + out, BOXES[target][0] + into
        top, bottom = BOXES[source][1] + BOX - 4, BOXES[target][1] - 1
        middle = (bottom - top) / 2
        path = f"M{start} {top}C{start} {top + middle:g} {end} {bottom - middle:g} {end} {bottom}"
    return f'<path class="flow" marker-end="url(#head)" d="{path}"/>'


def svg():
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    yield "<title>The way of a photo through the JPEG engine</title>"
    yield f"<style>{STYLE}</style>"
    yield '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    yield '<path class="head" d="M0 .5L8 4L0 7.5z"/></marker>'
    yield f'<rect class="paper" x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6"/>'
    for each in LAYERS:
        yield from layer(*each)
    for each in FLOWS:
        yield flow(*each)
    for each in BOXES:
        yield from box(each)
    yield "</svg>"


pathlib.Path(__file__).with_suffix(".svg").write_text("\n".join(svg()) + "\n")
