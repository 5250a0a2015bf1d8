"""Gives the pixels to judge a thumbnail by: a line "picture<TAB>thumbnail<TAB>folder" in, an empty line out when the folder
holds thumbnail.ppm, and reference.ppm, the whole picture decoded and made as small by Pillow's Lanczos filter."""
import sys

from PIL import Image

print("referee", flush=True)
known = None
for line in sys.stdin:
    picture, thumbnail, folder = line.rstrip("\n").split("\t")
    with Image.open(thumbnail) as image:
        image.convert("RGB").save(f"{folder}/thumbnail.ppm")
        size = image.size
    if known != (picture, size):
        with Image.open(picture) as image:
            image.convert("RGB").resize(size, Image.LANCZOS).save(f"{folder}/reference.ppm")
        known = picture, size
    print(flush=True)
