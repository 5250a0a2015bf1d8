#!/usr/bin/python3
"""Writes the fixtures to samples/fixtures and what is expected of each to samples/fixtures.json.

Usage: fixtures.py [FOLDER]   (FOLDER takes the place of samples)
Needs Debian's python3-pil, python3-numpy, libjpeg-turbo-progs and libturbojpeg0.
"""
import io
import json
import struct
import sys
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy
from PIL import Image, ImageOps

import exif
import icc
import jpegfile
from jpegfile import APP0, APP1, APP14, COM, cjpeg, pillow
from scene import opacity, photo, scene, separated

MAKE = Path(__file__).resolve().parent
SAMPLES = MAKE.parent
NOT_AN_IMAGE, DAMAGED, TOO_MANY_PIXELS = "not an image", "damaged", "too many pixels"
# Pillow says so of exif-torn.jpg
warnings.filterwarnings("ignore", "Corrupt EXIF data")
CODED, SMALL = (203, 201), (120, 90)
SIZES = (
    (1, 1), (1, 5000), (5000, 1), (7, 9), (90, 60), (99, 101), (199, 300), (200, 200), (641, 479), (640, 480),
    (1000, 130),
)
# What to do to an upright picture so that it is stored as EXIF's orientation 2 to 8 says.
STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True)
class Fixture:
    file: str
    what: str
    content: bytes
    orientation: int = 1
    error: str | None = None

    def entry(self):
        """What the manifest says: the size as stored and the orientation, or the error to expect."""
        if self.error:
            return {"file": self.file, "what": self.what, "error": self.error}
        with Image.open(io.BytesIO(self.content)) as picture:
            width, height = picture.size
        return {
            "file": self.file, "what": self.what, "width": width, "height": height, "orientation": self.orientation,
        }


def codings():
    """JPEG's ways of coding the same picture."""
    picture = scene(*CODED)
    grey = picture.convert("L")
    yield Fixture("baseline-420.jpg", "baseline, chroma halved both ways", pillow(picture))
    yield Fixture("baseline-422.jpg", "baseline, chroma halved across", pillow(picture, subsampling="4:2:2"))
    yield Fixture("baseline-444.jpg", "baseline, full chroma", pillow(picture, subsampling="4:4:4"))
    yield Fixture("baseline-440.jpg", "baseline, chroma halved down", cjpeg(picture, "-sample", "1x2"))
    yield Fixture("baseline-411.jpg", "baseline, chroma quartered across", cjpeg(picture, "-sample", "4x1"))
    yield Fixture("baseline-410.jpg", "baseline, chroma quartered across, halved down",
                  cjpeg(picture, "-sample", "4x2"))
    yield Fixture("grey.jpg", "baseline, one component", pillow(grey))
    yield Fixture("grey-2x2.jpg", "one component with sampling factors 2x2, to be ignored in a scan of its own",
                  cjpeg(grey, "-sample", "2x2"))
    yield Fixture("progressive-420.jpg", "progressive", pillow(picture, progressive=True))
    yield Fixture("progressive-444.jpg", "progressive, full chroma, restart markers",
                  cjpeg(picture, "-progressive", "-sample", "1x1", "-restart", "1"))
    yield Fixture("progressive-grey.jpg", "progressive, one component", pillow(grey, progressive=True))
    yield Fixture("optimized.jpg", "baseline, Huffman tables of its own", pillow(picture, optimize=True))
    yield Fixture("restart-rows.jpg", "a restart marker after every row of MCUs", cjpeg(picture, "-restart", "1"))
    yield Fixture("restart-blocks.jpg", "a restart marker after every third MCU", cjpeg(picture, "-restart", "3B"))
    yield Fixture("three-scans.jpg", "sequential, each component in a scan of its own", three_scans(picture))
    yield Fixture("tables-16-bit.jpg", "16-bit quantisation tables with entries above 255, extended sequential frame",
                  wide_tables(striped(picture)))
    yield Fixture("quality-100.jpg", "hardly quantised", pillow(picture, 100, "4:4:4"))
    yield Fixture("quality-30.jpg", "strongly quantised", pillow(picture, 30))
    yield Fixture("photo.jpg", "a photo with fine detail", pillow(photo(330, 221), 90))
    yield Fixture("arithmetic.jpg", "arithmetic coding, which hardly anybody reads", cjpeg(picture, "-arithmetic"),
                  error=NOT_AN_IMAGE)


