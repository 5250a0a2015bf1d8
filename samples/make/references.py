#!/usr/bin/python3
"""Writes what each operation must make of each fixture to samples/references, as lossless PNG.

Usage: references.py            writes samples/references
       references.py --check    makes them again in a scratch folder and compares the pixels
"""
import json
import sys
import tempfile
from pathlib import Path

import numpy
import PIL
from PIL import Image, ImageFile

from fixtures import STORED_AS

SAMPLES = Path(__file__).resolve().parent.parent
FIXTURES, REFERENCES = SAMPLES / "fixtures", SAMPLES / "references"
PILLOW = "9.4.0"
DRAFT_BOX, THUMBNAIL_BOX = 100, 128
EVERY_METHOD_OF = ("99x101.jpg", "alpha.png")
UPRIGHT = STORED_AS | {6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}

# Pillow wants EOI, which no-eoi.jpg lacks
ImageFile.LOAD_TRUNCATED_IMAGES = True


def opened(path):
    """The picture as Pillow opens it, where its own JPEG reader does the work; anything else made flat."""
    picture = Image.open(path)
    if picture.format == "JPEG" and picture.mode in ("L", "RGB"):
        return picture
    return flat(picture)


def flat(picture):
    """RGB or L: transparency laid on white, 16 bits brought to 8, inks turned into light."""
    if picture.mode == "CMYK":
        return picture.convert("RGB")
    if picture.mode in ("I", "I;16"):
        return Image.fromarray((numpy.asarray(picture, float) / 257).round().astype(numpy.uint8))
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("LA", "RGBA") or "transparency" in picture.info:
        colours = picture.convert("RGBA")
        laid = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), colours)
        return laid.convert("L" if picture.mode == "LA" else "RGB")
    return picture if picture.mode == "L" else picture.convert("RGB")


def draft(picture):
    if picture.format == "JPEG":
        picture.draft("L", (DRAFT_BOX, DRAFT_BOX))
        return picture.convert("L")
    wanted = min(picture.width // DRAFT_BOX, picture.height // DRAFT_BOX)
    return block_means(picture.convert("L"), next((scale for scale in (8, 4, 2) if wanted >= scale), 1))


def block_means(picture, scale):
    """The mean of each square of pixels, edges repeated: what libjpeg-turbo's reduced inverse DCT yields."""
    spare = ((0, -picture.height % scale), (0, -picture.width % scale))
    pixels = numpy.pad(numpy.asarray(picture, float), spare, mode="edge")
    height, width = pixels.shape
    means = pixels.reshape(height // scale, scale, width // scale, scale).mean(axis=(1, 3))
    return Image.fromarray(numpy.floor(means + 0.5).astype(numpy.uint8))


def bw(picture):
    return picture.convert("L")


def thumbnail(picture):
    picture.thumbnail((THUMBNAIL_BOX, THUMBNAIL_BOX))
    return picture


def transpose(picture, method=Image.Transpose.ROTATE_180):
    return picture.transpose(method)


def references(entry):
    """The names and pictures of one fixture's references."""
    path = FIXTURES / entry["file"]
    for operation in (draft, bw, thumbnail, transpose):
        yield f"{path.name}.{operation.__name__}.png", operation(opened(path))
    if path.name in EVERY_METHOD_OF:
        for method in Image.Transpose:
            yield f"{path.name}.transpose-{method.name.lower()}.png", transpose(opened(path), method)
    if entry["orientation"] in UPRIGHT:
        yield f"{path.name}.upright.png", transpose(opened(path), UPRIGHT[entry["orientation"]])


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for entry in json.loads((SAMPLES / "fixtures.json").read_text()):
        if "error" not in entry:
            for name, picture in references(entry):
                picture.save(folder / name, optimize=True, icc_profile=None)


def check():
    """The number of references whose pixels are not those made now."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        write(made)
        names = {path.name for folder in (made, REFERENCES) for path in folder.glob("*.png")}
        wrong = sorted(name for name in names if pixels(made / name) != pixels(REFERENCES / name))
    for name in wrong:
        print(f"{name}: differs; run samples/make/references.py and look at the change")
    print(f"{len(names)} references, {len(wrong)} wrong")
    return len(wrong)


def pixels(path):
    if not path.exists():
        return None
    with Image.open(path) as picture:
        return picture.mode, picture.size, picture.tobytes()


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        write(REFERENCES)
    elif PIL.__version__ != PILLOW:
        print(f"not checked: the references are those of Pillow {PILLOW}, here is {PIL.__version__}")
    else:
        sys.exit(1 if check() else 0)
