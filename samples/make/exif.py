"""EXIF blocks, built byte by byte (EXIF 2.32 section 4.6; TIFF 6.0 section 2)."""
import struct

HEADER = b"Exif\0\0"
ORIENTATION, GPS_POINTER = 0x0112, 0x8825
THUMBNAIL_OFFSET, THUMBNAIL_LENGTH = 0x0201, 0x0202
ASCII, SHORT, LONG = 2, 3, 4
FIRST_DIRECTORY = 8


def block(orientation=None, big_endian=False, gps=False, thumbnail=b"", endless=False):
    """The content of an APP1 segment; `endless` makes the directory's chain lead back to itself."""
    order = ">" if big_endian else "<"
    count = (orientation is not None) + gps
    gps_at = FIRST_DIRECTORY + directory_bytes(count)
    thumbnail_directory_at = gps_at + (directory_bytes(2) if gps else 0)
    thumbnail_at = thumbnail_directory_at + directory_bytes(2)

    entries = []
    if orientation is not None:
        entries.append((ORIENTATION, SHORT, 1, orientation))
    if gps:
        entries.append((GPS_POINTER, LONG, 1, gps_at))
    following = FIRST_DIRECTORY if endless else thumbnail_directory_at if thumbnail else 0
    body = directory(order, entries, following)
    if gps:
        # GPSLatitudeRef "N" and GPSLongitudeRef "E": enough to show whether the block was dropped
        body += directory(order, [(1, ASCII, 2, b"N\0\0\0"), (3, ASCII, 2, b"E\0\0\0")], 0)
    if thumbnail:
        where = [(THUMBNAIL_OFFSET, LONG, 1, thumbnail_at), (THUMBNAIL_LENGTH, LONG, 1, len(thumbnail))]
        body += directory(order, where, 0) + thumbnail
    mark = b"MM" if big_endian else b"II"
    return HEADER + mark + struct.pack(order + "HL", 42, FIRST_DIRECTORY) + body


def directory_bytes(count):
    return 2 + 12 * count + 4


def directory(order, entries, following):
    packed = b"".join(entry(order, *e) for e in entries)
    return struct.pack(order + "H", len(entries)) + packed + struct.pack(order + "L", following)


def entry(order, tag, kind, count, value):
    if isinstance(value, bytes):
        content = value
    elif kind == SHORT:
        content = struct.pack(order + "HH", value, 0)
    else:
        content = struct.pack(order + "L", value)
    return struct.pack(order + "HHL", tag, kind, count) + content
