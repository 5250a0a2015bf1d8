#!/usr/bin/python3
"""Makes samples/seeding.jpg and samples/portrait.jpg from "seeding" by Clemens Engelhardt (CC0-1.0).

Needs Debian's python3-pil and lomiri-wallpapers-16.04.
"""

import os
import struct

from PIL import Image

SAMPLES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOURCE = "/usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg"


def main():
    photo = Image.open(SOURCE).convert("RGB")
    photo.resize((1920, 1080), Image.LANCZOS).save(os.path.join(SAMPLES, "seeding.jpg"), quality=88)

    # As a phone stores a portrait: lying on its side, with an EXIF orientation that says so.
    upright = photo.crop((600, 200, 2592, 2856)).resize((900, 1200), Image.LANCZOS)
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, 274, 3, 1, 6, 0, 0)
    upright.transpose(Image.Transpose.ROTATE_90).save(os.path.join(SAMPLES, "portrait.jpg"), quality=88, exif=exif)


main()
