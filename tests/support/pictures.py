"""Pictures as browsers send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 60), (30, 60, 200), (255, 255, 255)


def picture(size=(1200, 800), format="JPEG", color="#6a3fa0"):
    file = BytesIO()
    Image.new("RGB", size, color).save(file, format)
    return SimpleUploadedFile(f"still.{format.lower()}", file.getvalue())


def quarters(size=(64, 48), mode="RGB"):
    """Red and green above, blue and white below."""
    image = Image.new("RGB", size, RED)
    draw, (width, height) = ImageDraw.Draw(image), size
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    draw.rectangle((width // 2, height // 2, width, height), WHITE)
    return image.convert(mode)


def file_of(image, format="PNG", **options):
    target = BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def close(colours, expected, distance=40):
    return all(
        sum(abs(a - b) for a, b in zip(*pair, strict=True)) <= distance
        for pair in zip(colours, expected, strict=True)
    )
