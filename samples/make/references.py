#!/usr/bin/python3
"""Makes samples/references/: what Pillow makes of every fixture, losslessly, as FIXTURE.OPERATION.png.

Needs Debian's python3-pil and python3-numpy. `references.py --check` makes them in memory and compares, so that nobody
changes one by hand. No EXIF orientation is followed here: tests compare with autorotate=false.
"""

import io
import os
import sys

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(os.path.dirname(HERE), "fixtures")
REFERENCES = os.path.join(os.path.dirname(HERE), "references")
METHODS = ["FLIP_LEFT_RIGHT", "FLIP_TOP_BOTTOM", "ROTATE_90", "ROTATE_180", "ROTATE_270", "TRANSPOSE", "TRANSVERSE"]


def flat(image):
    """Grey or RGB of 8 bits, transparency laid on white: what Pillow itself would refuse to store as JPEG."""
    if image.mode == "I;16" or image.mode == "I":
        return Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        grey = image.mode == "LA"
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(rgba)
        return white.convert("L" if grey else "RGB")
    if image.mode == "CMYK" and "adobe" not in image.info:
        # Pillow takes every CMYK JPEG for one of Adobe's, which store the paper that shows instead of the ink.
        image = Image.fromarray(255 - np.asarray(image), "CMYK")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def dct(size):
    """The orthonormal DCT-II of T.81, A.3.3."""
    k, n = np.mgrid[:size, :size]
    return np.where(k == 0, np.sqrt(1 / size), np.sqrt(2 / size)) * np.cos((2 * n + 1) * k * np.pi / (2 * size))


def scaled(grey, scale):
    """What libjpeg's scaled decoding gives: of every 8 x 8 block the lowest coefficients, transformed back smaller."""
    keep = 8 // scale
    shrink = dct(keep).T @ dct(8)[:keep] * np.sqrt(keep / 8)
    pixels = np.asarray(grey).astype(float)
    height, width = pixels.shape
    pixels = np.pad(pixels, ((0, -height % 8), (0, -width % 8)), mode="edge")
    blocks = pixels.reshape(pixels.shape[0] // 8, 8, pixels.shape[1] // 8, 8).transpose(0, 2, 1, 3)
    small = (shrink @ blocks @ shrink.T).transpose(0, 2, 1, 3).reshape(blocks.shape[0] * keep, -1)
    small = small[: -(-height // scale), : -(-width // scale)]
    return Image.fromarray(np.clip(small.round(), 0, 255).astype(np.uint8))


def draft(path):
    image = Image.open(path)
    if image.format == "JPEG" and image.mode != "CMYK":
        image.draft("L", (100, 100))
        image.load()
        return image if image.mode == "L" else image.convert("L")
    grey = flat(image).convert("L")
    most = min(grey.width // 100, grey.height // 100)
    scale = max(s for s in (8, 4, 2, 1) if s <= max(most, 1))
    return scaled(grey, scale) if scale > 1 else grey


def thumbnail(path):
    image = Image.open(path)
    if image.format != "JPEG" or image.mode == "CMYK":
        image = flat(image)
    image.thumbnail((128, 128))
    return flat(image)


OPERATIONS = {
    "draft": draft,
    "bw": lambda path: flat(Image.open(path)).convert("L"),
    "thumbnail": thumbnail,
    "transpose": lambda path: flat(Image.open(path)).transpose(Image.Transpose.ROTATE_180),
}


def references():
    with open(os.path.join(FIXTURES, "fixtures.tsv")) as listed:
        readable = [line.split("\t")[0] for line in listed if line.strip().endswith("\tok")]
    for name in readable:
        path = os.path.join(FIXTURES, name)
        if name == "no-end.jpg":
            whole = io.BytesIO(open(path, "rb").read() + b"\xff\xd9")
            yield from ((name, key, make(io.BytesIO(whole.getvalue()))) for key, make in OPERATIONS.items())
        else:
            yield from ((name, key, make(path)) for key, make in OPERATIONS.items())
    turned = os.path.join(FIXTURES, "photo-422.jpg")
    for method in METHODS:
        image = flat(Image.open(turned)).transpose(Image.Transpose[method])
        yield "photo-422.jpg", "transpose-" + method.lower(), image


def main():
    check = sys.argv[1:] == ["--check"]
    os.makedirs(REFERENCES, exist_ok=True)
    different = []
    for fixture, operation, image in references():
        path = os.path.join(REFERENCES, f"{fixture}.{operation}.png")
        if not check:
            image.save(path, optimize=True)
        elif not os.path.exists(path) or np.any(np.asarray(Image.open(path)) != np.asarray(image)):
            different.append(os.path.basename(path))
    if different:
        sys.exit("These references are not what Pillow makes: " + ", ".join(different))


main()
