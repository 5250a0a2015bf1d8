"""The function draft as one writes it with Flask and Pillow: python3 flask_draft.py PORT."""

import io
import sys

from flask import Flask, Response, request
from PIL import Image

app = Flask(__name__)


@app.post("/")
def draft():
    image = Image.open(io.BytesIO(request.get_data()))
    image.draft("L", (100, 100))
    out = io.BytesIO()
    image.save(out, format="JPEG")
    return Response(out.getvalue(), content_type="image/jpeg")


app.run(host="127.0.0.1", port=int(sys.argv[1]))
