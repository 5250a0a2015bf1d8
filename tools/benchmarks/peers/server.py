"""The original's stack: Flask behind waitress, the operations by Pillow, all in one process; server.py says where it listens."""
import io

try:
    import flask
    import PIL
    import waitress
    from PIL import Image
except ImportError as error:
    raise SystemExit(f"missing: {error.name} (apt-get install python3-flask python3-waitress python3-pil)")


def draft(image):
    image.draft("L", (100, 100))
    return image


def thumbnail(image):
    image.thumbnail((128, 128))
    return image


OPERATIONS = {
    "draft": draft,
    "thumbnail": thumbnail,
    "bw": lambda image: image.convert("L"),
    "transpose": lambda image: image.transpose(Image.ROTATE_180),
}
app = flask.Flask(__name__)


@app.post("/function/<name>")
def function(name):
    image = OPERATIONS[name](Image.open(io.BytesIO(flask.request.get_data())))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue(), 200, {"Content-Type": "application/octet-stream"}


server = waitress.create_server(app, host="127.0.0.1", port=0)
version = __import__("importlib.metadata").metadata.version
print(f"Flask {version('flask')}, waitress {version('waitress')}, Pillow {PIL.__version__}", flush=True)
print(f"http://127.0.0.1:{server.effective_port}", flush=True)
server.run()
