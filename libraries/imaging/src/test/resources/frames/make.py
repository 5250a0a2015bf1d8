"""Makes the files of several pictures that FramesTest reads, with Pillow 9.4 and libtiff's tiffset: python3 make.py"""
import subprocess
from pathlib import Path

from PIL import Image

pictures = [Image.new("RGB", (16, 8), colour) for colour in ("red", "green", "blue")]


def save(name, count, **how):
    pictures[0].save(name, save_all=True, append_images=pictures[1:count], **how)


save("animation.gif", 3)
save("animation.png", 3)
save("animation-behind-a-picture.png", 3, default_image=True)
save("animation.webp", 3, lossless=True)
save("pages.tif", 3)
save("page-and-its-reduced-version.tif", 2)
subprocess.run(["tiffset", "-d", "1", "-s", "254", "1", "page-and-its-reduced-version.tif"], check=True)

# Pillow leaves the kind of the second picture open, as a gain map's is; stereo cameras state that of table 4.
save("picture-and-another-of-no-stated-kind.mpo", 2)
index = Path("picture-and-another-of-no-stated-kind.mpo").read_bytes()
kind = index.index(b"MPF\0") + 4 + 50 + 16
Path("stereo.mpo").write_bytes(index[:kind] + bytes.fromhex("02000200") + index[kind + 4 :])
