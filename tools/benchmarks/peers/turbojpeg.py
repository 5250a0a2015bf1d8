"""libjpeg-turbo, called through TurboJPEG: what a codec does by itself, without an image library."""
import ctypes
import re

from protocol import dimensions, library, serve

turbo = library("libturbojpeg.so.0")
if turbo is None or not hasattr(turbo, "tj3Init"):
    raise SystemExit("missing: libturbojpeg of libjpeg-turbo 3 (apt-get install libturbojpeg0)")

COMPRESSOR, TRANSFORMER = 0, 2
QUALITY, SUBSAMPLING = 3, 4
YCBCR_420, GREY_SAMPLES = 2, 3
RGB, GREY = 0, 6
ROTATE_180 = 6
TO_GREY = 8
POINTER = ctypes.POINTER(ctypes.c_ubyte)
SIZE = ctypes.c_size_t


class Scale(ctypes.Structure):
    _fields_ = [("numerator", ctypes.c_int), ("denominator", ctypes.c_int)]


class Edit(ctypes.Structure):
    _fields_ = [
        ("region", ctypes.c_int * 4),
        ("operation", ctypes.c_int),
        ("options", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("filter", ctypes.c_void_p),
    ]


HANDLE = ctypes.c_void_p
for name, arguments in (
    ("tj3Set", [HANDLE, ctypes.c_int, ctypes.c_int]),
    ("tj3DecompressHeader", [HANDLE, ctypes.c_char_p, SIZE]),
    ("tj3SetScalingFactor", [HANDLE, Scale]),
    ("tj3Decompress8", [HANDLE, ctypes.c_char_p, SIZE, ctypes.c_void_p, ctypes.c_int, ctypes.c_int]),
    ("tj3Compress8", [HANDLE, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int,
                      ctypes.POINTER(POINTER), ctypes.POINTER(SIZE)]),
    ("tj3Transform", [HANDLE, ctypes.c_char_p, SIZE, ctypes.c_int, ctypes.POINTER(POINTER), ctypes.POINTER(SIZE),
                      ctypes.POINTER(Edit)]),
    ("tj3Free", [ctypes.c_void_p]),
):
    getattr(turbo, name).argtypes = arguments
turbo.tj3Init.restype = HANDLE
turbo.tj3GetErrorStr.restype = ctypes.c_char_p
turbo.tj3GetErrorStr.argtypes = [HANDLE]
transformer = turbo.tj3Init(TRANSFORMER)
compressor = turbo.tj3Init(COMPRESSOR)


def done(handle, status):
    if status != 0:
        raise RuntimeError(turbo.tj3GetErrorStr(handle))


def taken(buffer, size):
    data = ctypes.string_at(buffer, size.value)
    turbo.tj3Free(buffer)
    return data


def transformed(data, operation=0, options=0):
    """Without loss, in coefficients."""
    buffer, size = POINTER(), SIZE()
    edit = Edit(operation=operation, options=options)
    done(transformer, turbo.tj3Transform(transformer, data, len(data), 1, buffer, size, edit))
    return taken(buffer, size)


def encoded(data, layout, subsampling, denominator=1):
    """Decoded, made smaller on the way, and encoded at quality 75."""
    width, height = (-(-side // denominator) for side in dimensions(data))
    samples = 1 if layout == GREY else 3
    pixels = ctypes.create_string_buffer(width * height * samples)
    done(transformer, turbo.tj3DecompressHeader(transformer, data, len(data)))
    done(transformer, turbo.tj3SetScalingFactor(transformer, Scale(1, denominator)))
    done(transformer, turbo.tj3Decompress8(transformer, data, len(data), pixels, 0, layout))
    buffer, size = POINTER(), SIZE()
    turbo.tj3Set(compressor, QUALITY, 75)
    turbo.tj3Set(compressor, SUBSAMPLING, subsampling)
    done(compressor, turbo.tj3Compress8(compressor, pixels, width, 0, height, layout, buffer, size))
    return taken(buffer, size)


def draft(data):
    scale = min(side // 100 for side in dimensions(data))
    return encoded(data, GREY, GREY_SAMPLES, max(s for s in (1, 2, 4, 8) if s <= max(scale, 1)))


with open("/proc/self/maps") as maps:
    path = next(line.split()[-1] for line in maps if "libturbojpeg" in line)
with open(path, "rb") as file:
    version = re.search(rb"libjpeg-turbo version ([\d.]+)", file.read()).group(1).decode()

serve(
    f"libjpeg-turbo {version}",
    {
        "draft": draft,
        "bw": lambda data: transformed(data, options=TO_GREY),
        "bw75": lambda data: encoded(data, GREY, GREY_SAMPLES),
        "transpose": lambda data: transformed(data, ROTATE_180),
        "transpose75": lambda data: encoded(transformed(data, ROTATE_180), RGB, YCBCR_420),
    },
)
