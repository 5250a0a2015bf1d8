"""Has Pillow make pictures and read them.

Usage: pillow.py pixels FORMAT FOLDER     writes files of that format to the folder, of every kind that Pillow writes; beside
                                          each, and beside those that are there already, their pixels on white
       pillow.py thumbnails FOLDER        writes WIDTH-NAME.thumbnail.jpg for each WIDTH-NAME.jpg
"""
import random
import sys
from pathlib import Path

from PIL import Image

SIZES = ((1, 1), (7, 5), (34, 19), (65, 48))


def scene(size, seed):
    """Smooth colours with some noise and transparency."""
    width, height = size
    chance = random.Random(seed)
    samples = bytearray()
    for y in range(height):
        for x in range(width):
            noise = chance.randrange(24)
            samples += bytes(((x * 3 + noise) % 256, (y * 4 + noise) % 256, (x + y * 2) % 200 + noise, 255 - x * 3 % 256))
    return Image.frombytes("RGBA", size, bytes(samples))


def of_mode(picture, mode):
    if mode == "I;16":
        grey = picture.convert("L").tobytes()
        wide = b"".join(bytes((value * 7 % 256, value)) for value in grey)
        return Image.frombytes("I;16", picture.size, wide)
    if mode.startswith("P"):
        return picture.convert("RGB").quantize(int(mode[1:]))
    return picture.convert("RGB").convert(mode) if mode == "CMYK" else picture.convert(mode)


def kinds(form):
    """Modes, with what Pillow is told when saving."""
    if form == "png":
        for mode in ("1", "L", "LA", "P2", "P4", "P16", "P200", "RGB", "RGBA", "I;16"):
            yield mode, {}
            if mode.startswith("P"):
                yield mode, {"transparency": 1}
    elif form == "gif":
        for mode in ("1", "L", "P2", "P16", "P256"):
            for interlace in (0, 1):
                yield mode, {"interlace": interlace}
                yield mode, {"interlace": interlace, "transparency": 1}
    elif form == "bmp":
        for mode in ("1", "L", "P2", "P16", "P256", "RGB", "RGBA"):
            yield mode, {}
    elif form == "tiff":
        for mode in ("1", "L", "LA", "P200", "RGB", "RGBA", "CMYK", "I;16"):
            for compression in ("raw", "packbits", "tiff_lzw", "tiff_adobe_deflate"):
                yield mode, {"compression": compression}
        for compression in ("group3", "group4"):
            yield "1", {"compression": compression}
        for mode in ("L", "RGB"):
            yield mode, {"compression": "jpeg", "quality": 90}
    elif form == "webp":
        for mode in ("RGB", "RGBA"):
            for method in (0, 4, 6):
                yield mode, {"lossless": True, "method": method}
                for quality in (5, 60, 100):
                    yield mode, {"quality": quality, "method": method}
    elif form == "jpeg":
        for mode in ("L", "RGB", "CMYK"):
            for quality in (20, 75, 100):
                for progressive in (False, True):
                    for subsampling in (0, 1, 2) if mode == "RGB" else (0,):
                        yield mode, {"quality": quality, "progressive": progressive, "subsampling": subsampling}


def write(form, folder):
    for kind, (mode, how) in enumerate(kinds(form)):
        for size in SIZES:
            picture = of_mode(scene(size, kind), mode)
            told = "-".join(f"{name}={value}" for name, value in how.items())
            picture.save(folder / f"{mode.replace(';', '')} {size[0]}x{size[1]} {told}.{form}", form, **how)


def on_white(picture):
    if picture.mode.startswith("I"):
        grey = bytes((value * 255 + 32767) // 65535 for value in picture.getdata())
        return Image.frombytes("L", picture.size, grey).convert("RGB").tobytes()
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        samples = picture.convert("RGBA").tobytes()
        laid = bytearray()
        for at in range(0, len(samples), 4):
            alpha = samples[at + 3]
            laid += bytes((sample * alpha + 255 * (255 - alpha) + 127) // 255 for sample in samples[at:at + 3])
        return bytes(laid)
    return picture.convert("RGB").tobytes()


def pixels(form, folder):
    write(form, folder)
    for path in sorted(folder.glob("*." + form)):
        with Image.open(path) as picture:
            picture.load()
            head = f"{picture.width} {picture.height}\n".encode()
            path.with_name(path.name + ".rgb").write_bytes(head + on_white(picture))


def thumbnails(folder):
    for path in sorted(folder.glob("*-*.jpg")):
        with Image.open(path) as picture:
            picture.thumbnail((int(path.name.split("-")[0]), picture.height))
            picture.save(path.with_suffix(".thumbnail.jpg"), quality=97)


if __name__ == "__main__":
    if sys.argv[1] == "pixels":
        pixels(sys.argv[2], Path(sys.argv[3]))
    else:
        thumbnails(Path(sys.argv[2]))