def three_scans(picture):
    return cjpeg(picture, "-scans", str(MAKE / "three-scans.txt"))


def wide_tables(picture):
    return cjpeg(picture, "-qtables", str(MAKE / "tables-16-bit.txt"), quality=50)


def striped(picture):
    """The picture with fine stripes, strong enough to leave coefficients where the entries are above 255."""
    pixels = numpy.array(picture)
    pixels[8:72:2, 80:144] //= 4
    pixels[80:144, 8:72:2] //= 4
    return Image.fromarray(pixels)


def colours():
    """JPEGs that are not YCbCr, or not sRGB."""
    picture = scene(*CODED)
    inverted = 255 - separated(picture)
    yield Fixture("cmyk-adobe.jpg", "CMYK with an Adobe marker: samples are inverted, 255 is no ink",
                  jpegfile.cmyk(inverted))
    yield Fixture("cmyk-plain.jpg", "CMYK without an Adobe marker, inverted all the same",
                  jpegfile.without(jpegfile.cmyk(inverted), APP14))
    yield Fixture("ycck-adobe.jpg", "YCCK with an Adobe marker, chroma halved both ways", jpegfile.ycck(inverted))
    rgb = cjpeg(picture, "-rgb", "-sample", "1x1")
    yield Fixture("rgb-adobe.jpg", "RGB by an Adobe marker with transform 0",
                  jpegfile.with_component_ids(rgb, (1, 2, 3)))
    yield Fixture("rgb-ids.jpg", "RGB by its component identifiers R, G, B alone", jpegfile.without(rgb, APP0, APP14))
    wide = icc.wide_gamut()
    yield Fixture("icc-wide.jpg", "a wide-gamut ICC profile, to be kept in colour output",
                  pillow(scene(*SMALL), icc_profile=wide))
    yield Fixture("icc-two-segments.jpg", "the same profile split over two APP2 segments",
                  jpegfile.with_first(pillow(scene(*SMALL)), *jpegfile.icc_segments(wide, 2)))
    yield Fixture("icc-srgb.jpg", "an sRGB profile, which says nothing new",
                  pillow(scene(*SMALL), icc_profile=icc.srgb()))


def sizes():
    """Sizes that are no multiple of a block, thin ones, and those of the functions' size rules."""
    for width, height in SIZES:
        yield Fixture(f"{width}x{height}.jpg", "a size to get right", pillow(scene(width, height), 80))


def orientations():
    """The same upright picture, stored in each of EXIF's eight ways."""
    upright = scene(*SMALL)
    for orientation in range(1, 9):
        stored = upright.transpose(STORED_AS[orientation]) if orientation in STORED_AS else upright
        block = exif.block(orientation, big_endian=orientation % 2 == 0)
        yield Fixture(f"orientation-{orientation}.jpg", f"upright once EXIF's orientation {orientation} is honoured",
                      pillow(stored, 90, exif=block), orientation)
    lying = photo(160, 240).transpose(STORED_AS[6])
    preview = pillow(photo(24, 36), 60)
    yield Fixture("portrait-phone.jpg", "a portrait photo as phones store it: orientation 6, GPS, a preview in EXIF",
                  pillow(lying, exif=exif.block(6, gps=True, thumbnail=preview)), 6)


