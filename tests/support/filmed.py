"""Pictures of what a browser shows on a journey, taken where the environment names a folder for them."""

import io
import os
from pathlib import Path

from PIL import Image

FOLDER = "PICTURES"
QUALITY, LARGEST = 72, 120_000  # of WebP, and bytes


def film(visitor, name):
    """Keep what stands in the window as a WebP of this name."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return
    path = Path(folder) / f"{name}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled"))) as picture:
        picture.save(path, quality=QUALITY, method=6)
    assert path.stat().st_size <= LARGEST
