#!/usr/bin/python3
"""Makes the sample photos from those of Debian's package lomiri-wallpapers-16.04.

Usage: photos.py [FOLDER]   (FOLDER holds the package's pictures; default /usr/share/backgrounds)
"""
import sys
from pathlib import Path

from PIL import Image

import exif

SAMPLES = Path(__file__).resolve().parent.parent
CAMERA_LIKE = {"quality": 88, "subsampling": "4:2:0", "optimize": True}


def open_scaled(path, width, height):
    """The picture at the given size, its edges cropped evenly where the shape differs."""
    with Image.open(path) as picture:
        picture = picture.convert("RGB")
    scale = max(width / picture.width, height / picture.height)
    left = (picture.width - width / scale) / 2
    top = (picture.height - height / scale) / 2
    box = (left, top, picture.width - left, picture.height - top)
    return picture.resize((width, height), Image.Resampling.LANCZOS, box)


def main(folder):
    seeding = open_scaled(folder / "seeding_by_Clements_Engelhardt.jpg", 1920, 1080)
    seeding.save(SAMPLES / "seeding.jpg", **CAMERA_LIKE)

    picos = open_scaled(folder / "picosdeeuropa_by_Aitzol_Berasategi.jpg", 1600, 1200)
    picos.save(SAMPLES / "mountains.jpg", **CAMERA_LIKE)

    (SAMPLES / "brushes.jpg").write_bytes((folder / "Picture_1A_by_freespace.jpg").read_bytes())

    friends = open_scaled(folder / "friends_by_Aitzol_Berasategi.jpg", 1200, 1800)
    lying = friends.transpose(Image.Transpose.ROTATE_90)
    lying.save(SAMPLES / "portrait.jpg", exif=exif.block(orientation=6), **CAMERA_LIKE)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/backgrounds"))
