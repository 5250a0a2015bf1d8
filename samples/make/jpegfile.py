"""Encoding and editing of JPEG files: the encoders at hand, and the segments of ITU-T T.81 Annex B."""
import ctypes
import io
import struct
import subprocess

import numpy
from PIL import Image

SOS = 0xDA
FRAMES = (0xC0, 0xC1, 0xC2)
APP0, APP1, APP2, APP14, COM = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
TURBOJPEG_CMYK, TURBOJPEG_420 = 11, 2


def pillow(picture, quality=85, subsampling="4:2:0", **options):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=subsampling, **options)
    return out.getvalue()


def cjpeg(picture, *options, quality=85):
    """libjpeg-turbo's own encoder, for what Pillow has no option for."""
    pixels = io.BytesIO()
    picture.save(pixels, "PPM")
    command = ["cjpeg", "-quality", str(quality), *options]
    return subprocess.run(command, input=pixels.getvalue(), stdout=subprocess.PIPE, check=True).stdout


def cmyk(stored):
    """A CMYK file with an Adobe marker whose samples are exactly `stored` before compression."""
    return pillow(Image.fromarray(255 - stored, "CMYK"), subsampling="4:4:4")


def ycck(stored):
    """A YCCK file with 4:2:0 chroma, by TurboJPEG, since neither Pillow nor cjpeg writes it."""
    turbo = ctypes.CDLL("libturbojpeg.so.0")
    turbo.tjInitCompress.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(turbo.tjInitCompress())
    out, length = ctypes.c_void_p(), ctypes.c_ulong()
    height, width, _ = stored.shape
    pixels = numpy.ascontiguousarray(stored).tobytes()
    failed = turbo.tjCompress2(
        handle, pixels, width, 0, height, TURBOJPEG_CMYK,
        ctypes.byref(out), ctypes.byref(length), TURBOJPEG_420, 85, 0,
    )
    if failed:
        raise RuntimeError("TurboJPEG could not write YCCK")
    content = ctypes.string_at(out, length.value)
    turbo.tjFree(out)
    turbo.tjDestroy(handle)
    return content


def segments(data):
    """The marker segments before the first scan, as (marker, content), and the rest from SOS on."""
    found, at = [], 2
    while data[at + 1] != SOS:
        length = struct.unpack_from(">H", data, at + 2)[0]
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found, data[at:]


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def joined(parts, scans, between=b""):
    return b"\xff\xd8" + b"".join(between + segment(*part) for part in parts) + between + scans


def with_first(data, *added):
    """The file with segments added right after SOI and JFIF's APP0."""
    parts, scans = segments(data)
    place = 1 if parts[0][0] == APP0 else 0
    return joined(parts[:place] + list(added) + parts[place:], scans)


def without(data, *markers):
    parts, scans = segments(data)
    return joined([part for part in parts if part[0] not in markers], scans)


def with_fill_bytes(data):
    """Any marker may be preceded by fill bytes FF (T.81, B.1.1.2)."""
    return joined(*segments(data), between=b"\xff\xff\xff")


def with_size(data, width, height):
    """The file with another size in its frame header (T.81, B.2.2)."""
    parts, scans = segments(data)
    sized = [
        (marker, content[:1] + struct.pack(">HH", height, width) + content[5:] if marker in FRAMES else content)
        for marker, content in parts
    ]
    return joined(sized, scans)


def with_component_ids(data, ids):
    """The file with other component identifiers in its frame header and its one scan header."""
    parts, scans = segments(data)
    frame = next(index for index, part in enumerate(parts) if part[0] in FRAMES)
    marker, content = parts[frame]
    content, scans = bytearray(content), bytearray(scans)
    for index, identifier in enumerate(ids):
        content[6 + 3 * index] = identifier
        scans[5 + 2 * index] = identifier
    parts[frame] = marker, bytes(content)
    return joined(parts, bytes(scans))


def icc_segments(profile, count):
    """The profile in `count` APP2 segments (ICC.1, Annex B.4)."""
    size = -(-len(profile) // count)
    pieces = [profile[at : at + size] for at in range(0, len(profile), size)]
    return [
        (APP2, b"ICC_PROFILE\0" + bytes((number, count)) + piece) for number, piece in enumerate(pieces, start=1)
    ]