def wrappings():
    """Files whose picture is sound but whose segments are unusual."""
    lying = pillow(scene(*SMALL).transpose(STORED_AS[6]))
    plain = pillow(scene(*SMALL))
    several = [(APP1, exif.block(6)), (APP1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), (APP1, exif.block(gps=True))]
    yield Fixture("exif-several.jpg", "EXIF with orientation 6, then XMP, then EXIF without an orientation",
                  jpegfile.with_first(lying, *several), 6)
    yield Fixture("exif-no-jfif.jpg", "EXIF with orientation 6 and no JFIF segment",
                  jpegfile.with_first(jpegfile.without(lying, APP0), (APP1, exif.block(6))), 6)
    yield Fixture("exif-torn.jpg", "EXIF cut off inside its directory, to be ignored",
                  jpegfile.with_first(plain, (APP1, exif.block(6)[:18])))
    yield Fixture("exif-endless.jpg", "EXIF whose directories form a ring; orientation 6 stands in the first",
                  jpegfile.with_first(lying, (APP1, exif.block(6, endless=True))), 6)
    yield Fixture("exif-orientation-9.jpg", "EXIF with an orientation that does not exist, to be ignored",
                  jpegfile.with_first(plain, (APP1, exif.block(9))))
    junk = [(0xE0 + number, bytes(range(256)) * number) for number in range(3, 14)] + [(COM, b"\xff\xd8\xff\xd9 hi")]
    yield Fixture("junk-segments.jpg", "unknown APPn segments and a comment that holds marker bytes",
                  jpegfile.with_first(plain, *junk))
    yield Fixture("fill-bytes.jpg", "fill bytes FF before every marker", jpegfile.with_fill_bytes(plain))
    yield Fixture("no-eoi.jpg", "all data there, the EOI marker missing", plain[:-2])
    yield Fixture("trailing-bytes.jpg", "a second picture and text after EOI", plain + pillow(scene(16, 16)) + b"end")


def other_formats():
    picture = scene(*SMALL)
    alpha = opacity(*SMALL)
    cut_out = picture.convert("RGBA")
    cut_out.putalpha(alpha)
    grey = picture.convert("L")
    palette = picture.quantize(64, dither=Image.Dither.NONE)
    wide = scene(300, 210)
    deep = numpy.asarray(grey, numpy.uint16) * 257
    yield Fixture("rgb.png", "PNG, RGB", saved(wide, "PNG", optimize=True))
    yield Fixture("alpha.png", "PNG, RGB with alpha", saved(cut_out, "PNG"))
    yield Fixture("grey-alpha.png", "PNG, grey with alpha", saved(cut_out.convert("LA"), "PNG"))
    yield Fixture("grey.png", "PNG, grey", saved(grey, "PNG"))
    yield Fixture("palette.png", "PNG, palette", saved(palette, "PNG"))
    yield Fixture("palette-alpha.png", "PNG, palette whose first 32 colours have growing opacity",
                  saved(palette, "PNG", transparency=bytes(range(0, 256, 8))))
    yield Fixture("one-bit.png", "PNG, one bit a pixel", saved(grey.convert("1"), "PNG"))
    yield Fixture("colour-key.png", "PNG, RGB with one transparent colour",
                  saved(keyed(picture, alpha), "PNG", transparency=(255, 0, 255)))
    yield Fixture("grey-16.png", "PNG, grey with 16 bits a sample", saved(Image.fromarray(deep, "I;16"), "PNG"))
    yield Fixture("rgb-16.png", "PNG, RGB with 16 bits a sample", png_16_bit(numpy.asarray(picture)))
    yield Fixture("transparent.gif", "GIF with one transparent colour",
                  saved(pierced(picture, alpha), "GIF", transparency=0))
    yield Fixture("animated.gif", "GIF with two frames, of which the first counts",
                  saved(palette, "GIF", save_all=True, append_images=[ImageOps.invert(grey)]))
    yield Fixture("rgb.bmp", "BMP, 24 bits a pixel", saved(picture, "BMP"))
    yield Fixture("palette.bmp", "BMP, palette", saved(palette, "BMP"))
    yield Fixture("lzw.tif", "TIFF, RGB, LZW", saved(picture, "TIFF", compression="tiff_lzw"))
    yield Fixture("plain.tif", "TIFF, RGB, not compressed", saved(picture, "TIFF"))
    yield Fixture("lossy.webp", "WebP, lossy", saved(wide, "WEBP", quality=90))
    yield Fixture("lossless.webp", "WebP, lossless", saved(picture, "WEBP", lossless=True))
    yield Fixture("alpha.webp", "WebP, lossless with alpha", saved(cut_out, "WEBP", lossless=True, exact=True))


