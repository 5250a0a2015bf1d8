"""Small matrix profiles (ICC.1:2001-04), built byte by byte so that they carry nobody's copyright."""
import struct

D50 = (0.9642, 1.0, 0.8249)


def wide_gamut():
    """Colorants of a wide gamut (those of the 1998 RGB space for print work) and gamma 2.2."""
    colorants = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
    return profile("Wide gamut sample", colorants, curve([563 / 256]))


def srgb():
    """sRGB (IEC 61966-2-1) with its curve as a table."""
    colorants = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
    return profile("sRGB IEC61966-2.1", colorants, curve([srgb_to_linear(i / 1023) * 65535 for i in range(1024)]))


def srgb_to_linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def profile(name, colorants, transfer):
    tags = {b"desc": description(name), b"cprt": text("No copyright, use freely"), b"wtpt": xyz(D50)}
    tags |= {tag: xyz(value) for tag, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants)}
    tags |= {tag: transfer for tag in (b"rTRC", b"gTRC", b"bTRC")}
    start = 128 + 4 + 12 * len(tags)
    table, body, placed = struct.pack(">L", len(tags)), b"", {}
    for tag, content in tags.items():
        if content not in placed:
            placed[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sLL", tag, placed[content], len(content))
    return header(start + len(body)) + table + body


def header(size):
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    start = struct.pack(">L4sL4s4s4s12s4s", size, bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ", date, b"acsp")
    return start.ljust(68, b"\0") + numbers(D50) + bytes(48)


def numbers(values):
    return b"".join(struct.pack(">l", round(v * 65536)) for v in values)


def xyz(values):
    return b"XYZ " + bytes(4) + numbers(values)


def text(content):
    return b"text" + bytes(4) + content.encode() + b"\0"


def description(name):
    content = name.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">L", len(content)) + content + bytes(4 + 4 + 2 + 1 + 67)


def curve(values):
    return b"curv" + bytes(4) + struct.pack(f">L{len(values)}H", len(values), *(round(v) for v in curve_units(values)))


def curve_units(values):
    """A single value is a gamma in 8.8 fixed point, several are samples already in 0 to 65535."""
    return [values[0] * 256] if len(values) == 1 else values
