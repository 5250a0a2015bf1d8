"""ImageMagick, called through its wand interface, one thread."""
import ctypes
import os

from protocol import library, serve
from wand_operations import operations

os.environ["MAGICK_THREAD_LIMIT"] = "1"
wand = library("libMagickWand-7.Q16.so.10", "libMagickWand-6.Q16.so.6")
if wand is None:
    raise SystemExit("missing: ImageMagick's MagickWand (apt-get install libmagickwand-6.q16-6)")
wand.MagickWandGenesis()
for name in ("NewMagickWand", "MagickGetImageBlob"):
    getattr(wand, name).restype = ctypes.c_void_p
wand.MagickGetVersion.restype = ctypes.c_char_p
handle = wand.NewMagickWand()

GRAY = 2


class Picture:
    """The one wand, holding one picture at a time."""

    def __init__(self, data, hint=None):
        wand.ClearMagickWand(ctypes.c_void_p(handle))
        if hint:
            wand.MagickSetOption(ctypes.c_void_p(handle), b"jpeg:size", b"%dx%d" % hint)
        if not wand.MagickReadImageBlob(ctypes.c_void_p(handle), data, ctypes.c_size_t(len(data))):
            raise RuntimeError("MagickReadImageBlob")

    def size(self):
        return wand.MagickGetImageWidth(ctypes.c_void_p(handle)), wand.MagickGetImageHeight(ctypes.c_void_p(handle))

    def grey(self):
        wand.MagickSetImageType(ctypes.c_void_p(handle), ctypes.c_int(GRAY))
        return self

    def rotated(self):
        wand.MagickFlipImage(ctypes.c_void_p(handle))
        wand.MagickFlopImage(ctypes.c_void_p(handle))
        return self

    def fitted(self, box):
        width, height = self.size()
        scale = min(box / width, box / height)
        wand.MagickThumbnailImage(
            ctypes.c_void_p(handle),
            ctypes.c_size_t(max(1, round(width * scale))),
            ctypes.c_size_t(max(1, round(height * scale))),
        )
        return self

    def jpeg(self):
        wand.MagickSetImageFormat(ctypes.c_void_p(handle), b"JPEG")
        wand.MagickSetImageCompressionQuality(ctypes.c_void_p(handle), ctypes.c_size_t(75))
        wand.MagickSetOption(ctypes.c_void_p(handle), b"jpeg:sampling-factor", b"4:2:0")
        size = ctypes.c_size_t()
        blob = wand.MagickGetImageBlob(ctypes.c_void_p(handle), ctypes.byref(size))
        data = ctypes.string_at(blob, size.value)
        wand.MagickRelinquishMemory(ctypes.c_void_p(blob))
        return data


serve(" ".join(wand.MagickGetVersion(ctypes.byref(ctypes.c_size_t())).decode().split()[:2]), operations(Picture))
