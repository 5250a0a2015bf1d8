"""Makes the HDR photos that GainMapTest reads, by CIPA DC-007, Adobe's Gain Map 1.0 and ISO 21496-1, with Pillow 9.4:
python3 make.py"""
import io
import struct
from pathlib import Path

from PIL import Image

XMP = b"http://ns.adobe.com/xap/1.0/\0"
ISO = b"urn:iso:std:iso:ts:21496:-1\0"
RDF = ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
       '<rdf:Description rdf:about="" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" %s</rdf:Description></rdf:RDF>'
       '</x:xmpmeta>')
CONTAINER = ('xmlns:Container="http://ns.google.com/photos/1.0/container/" '
             'xmlns:Item="http://ns.google.com/photos/1.0/container/item/" hdrgm:Version="1.0"><Container:Directory>'
             '<rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/>'
             '</rdf:li><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" '
             'Item:Length="%d"/></rdf:li></rdf:Seq></Container:Directory>')
ATTRIBUTES = ('hdrgm:Version="1.0" hdrgm:GainMapMin="-0.5" hdrgm:GainMapMax="2.25" hdrgm:Gamma="1.5" '
              'hdrgm:OffsetSDR="0.015625" hdrgm:OffsetHDR="0.015625" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="2.3" '
              'hdrgm:BaseRenditionIsHDR="False">')
COLOURS = ('hdrgm:Version="1.0" hdrgm:HDRCapacityMax="3">'
           '<hdrgm:GainMapMin><rdf:Seq><rdf:li>0</rdf:li><rdf:li>0.1</rdf:li><rdf:li>0.2</rdf:li></rdf:Seq></hdrgm:GainMapMin>'
           '<hdrgm:GainMapMax>\n<rdf:Seq>\n<rdf:li>1</rdf:li>\n<rdf:li>2</rdf:li>\n<rdf:li>3</rdf:li>\n</rdf:Seq>\n'
           '</hdrgm:GainMapMax><hdrgm:Gamma>0.8</hdrgm:Gamma>')


def ramp(mode, width, height):
    picture = Image.new(mode, (width, height))
    for y in range(height):
        for x in range(width):
            value = (x * 255 // width, y * 255 // height, (x + y) % 256)
            picture.putpixel((x, y), value if mode == "RGB" else value[0] // 2 + value[1] // 3)
    return picture


def jpeg(picture, segments, **how):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90, **how)
    data = file.getvalue()
    return data[:20] + b"".join(segments) + data[20:]


def segment(marker, payload):
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def iso_metadata(channels):
    """ISO 21496-1, annex C: versions, flags, headrooms, then minimum, maximum, gamma and offsets of each channel."""
    head = struct.pack(">HHB", 0, 0, 0x80 if channels == 3 else 0) + struct.pack(">IIII", 0, 1, 3, 1)
    return head + channels * struct.pack(">iIiIIIiIiI", 0, 1, 3, 1, 1, 1, 1, 64, 1, 64)


def index(primary_length, map_length, offset):
    return (b"MPF\0II*\0" + struct.pack("<IH", 8, 3)
            + struct.pack("<HHI4s", 0xB000, 7, 4, b"0100") + struct.pack("<HHII", 0xB001, 4, 1, 2)
            + struct.pack("<HHII", 0xB002, 7, 32, 50) + struct.pack("<I", 0)
            + struct.pack("<IIIHH", 0x030000, primary_length, 0, 0, 0) + struct.pack("<IIIHH", 0, map_length, offset, 0, 0))


def photo(name, picture, gain_map, xmp, iso, exif=b""):
    own = ([segment(0xE1, XMP + (RDF % xmp).encode())] if xmp else []) + ([segment(0xE2, ISO + iso)] if iso else [])
    second = jpeg(gain_map, own)
    segments = [segment(0xE1, exif)] if exif else []
    segments += [segment(0xE1, XMP + (RDF % (CONTAINER % len(second))).encode())] if xmp else []
    segments += [segment(0xE2, ISO + bytes(4))] if iso else []
    length = len(jpeg(picture, segments + [segment(0xE2, index(0, 0, 0))]))
    origin = 20 + sum(map(len, segments)) + 8
    first = jpeg(picture, segments + [segment(0xE2, index(length, len(second), length - origin))])
    Path(name).write_bytes(first + second)


ORIENTATION_6 = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"

photo("xmp.jpg", ramp("RGB", 64, 48), ramp("L", 32, 24), ATTRIBUTES, b"")
photo("xmp-and-iso-in-colour.jpg", ramp("RGB", 64, 48), ramp("RGB", 32, 24), COLOURS, iso_metadata(3))
photo("iso.jpg", ramp("RGB", 64, 48), ramp("L", 32, 24), "", iso_metadata(1))
photo("portrait.jpg", ramp("RGB", 64, 48), ramp("L", 32, 24), ATTRIBUTES, iso_metadata(1), ORIENTATION_6)
photo("odd-sizes.jpg", ramp("RGB", 61, 47), ramp("L", 31, 24), ATTRIBUTES, b"")
