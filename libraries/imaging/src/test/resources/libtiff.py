"""Has libtiff read files: libtiff.py FILE... writes beside each what libtiff says of it (.log), of what is harmless nothing, and
what it makes of it (.rgba: width, height, red, green, blue and alpha of each pixel) unless it refuses it. One process for many
files costs a fraction of one for each."""
import ctypes
import struct
import sys

HARMLESS = (b"Unknown field with tag",)
MOST_PIXELS = 1 << 20
TOP_LEFT = 1
WIDTH, HEIGHT = 256, 257
MESSAGE = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p)


def library():
    for name in ("libtiff.so.6", "libtiff.so.5"):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    sys.exit(3)


tiff = library()
tiff.TIFFOpen.restype = ctypes.c_void_p
tiff.TIFFClose.argtypes = [ctypes.c_void_p]
tiff.TIFFReadRGBAImageOriented.argtypes = [
    ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
said = []


@MESSAGE
def hear(module, form, values):
    if not any(words in form for words in HARMLESS):
        said.append((module or b"") + b": " + form)


def side(image, tag):
    value = ctypes.c_uint32()
    there = tiff.TIFFGetField(ctypes.c_void_p(image), ctypes.c_uint32(tag), ctypes.byref(value))
    return value.value if there else 0


def pixels(path):
    image = tiff.TIFFOpen(path.encode(), b"r")
    if not image:
        return None
    width, height = side(image, WIDTH), side(image, HEIGHT)
    raster = None
    if 0 < width * height <= MOST_PIXELS:
        room = (ctypes.c_uint32 * (width * height))()
        if tiff.TIFFReadRGBAImageOriented(image, width, height, room, TOP_LEFT, 0):
            samples = struct.pack("<%dI" % len(room), *room)
            raster = width.to_bytes(4, "big") + height.to_bytes(4, "big") + samples
    tiff.TIFFClose(image)
    return raster


tiff.TIFFSetErrorHandler(hear)
tiff.TIFFSetWarningHandler(hear)
for file in sys.argv[1:]:
    said.clear()
    made = pixels(file)
    with open(file + ".log", "wb") as log:
        log.write(b"\n".join(said))
    if made:
        with open(file + ".rgba", "wb") as rgba:
            rgba.write(made)
