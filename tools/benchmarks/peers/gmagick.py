"""GraphicsMagick, called through its wand interface, one thread."""
import ctypes
import os

from protocol import library, serve
from wand_operations import operations

os.environ["OMP_NUM_THREADS"] = "1"
wand = library("libGraphicsMagickWand-Q16.so.2")
if wand is None:
    raise SystemExit("missing: GraphicsMagick's wand (apt-get install libgraphicsmagick-q16-3)")
POINTER = ctypes.c_void_p
SIZE = ctypes.c_ulong
for name, result, arguments in (
    ("NewMagickWand", POINTER, []),
    ("DestroyMagickWand", None, [POINTER]),
    ("MagickSetSize", ctypes.c_uint, [POINTER, SIZE, SIZE]),
    ("MagickReadImageBlob", ctypes.c_uint, [POINTER, ctypes.c_char_p, ctypes.c_size_t]),
    ("MagickWriteImageBlob", POINTER, [POINTER, ctypes.POINTER(ctypes.c_size_t)]),
    ("MagickRelinquishMemory", ctypes.c_uint, [POINTER]),
    ("MagickGetImageWidth", SIZE, [POINTER]),
    ("MagickGetImageHeight", SIZE, [POINTER]),
    ("MagickSetImageType", ctypes.c_uint, [POINTER, ctypes.c_int]),
    ("MagickFlipImage", ctypes.c_uint, [POINTER]),
    ("MagickFlopImage", ctypes.c_uint, [POINTER]),
    ("MagickResizeImage", ctypes.c_uint, [POINTER, SIZE, SIZE, ctypes.c_int, ctypes.c_double]),
    ("MagickSetImageFormat", ctypes.c_uint, [POINTER, ctypes.c_char_p]),
    ("MagickSetCompressionQuality", ctypes.c_uint, [POINTER, SIZE]),
    ("MagickGetVersion", ctypes.c_char_p, [ctypes.POINTER(SIZE)]),
):
    function = getattr(wand, name)
    function.restype = result
    function.argtypes = arguments
library("libGraphicsMagick-Q16.so.3").InitializeMagick(None)

GRAY = 2
ITS_OWN_FILTER = 0


def done(passed):
    if not passed:
        raise RuntimeError("GraphicsMagick failed")


class Picture:
    """A wand that holds one picture; the hint is a size that it may be decoded to at least."""

    def __init__(self, data, hint=None):
        self.handle = wand.NewMagickWand()
        if hint:
            done(wand.MagickSetSize(self.handle, *hint))
        done(wand.MagickReadImageBlob(self.handle, data, len(data)))

    def grey(self):
        done(wand.MagickSetImageType(self.handle, GRAY))
        return self

    def rotated(self):
        done(wand.MagickFlipImage(self.handle))
        done(wand.MagickFlopImage(self.handle))
        return self

    def fitted(self, box):
        width, height = wand.MagickGetImageWidth(self.handle), wand.MagickGetImageHeight(self.handle)
        scale = min(box / width, box / height)
        fitted = [max(1, round(side * scale)) for side in (width, height)]
        done(wand.MagickResizeImage(self.handle, *fitted, ITS_OWN_FILTER, 1.0))
        return self

    def jpeg(self):
        done(wand.MagickSetImageFormat(self.handle, b"JPEG"))
        done(wand.MagickSetCompressionQuality(self.handle, 75))
        size = ctypes.c_size_t()
        blob = wand.MagickWriteImageBlob(self.handle, ctypes.byref(size))
        done(blob)
        data = ctypes.string_at(blob, size.value)
        wand.MagickRelinquishMemory(blob)
        wand.DestroyMagickWand(self.handle)
        return data


serve(" ".join(wand.MagickGetVersion(ctypes.byref(SIZE())).decode().split()[:2]), operations(Picture))
