"""The operations of peers that have a class Picture: both wands."""
from protocol import dimensions


def operations(picture):
    def draft(data):
        width, height = dimensions(data)
        scale = max(s for s in (1, 2, 4, 8) if s <= max(1, min(width // 100, height // 100)))
        return picture(data, (-(-width // scale), -(-height // scale))).grey().jpeg()

    return {
        "draft": draft,
        "thumbnail": lambda box, data: picture(data, (2 * box, 2 * box)).fitted(box).jpeg(),
        "bw": lambda data: picture(data).grey().jpeg(),
        "transpose": lambda data: picture(data).rotated().jpeg(),
        "one-pass": lambda data: picture(data, (256, 256)).fitted(128).grey().rotated().jpeg(),
    }