def saved(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def pierced(picture, alpha):
    """A palette picture whose colour 0 stands where the mask is clear."""
    palette = picture.quantize(63, dither=Image.Dither.NONE)
    indices = numpy.where(numpy.asarray(alpha) < 128, 0, numpy.asarray(palette) + 1).astype(numpy.uint8)
    pierced = Image.fromarray(indices, "P")
    pierced.putpalette([255, 0, 255] + palette.getpalette()[: 63 * 3])
    return pierced


def keyed(picture, alpha):
    """A picture whose magenta stands where the mask is clear."""
    pixels = numpy.array(picture)
    pixels[numpy.asarray(alpha) < 128] = (255, 0, 255)
    return Image.fromarray(pixels)


def png_16_bit(pixels):
    """A PNG with 16 bits a sample, which Pillow cannot write."""
    height, width, _ = pixels.shape
    samples = (pixels.astype(">u2") * 257).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in samples)
    return png((width, height), 16, rows)


def png(size, depth, rows):
    header = struct.pack(">LLBBBBB", *size, depth, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(rows, 9))
        + png_chunk(b"IEND", b"")
    )


def png_chunk(kind, content):
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def refused():
    """What must be answered with an error, never with a picture."""
    plain = pillow(scene(*CODED))
    progressive = pillow(scene(*CODED), progressive=True)
    flat = saved(scene(*SMALL), "PNG")
    yield Fixture("truncated.jpg", "cut off in the middle of its scan", plain[: len(plain) * 6 // 10], error=DAMAGED)
    yield Fixture("truncated-progressive.jpg", "progressive, cut off in a later scan",
                  progressive[: len(progressive) * 6 // 10], error=DAMAGED)
    yield Fixture("truncated-header.jpg", "cut off in its tables", plain[:200], error=DAMAGED)
    yield Fixture("truncated.png", "PNG, cut off in its pixels", flat[: len(flat) // 2], error=DAMAGED)
    yield Fixture("no-size.jpg", "a header that claims 0 x 0 pixels", jpegfile.with_size(plain, 0, 0), error=DAMAGED)
    yield Fixture("huge.jpg", "a header that claims 65535 x 65535 pixels", jpegfile.with_size(plain, 65535, 65535),
                  error=TOO_MANY_PIXELS)
    yield Fixture("huge.png", "PNG, a header that claims 60000 x 60000 pixels", png((60000, 60000), 8, bytes(1000)),
                  error=TOO_MANY_PIXELS)
    yield Fixture("garbage.bin", "random bytes", numpy.random.RandomState(7).bytes(4096), error=NOT_AN_IMAGE)
    yield Fixture("text.txt", "plain text", b"This is not a picture.\n", error=NOT_AN_IMAGE)
    heif = struct.pack(">L4s4sL4s4s", 24, b"ftyp", b"heic", 0, b"mif1", b"heic")
    yield Fixture("phone.heic", "the first bytes of a HEIF file, a format that is not read", heif, error=NOT_AN_IMAGE)
    yield Fixture("empty.bin", "no byte at all", b"", error=NOT_AN_IMAGE)


def fixtures():
    for group in (codings, colours, sizes, orientations, wrappings, other_formats, refused):
        yield from group()


def main(samples):
    folder = samples / "fixtures"
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for fixture in fixtures():
        (folder / fixture.file).write_bytes(fixture.content)
        entries.append(json.dumps(fixture.entry()))
    listed = ",\n  ".join(entries)
    (samples / "fixtures.json").write_text(f"[\n  {listed}\n]\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
