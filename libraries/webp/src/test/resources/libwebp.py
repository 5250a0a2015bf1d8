"""Has libwebp read files: libwebp.py FILE... writes what it makes of each beside it (.rgba: width, height, red, green, blue and
alpha of each pixel) unless it refuses it. One process for many files costs a fraction of one for each."""
import ctypes
import sys

MOST_PIXELS = 100_000

try:
    webp = ctypes.CDLL("libwebp.so.7")
except OSError:
    sys.exit(3)
webp.WebPDecodeRGBA.restype = ctypes.c_void_p
webp.WebPFree.argtypes = [ctypes.c_void_p]


def pixels(data):
    width, height = ctypes.c_int(), ctypes.c_int()
    size = ctypes.c_size_t(len(data))
    sides = ctypes.byref(width), ctypes.byref(height)
    if not webp.WebPGetInfo(data, size, *sides) or width.value * height.value > MOST_PIXELS:
        return None
    samples = webp.WebPDecodeRGBA(data, size, *sides)
    if not samples:
        return None
    made = ctypes.string_at(samples, 4 * width.value * height.value)
    webp.WebPFree(samples)
    return width.value.to_bytes(4, "big") + height.value.to_bytes(4, "big") + made


for file in sys.argv[1:]:
    with open(file, "rb") as picture:
        made = pixels(picture.read())
    if made:
        with open(file + ".rgba", "wb") as rgba:
            rgba.write(made)
