"""libvips, called through its C interface, one thread."""
import ctypes
import os

from protocol import library, serve

os.environ["VIPS_CONCURRENCY"] = "1"
vips = library("libvips.so.42")
if vips is None:
    raise SystemExit("missing: libvips (apt-get install libvips42)")

gobject = library("libgobject-2.0.so.0")
glib = library("libglib-2.0.so.0")
vips.vips_init(b"benchmark")
vips.vips_cache_set_max(0)
vips.vips_version_string.restype = ctypes.c_char_p
vips.vips_image_get_height.argtypes = [ctypes.c_void_p]
vips.vips_image_get_width.argtypes = [ctypes.c_void_p]

BLACK_AND_WHITE = 1
ROTATE_180 = 2
SEQUENTIAL = 1
INTO = ctypes.byref


def call(function, *arguments):
    """One operation whose result comes through a pointer before the options, which end with a null."""
    if function(*arguments, None) != 0:
        raise RuntimeError(function.__name__)


def loaded(data, sequential, shrink=1):
    image = ctypes.c_void_p()
    call(
        vips.vips_jpegload_buffer,
        data,
        ctypes.c_size_t(len(data)),
        INTO(image),
        b"access",
        ctypes.c_int(SEQUENTIAL if sequential else 0),
        b"shrink",
        ctypes.c_int(shrink),
    )
    return image


def then(function, image, *arguments):
    out = ctypes.c_void_p()
    call(function, image, INTO(out), *arguments)
    gobject.g_object_unref(image)
    return out


def jpeg(image):
    buffer = ctypes.c_void_p()
    size = ctypes.c_size_t()
    call(vips.vips_jpegsave_buffer, image, INTO(buffer), INTO(size), b"Q", ctypes.c_int(75))
    data = ctypes.string_at(buffer, size.value)
    glib.g_free(buffer)
    gobject.g_object_unref(image)
    return data


def grey(image):
    return then(vips.vips_colourspace, image, ctypes.c_int(BLACK_AND_WHITE))


def rotated(image):
    return then(vips.vips_rot, image, ctypes.c_int(ROTATE_180))


def small(box, data):
    image = ctypes.c_void_p()
    call(
        vips.vips_thumbnail_buffer,
        data,
        ctypes.c_size_t(len(data)),
        INTO(image),
        ctypes.c_int(box),
        b"height",
        ctypes.c_int(box),
    )
    return image


def draft(data):
    image = loaded(data, True)
    scale = min(vips.vips_image_get_width(image) // 100, vips.vips_image_get_height(image) // 100)
    gobject.g_object_unref(image)
    return jpeg(grey(loaded(data, True, max(s for s in (1, 2, 4, 8) if s <= max(scale, 1)))))


def bw(data):
    return jpeg(grey(loaded(data, True)))


def transpose(data):
    return jpeg(rotated(loaded(data, False)))


def thumbnail(box, data):
    return jpeg(small(box, data))


for name in ("vips_jpegload_buffer", "vips_thumbnail_buffer"):
    getattr(vips, name).restype = ctypes.c_int
gobject.g_object_unref.argtypes = [ctypes.c_void_p]
glib.g_free.argtypes = [ctypes.c_void_p]

serve(
    "libvips " + vips.vips_version_string().decode().split("-")[0],
    {
        "draft": draft,
        "thumbnail": thumbnail,
        "bw": bw,
        "transpose": transpose,
        "one-pass": lambda data: jpeg(rotated(grey(small(128, data)))),
    },
)
