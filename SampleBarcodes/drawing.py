"""Draws symbols with zint, lays them on paper, damages them and writes rare PNG and PGM forms."""

import random
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps


# Symbols, drawn by zint.

def zint(kind, text, *options, scale=2, border=24):
    """A symbol in black on white, a module `scale` pixels wide, with a quiet zone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "symbol.png"
        subprocess.run(
            ["zint", f"--barcode={kind}", f"--scale={scale / 2}", *options, "-o", str(path),
             "-d", text],
            check=True, capture_output=True)
        with Image.open(path) as image:
            return ImageOps.expand(image.convert("L"), border=border, fill=255)


def ean(text, **options):
    return zint("EANX", text, **options)


def qr(text, level=2, scale=8, options=()):
    return zint("QRCODE", text, f"--secure={level}", *options, scale=scale)


def wrong_check_digit():
    """The bars of 4012345000061 with the last digit drawn as 4, which zint refuses to draw."""
    left = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111",
            "0111011", "0110111", "0001011"]
    parity = "LGLLGG"
    bits = "101"
    for digit, side in zip("012345", parity):
        code = left[int(digit)]
        if side == "G":
            code = "".join("1" if bit == "0" else "0" for bit in code)[::-1]
        bits += code
    bits += "01010"
    for digit in "000064":
        bits += "".join("1" if bit == "0" else "0" for bit in left[int(digit)])
    bits += "101"
    image = Image.new("L", (len(bits) * 2 + 48, 180), 255)
    draw = ImageDraw.Draw(image)
    for at, bit in enumerate(bits):
        if bit == "1":
            draw.rectangle([24 + 2 * at, 24, 25 + 2 * at, 155], fill=0)
    return image


# Surroundings and damage.

def paper(size, seed, low=185, high=245):
    """A smooth, uneven background, like paper or a shelf under a lamp."""
    dice = random.Random(seed)
    small = Image.new("L", (6, 5))
    small.putdata([dice.randint(low, high) for _ in range(30)])
    return small.resize(size, Image.BICUBIC)


def place(canvas, symbol, at):
    canvas = canvas.copy()
    canvas.paste(symbol, at)
    return canvas


def on_paper(symbol, seed, margin=60):
    size = (symbol.width + 2 * margin, symbol.height + 2 * margin)
    return place(paper(size, seed), symbol, (margin, margin))


def turned(image, degrees, fill=225):
    return image.rotate(degrees, Image.BICUBIC, expand=True, fillcolor=fill)


def noisy(image, sigma, seed):
    dice = random.Random(seed)
    pixels = bytes(
        max(0, min(255, round(value + dice.gauss(0, sigma)))) for value in image.tobytes())
    return Image.frombytes("L", image.size, pixels)


def contrast(image, black, white):
    return image.point([black + value * (white - black) // 255 for value in range(256)])


def shadow(image, darkest):
    """Darkens the picture towards its lower right, with a hard edge across the middle."""
    width, height = image.size
    mask = Image.new("L", image.size, 255)
    draw = ImageDraw.Draw(mask)
    draw.polygon(
        [(width * 2 // 5, 0), (width, 0), (width, height), (width * 3 // 5, height)],
        fill=darkest)
    return ImageChops.multiply(image, mask.filter(ImageFilter.GaussianBlur(3)))


def perspective(image, shrink):
    """Seen from the left: the right side is lower by `shrink` of the height."""
    width, height = image.size
    inset = height * shrink
    corners = [(0, 0), (width, inset), (width, height - inset), (0, height)]
    source = [(0, 0), (width, 0), (width, height), (0, height)]
    return image.transform(
        image.size, Image.PERSPECTIVE, coefficients(corners, source), Image.BICUBIC,
        fillcolor=225)


def coefficients(target, source):
    """Solves the eight numbers of a perspective that maps target corners to source corners."""
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column])]
    return [row[8] for row in rows]


def texture(size, seed):
    """Looks like a photograph of gravel: noise of several sizes, no code."""
    dice = random.Random(seed)
    image = Image.new("L", size, 128)
    for step, weight in ((4, 0.5), (11, 0.5), (37, 0.4)):
        small = Image.new("L", (size[0] // step + 2, size[1] // step + 2))
        small.putdata([dice.randint(0, 255) for _ in range(small.width * small.height)])
        image = Image.blend(image, small.resize(size, Image.BICUBIC), weight)
    return image


# Files that Pillow does not write.

def chunk(name, body):
    checked = name + body
    return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(width, height, depth, colour, interlace, body, *side):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(side)
            + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b""))


def interlaced(image):
    """Adam7, which Pillow does not write."""
    width, height = image.size
    pixels = image.load()
    body = bytearray()
    for x0, y0, dx, dy in (
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
            (0, 1, 1, 2)):
        if x0 >= width:
            continue
        for y in range(y0, height, dy):
            body.append(0)
            body.extend(pixels[x, y] for x in range(x0, width, dx))
    return png(width, height, 8, 0, 1, bytes(body))


def deep(image):
    width, height = image.size
    rows = image.tobytes()
    body = bytearray()
    for y in range(height):
        body.append(0)
        for value in rows[y * width:(y + 1) * width]:
            body += bytes([value, 0x5A])
    return png(width, height, 16, 0, 0, bytes(body))


def plain_map(image):
    values = list(image.tobytes())
    lines = [" ".join(map(str, values[i:i + 17])) for i in range(0, len(values), 17)]
    header = f"P2\n# made by make-samples\n{image.width} {image.height}\n255\n"
    return (header + "\n".join(lines) + "\n").encode()
