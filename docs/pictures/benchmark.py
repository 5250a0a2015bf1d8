"""Draws docs/pictures/benchmark.svg: where the JPEG engine stands, from the results of ./run bench images on x86-64."""

import html
import math
import pathlib
import statistics

ROOT = pathlib.Path(__file__).parents[2]
RESULTS = ROOT / "tools/benchmarks/results/images-x86_64.md"
WIDTH, LEFT, RIGHT, TOP, ROW = 980, 250, 800, 96, 34
LEAST, MOST = 0.3, 32

STYLE = """
  .paper { fill: #ffffff; stroke: #d0d7de }
  .slower { fill: #ffebe9 }
  .grid { stroke: #d0d7de }
  .par { stroke: #57606a; stroke-width: 1.5 }
  .title { fill: #1f2328; font: bold 15px sans-serif }
  .name { fill: #1f2328; font: 13px sans-serif; text-anchor: end }
  .label { fill: #57606a; font: 12px sans-serif }
  .axis { fill: #57606a; font: 12px sans-serif; text-anchor: middle }
  .loss { fill: #cf222e; font: 12px sans-serif }
  .mean { stroke: #1f2328; stroke-width: 3 }
  .plain { fill: #0969da }
  .small { fill: #bc4c00 }
  .progressive { fill: #8250df }
  .other { fill: none; stroke: #57606a; stroke-width: 1.3 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; stroke: #30363d }
    .slower { fill: #3c1418 }
    .grid { stroke: #30363d }
    .par, .other { stroke: #9198a1 }
    .title, .name { fill: #f0f6fc }
    .mean { stroke: #f0f6fc }
    .label, .axis { fill: #9198a1 }
    .loss { fill: #ff7b72 }
    .plain { fill: #4493f8 }
    .small { fill: #f0883e }
    .progressive { fill: #bc8cff }
  }
"""

OPERATIONS = {
    "draft": "draft",
    "thumbnail128": "thumbnail, 128 x 128",
    "thumbnail256": "thumbnail, 256 x 256",
    "thumbnail512": "thumbnail, 512 x 512",
    "thumbnail1024": "thumbnail, 1024 x 1024",
    "thumbnail1600": "thumbnail, 1600 x 1600",
    "eight-sizes": "eight thumbnails, 128 to 1600",
    "bw": "bw",
    "bw75": "bw at quality 75",
    "transpose": "half turn",
    "transpose75": "half turn at quality 75",
    "one-pass": "half turn, bw, thumbnail at once",
}

KINDS = {
    "plain": "1080p, 6 and 12 megapixels",
    "small": "up to 1280 x 853",
    "progressive": "progressive",
    "other": "other photos, sampling, restart intervals",
}


def kind(picture):
    if "progressive" in picture:
        return "progressive"
    if picture in ("1920x1080", "3000x2000", "4032x3024"):
        return "plain"
    return "small" if int(picture.split("x")[0]) < 1920 else "other"


def read():
    """The names of all competitors, and (operation, picture, ratio) of each row."""
    lines = RESULTS.read_text().split("\n## ")[0].splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    header, rows = table[0], table[2:]
    return header[header.index("ours") + 1 :], [(row[1], row[0], float(row[2])) for row in rows if row[2] != "-"]


def across(ratio):
    share = math.log(min(max(ratio, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return round(LEFT + share * (RIGHT - LEFT), 1)


def axis(bottom):
    yield f'<rect class="slower" x="{LEFT}" y="{TOP - 12}" width="{across(1) - LEFT:g}" height="{bottom - TOP + 12}"/>'
    for tick in (0.5, 1, 2, 3, 5, 10, 20):
        line = "par" if tick == 1 else "grid"
        yield f'<line class="{line}" x1="{across(tick)}" x2="{across(tick)}" y1="{TOP - 12}" y2="{bottom}"/>'
        yield f'<text class="axis" x="{across(tick)}" y="{bottom + 18}">{tick:g}</text>'
    yield f'<text class="loss" x="{LEFT}" y="{TOP - 20}">slower</text>'
    yield f'<text class="label" x="{across(1) + 4}" y="{TOP - 20}">times as fast as the fastest image library</text>'
    yield f'<text class="label" x="{RIGHT + 16}" y="{TOP - 20}">mean</text>'


def operation(name, ratios, middle):
    yield f'<text class="name" x="{LEFT - 14}" y="{middle + 4}">{OPERATIONS[name]}</text>'
    for place, each in enumerate(KINDS):
        for ratio in (ratio for picture, ratio in ratios if kind(picture) == each):
            yield f'<circle class="{each}" cx="{across(ratio)}" cy="{middle - 7.5 + 5 * place:g}" r="3.6"/>'
    mean = statistics.geometric_mean(ratio for picture, ratio in ratios if kind(picture) != "progressive")
    yield f'<line class="mean" x1="{across(mean)}" x2="{across(mean)}" y1="{middle - 13}" y2="{middle + 13}"/>'
    losses = sum(ratio < 1 for _, ratio in ratios)
    yield f'<text class="{"loss" if mean < 1 else "label"}" x="{RIGHT + 16}" y="{middle + 4}">{mean:.1f}</text>'
    if losses:
        yield f'<text class="loss" x="{RIGHT + 52}" y="{middle + 4}">slower: {losses} of {len(ratios)}</text>'


def legend(y):
    x = 30
    for each, what in KINDS.items():
        yield f'<circle class="{each}" cx="{x}" cy="{y - 4}" r="3.6"/>'
        yield f'<text class="label" x="{x + 9}" y="{y}">{what}</text>'
        x += 34 + 6 * len(what)
    yield f'<line class="mean" x1="{x:g}" x2="{x:g}" y1="{y - 12}" y2="{y + 4}"/>'
    yield f'<text class="label" x="{x + 8:g}" y="{y}">mean without progressive</text>'


def svg():
    peers, rows = read()
    measured = {name: [(picture, ratio) for each, picture, ratio in rows if each == name] for name in OPERATIONS}
    measured = {name: ratios for name, ratios in measured.items() if ratios}
    bottom = TOP + ROW * len(measured)
    height = bottom + 76
    libraries = ", ".join(peer for peer in peers if not peer.startswith(("libjpeg-turbo", "typical Java")))
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
    yield "<title>CPU time of the fastest image library divided by the JPEG engine's</title>"
    yield f"<style>{STYLE}</style>"
    yield f'<rect class="paper" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>'
    yield f'<text class="title" x="24" y="30">CPU time of the fastest image library divided by ours, one dot a picture</text>'
    yield f'<text class="label" x="24" y="50">{html.escape(libraries)}</text>'
    yield from axis(bottom)
    for place, (name, ratios) in enumerate(measured.items()):
        yield from operation(name, ratios, TOP + ROW * place + ROW // 2)
    yield from legend(bottom + 50)
    yield "</svg>"


pathlib.Path(__file__).with_suffix(".svg").write_text("\n".join(svg()) + "\n")
