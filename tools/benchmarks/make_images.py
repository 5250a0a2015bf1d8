"""Makes the benchmark's pictures from one photo of at least 12 megapixels: make_images.py PHOTO FOLDER."""
import os
import sys

try:
    from PIL import Image
except ImportError:
    raise SystemExit("missing: Pillow (apt-get install python3-pil)")

if len(sys.argv) != 3:
    raise SystemExit(__doc__)
try:
    source = Image.open(sys.argv[1]).convert("RGB")
except OSError as error:
    raise SystemExit(error)
if source.width < 4032 or source.height < 2988:
    raise SystemExit(f"{sys.argv[1]} has {source.width} x {source.height} pixels: take one of 4032 x 2988 or more")
os.makedirs(sys.argv[2], exist_ok=True)


def make(name, width, height, mode="RGB", **options):
    """The middle of the photo in a size, at quality 93: about what cameras write."""
    across = min(source.width, source.height * width / height)
    down = across * height / width
    left, top = (source.width - across) / 2, (source.height - down) / 2
    picture = source.resize((width, height), Image.LANCZOS, box=(left, top, left + across, top + down))
    picture.convert(mode).save(os.path.join(sys.argv[2], name + ".jpg"), quality=93, **options)


make("640x427", 640, 427)
make("641x479", 641, 479)
make("1920x1080", 1920, 1080)
make("1920x1080-422", 1920, 1080, subsampling=1)
make("1920x1080-444", 1920, 1080, subsampling=0)
make("1920x1080-grey", 1920, 1080, mode="L")
make("3000x2000", 3000, 2000)
make("3000x2000-progressive", 3000, 2000, progressive=True)
make("4032x3024", 4032, 3024)
make("4032x3024-progressive", 4032, 3024, progressive=True)
make("3360x2100-map", 3360, 2100)
for name, width, height in (("640x427", 640, 427), ("641x479", 641, 479), ("3360x2100-map", 3360, 2100)):
    make(name + "-progressive", width, height, progressive=True)
