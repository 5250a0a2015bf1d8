"""Makes the benchmarks' pictures in a folder, at quality 93, about what cameras write: make_images.py FOLDER."""
import sys
from pathlib import Path

try:
    from PIL import Image
except ImportError:
    raise SystemExit("missing: Pillow (apt-get install python3-pil)")

FOLDER = Path(sys.argv[1])
PHOTOS = Path("/usr/share/backgrounds")
# The one that is made into pictures of every size and kind.
LEAVES = PHOTOS / "Dragonfly_by_Bolly.jpg"
if not LEAVES.exists():
    raise SystemExit("missing: photos (apt-get install lomiri-wallpapers-16.04 lomiri-wallpapers-20.04)")


def make(name, width, height, source=LEAVES, mode="RGB", **options):
    """The middle of a picture in a size."""
    with Image.open(source) as opened:
        photo = opened.convert("RGB")
    across = min(photo.width, photo.height * width / height)
    down = across * height / width
    left, top = (photo.width - across) / 2, (photo.height - down) / 2
    picture = photo.resize((width, height), Image.LANCZOS, box=(left, top, left + across, top + down))
    picture.convert(mode).save(FOLDER / f"{name}.jpg", quality=93, **options)


for width, height in ((320, 240), (640, 427), (641, 479), (800, 600), (1280, 853), (1920, 1080), (3000, 2000), (4032, 3024)):
    make(f"{width}x{height}", width, height)
for width, height in ((640, 427), (3000, 2000), (4032, 3024)):
    make(f"{width}x{height}-progressive", width, height, progressive=True)
make("1920x1080-422", 1920, 1080, subsampling=1)
make("1920x1080-444", 1920, 1080, subsampling=0)
make("1920x1080-grey", 1920, 1080, mode="L")
make("1920x1080-restart", 1920, 1080, restart_marker_rows=1)
if b"\xff\xdd" not in (FOLDER / "1920x1080-restart.jpg").read_bytes():
    (FOLDER / "1920x1080-restart.jpg").unlink()
    print("There is no picture with restart intervals, which Pillow writes since 10.2.")
make("3360x2100-map-progressive", 3360, 2100, FOLDER / "3360x2100-map.jpg", progressive=True)

for name, photo in (
    ("mountains", "picosdeeuropa_by_Aitzol_Berasategi"),
    ("stream", "life_by_Aitzol_Berasategi"),
    ("sunset", "sunset_by_Aitzol_Berasategi"),
    ("dandelions", "seeding_by_Clements_Engelhardt"),
    ("bird", "Kleiber_by_Lukas_Baubkus"),
    ("night", "Infinite-Sea_by_Aury88"),
):
    make(f"3000x2000-{name}", 3000, 2000, PHOTOS / f"{photo}.jpg")
make("2000x3000-dogs", 2000, 3000, PHOTOS / "friends_by_Aitzol_Berasategi.jpg")
make("2000x3000-room", 2000, 3000, PHOTOS / "Wine_by_Jakkub_Mede.jpg")
for shown in ("screenshot", "text"):
    if (FOLDER / f"{shown}.png").exists():
        make(f"3000x2000-{shown}", 3000, 2000, FOLDER / f"{shown}.png")
