#!/usr/bin/python3
"""Makes samples/fixtures/: small pictures of every kind that a function must read, or refuse with the right words.

Needs Debian's python3-pil, python3-numpy and libjpeg-turbo-progs. Each name is listed in fixtures.tsv with what is
expected of it: ok, 415 (not an image that is read), 422 (damaged) or 413 (too many pixels).
"""

import io
import os
import struct
import subprocess
import sys
import zlib

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.dirname(HERE)
OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(SAMPLES, "fixtures")
EXPECTED = {}


def write(name, data, expected="ok"):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)
    EXPECTED[name] = expected


def saved(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def cjpeg(image, *options):
    return subprocess.run(["cjpeg", *options], input=saved(image, "PPM"), stdout=subprocess.PIPE, check=True).stdout


def segment(marker, payload):
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def after_soi(jpeg, *segments):
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def frame_at(jpeg):
    """Where the frame header's payload begins (ITU-T T.81, B.2.2)."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return at + 4


def exif(orientation, order="<"):
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHIHH", 274, 3, 1, orientation, 0)
    return b"Exif\0\0" + mark + struct.pack(order + "IH", 8, 1) + entry + struct.pack(order + "I", 0)


def profile(description, red):
    """A matrix profile (ICC.1:2022, clause 8) with a gamma of 2.2 and this red primary, in XYZ."""

    def fixed(*values):
        return b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    text = b"desc\0\0\0\0" + struct.pack(">I", len(description) + 1) + description.encode() + b"\0" * 79
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags = {
        b"desc": text + b"\0" * (-len(text) % 4),
        b"cprt": b"text\0\0\0\0public domain\0\0\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1, 0.8249),
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(*red),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(0.2051, 0.6257, 0.0609),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(0.1492, 0.0632, 0.7446),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", at + len(data), len(value))
        data += value
    size = at + len(data)
    header = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 28 + fixed(0.9642, 1, 0.8249)
    return header + b"\0" * (128 - len(header)) + struct.pack(">I", len(tags)) + table + data


def in_segments(icc, parts):
    step = -(-len(icc) // parts)
    return [
        segment(0xE2, b"ICC_PROFILE\0" + bytes([i + 1, parts]) + icc[i * step : (i + 1) * step]) for i in range(parts)
    ]


def drawn(width, height):
    """A smooth picture that is different in every corner, with a little structure; its colours change softly, since
    the results are compared after 4:2:0, which keeps no sharp ones."""
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = 60 + 110 * x + 60 * y + 20 * np.sin(9 * x + 5 * y)
    light += 40 * ((x - 0.2) ** 2 + (y - 0.25) ** 2 < 0.015) - 50 * ((abs(x - 0.75) < 0.15) & (abs(y - 0.6) < 0.06))
    light -= 40 * ((y > 0.6) & (y < 0.9) & (abs(x - 0.35) < (y - 0.6) / 2))
    rgb = light[..., None] + np.stack([24 * x - 12, 12 - 24 * y, 20 * y - 10 * x], axis=-1)
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def jpegs(photo):
    for name, sampling in {"420": "2x2", "422": "2x1", "444": "1x1", "440": "1x2", "411": "4x1"}.items():
        write(f"photo-{name}.jpg", cjpeg(photo, "-quality", "90", "-sample", sampling))
    write("progressive.jpg", cjpeg(photo, "-quality", "90", "-progressive"))
    write("restart.jpg", cjpeg(photo, "-quality", "90", "-restart", "2B"))
    write("tables-16-bit.jpg", cjpeg(photo, "-quality", "8"))
    write("rgb.jpg", cjpeg(photo, "-quality", "90", "-rgb"))
    write("grey.jpg", saved(photo.convert("L"), quality=90))
    write("grey-progressive.jpg", saved(photo.convert("L"), quality=90, progressive=True))
    write("arithmetic.jpg", cjpeg(photo, "-arithmetic"), "415")
    plain = saved(photo, quality=90)
    junk = [segment(0xE5, b"anything"), segment(0xFE, b"a comment"), b"\xff\xff\xff" + segment(0xEB, b"\xff" * 50)]
    write("junk-segments.jpg", after_soi(plain, *junk))
    write("no-end.jpg", plain[:-2])
    write("truncated.jpg", plain[: len(plain) // 2], "422")
    write("truncated-header.jpg", plain[:200], "422")
    write("progressive-truncated.jpg", cjpeg(photo, "-progressive")[:6000], "422")
    at = frame_at(plain)
    write("huge-header.jpg", plain[: at + 1] + b"\xff\xff\xff\xff" + plain[at + 5 :], "413")


def four_inks(photo):
    """CMYK as Adobe's programs store it, the paper that shows; and as others do, the ink."""
    rgb = np.asarray(photo).astype(float)
    light = rgb.max(axis=-1, keepdims=True)
    paper = np.where(light > 0, rgb * 255 / np.maximum(light, 1), 255)
    stored = np.concatenate([paper, light], axis=-1).round().astype(np.uint8)
    # Pillow stores 255 minus what it is given, and writes the Adobe marker.
    write("cmyk-adobe.jpg", saved(Image.fromarray(255 - stored, "CMYK"), quality=95))
    plain = saved(Image.fromarray(stored, "CMYK"), quality=95)
    marker = plain.index(b"\xff\xee\x00\x0eAdobe")
    write("cmyk-plain.jpg", plain[:marker] + plain[marker + 16 :])
    ink = Image.fromarray(255 - stored[:, :, :3]).convert("YCbCr")
    ycck = np.concatenate([np.asarray(ink), stored[:, :, 3:]], axis=-1)
    coded = bytearray(saved(Image.fromarray(255 - ycck, "CMYK"), quality=95))
    coded[coded.index(b"Adobe") + 11] = 2
    write("ycck-adobe.jpg", bytes(coded))


def notes(photo):
    """Orientations, profiles and other things that stand beside the pixels."""
    small = drawn(90, 60)
    for orientation in range(1, 9):
        order = "<" if orientation % 2 else ">"
        write(f"orientation-{orientation}.jpg", after_soi(saved(small, quality=95), segment(0xE1, exif(orientation, order))))
    broken = segment(0xE1, exif(6)[:14] + b"\xff\xff\xff\xff")
    several = [broken, segment(0xE1, exif(6, ">")), segment(0xE1, exif(3))]
    write("several-exif.jpg", after_soi(saved(small, quality=95), *several))
    wide = profile("a wide gamut", (0.6097, 0.3111, 0.0195))
    write("wide-gamut.jpg", after_soi(saved(photo, quality=90), *in_segments(wide, 1)))
    write("wide-gamut-in-parts.jpg", after_soi(saved(photo, quality=90), *in_segments(wide, 3)))
    srgb = profile("sRGB IEC61966-2.1", (0.4361, 0.2225, 0.0139))
    write("srgb-profile.jpg", after_soi(saved(photo, quality=90), *in_segments(srgb, 1)))
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    write("xmp.jpg", after_soi(saved(small, quality=95), xmp))


def other_formats(photo):
    small = photo.resize((120, 90), Image.LANCZOS)
    ramp = Image.fromarray(np.tile(np.linspace(0, 255, 120).astype(np.uint8), (90, 1)))
    clear = small.copy()
    clear.putalpha(ramp)
    write("alpha.png", saved(clear, "PNG"))
    write("grey-alpha.png", saved(Image.merge("LA", [small.convert("L"), ramp]), "PNG"))
    palette = small.quantize(63)
    holed = palette.copy()
    holed.putpalette(palette.getpalette()[: 63 * 3] + [255, 0, 255])
    holed.paste(63, (30, 20, 80, 60))
    write("palette.png", saved(palette, "PNG"))
    write("palette-transparent.png", saved(holed, "PNG", transparency=63))
    write("grey-16-bit.png", saved(Image.fromarray(np.asarray(small.convert("L")).astype(np.uint16) * 257), "PNG"))
    write("bilevel.png", saved(small.convert("1"), "PNG"))
    write("colour.gif", saved(palette, "GIF"))
    write("transparent.gif", saved(holed, "GIF", transparency=63))
    write("colour.bmp", saved(small, "BMP"))
    write("colour.tif", saved(small, "TIFF", compression="tiff_lzw"))
    write("lossy.webp", saved(small, "WEBP", quality=90))
    write("lossless.webp", saved(small, "WEBP", lossless=True))
    write("alpha.webp", saved(clear, "WEBP", lossless=True))
    whole = saved(small, "PNG")
    write("truncated.png", whole[: len(whole) // 2], "422")
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    write("huge-header.png", whole[:8] + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + whole[33:], "413")
    write("empty.jpg", b"", "415")
    write("text.jpg", b"This is no picture.\n", "415")
    write("magic-only.jpg", b"\xff\xd8\xff\xe0", "422")


def sizes():
    for width, height in [
        (1, 1), (1, 5000), (5000, 1), (7, 5), (17, 9), (99, 101), (200, 200), (199, 300), (90, 60),
        (1000, 130), (641, 479), (640, 480), (808, 605),
    ]:
        write(f"size-{width}x{height}.jpg", saved(drawn(width, height), quality=92))


def main():
    os.makedirs(OUT, exist_ok=True)
    photo = Image.open(os.path.join(SAMPLES, "seeding.jpg")).convert("RGB").crop((160, 0, 1360, 900))
    photo = photo.resize((300, 225), Image.LANCZOS)
    jpegs(photo)
    four_inks(photo)
    notes(photo)
    other_formats(photo)
    sizes()
    with open(os.path.join(OUT, "fixtures.tsv"), "w") as f:
        f.writelines(f"{name}\t{expected}\n" for name, expected in sorted(EXPECTED.items()))


main()
