"""Pillow, as the original functions, in Python, call it."""
import io

try:
    import PIL
    from PIL import Image
except ImportError:
    raise SystemExit("missing: Pillow (apt-get install python3-pil)")

from protocol import serve


def jpeg(image):
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


def draft(data):
    image = opened(data)
    image.draft("L", (100, 100))
    return jpeg(image)


def thumbnail(box, data):
    image = opened(data)
    image.thumbnail((box, box))
    return jpeg(image)


def bw(data):
    return jpeg(opened(data).convert("L"))


def transpose(data):
    return jpeg(opened(data).transpose(Image.ROTATE_180))


def one_pass(data):
    image = opened(data)
    image.thumbnail((128, 128))
    return jpeg(image.convert("L").transpose(Image.ROTATE_180))


serve(
    f"Pillow {PIL.__version__}",
    {
        "draft": draft,
        "thumbnail": thumbnail,
        "bw": bw,
        "transpose": transpose,
        "one-pass": one_pass,
    },
)
