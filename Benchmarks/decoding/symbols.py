"""Symbols of each symbology with texts of their own, drawn by the program zint, module by module."""

import random
import string
import subprocess
import tempfile
from pathlib import Path

import numpy
from PIL import Image

MASTER = 8  # px a module in the drawing
QUIET = 12  # modules of white around it

# zint's name and options; linear codes of like height.
KINDS = {
    "EAN-13": ("EANX", ["--height=40"]),
    "EAN-8": ("EANX", ["--height=40"]),
    "UPC-A": ("UPCA", ["--height=40"]),
    "UPC-E": ("UPCE", ["--height=40"]),
    "Code 128": ("CODE128", ["--height=40"]),
    "Code 39": ("CODE39", ["--height=40"]),
    "ITF-14": ("ITF14", ["--height=40"]),
    "Codabar": ("CODABAR", ["--height=40"]),
    "DataBar": ("DBAR_OMN", []),
    "DataBar Expanded": ("DBAR_EXP", []),
    "QR": ("QRCODE", ["--secure=2"]),
}
# As the manifest of the photographs names them, by which the rules judge.
CORPUS_NAMES = {
    "Code 128": "Code128", "Code 39": "Code39", "ITF-14": "ITF",
    "DataBar Expanded": "DataBarExpanded",
}


def symbol(kind, seed):
    """The picture, 0 ink and 1 paper, MASTER px a module, and what it says as a `photo`."""
    given, expected = texts(kind, random.Random(f"{kind} {seed}"))
    name, options = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "symbol.png"
        subprocess.run(
            ["zint", f"--barcode={name}", f"--scale={MASTER // 2}", "--notext", *options,
             "-o", str(path), "-d", given], check=True, capture_output=True)
        with Image.open(path) as image:
            pixels = numpy.asarray(image.convert("L"), dtype=numpy.uint8)
    bars = numpy.pad(cut(pixels), QUIET * MASTER, constant_values=255)
    return bars, {"path": f"{kind} {seed}", "symbology": CORPUS_NAMES.get(kind, kind),
                  "tier": "retail", "expected": expected, "also": []}


def cut(pixels):
    """Without the white around."""
    rows = numpy.flatnonzero((pixels < 128).any(axis=1))
    columns = numpy.flatnonzero((pixels < 128).any(axis=0))
    return pixels[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def texts(kind, dice):
    """What zint is given, and what must be read."""
    def digits(count):
        return "".join(dice.choice(string.digits) for _ in range(count))

    if kind == "EAN-13":
        return checked("4" + digits(11))
    if kind == "EAN-8":
        return checked("4" + digits(6))
    if kind == "UPC-A":
        return checked("0" + digits(10))
    if kind == "UPC-E":
        # Last digit 5 to 9: maker of five digits, article 00005 to 00009.
        body = "".join(dice.choice("123456789") for _ in range(5)) + dice.choice("56789")
        check = checked("0" + body[:5] + "0000" + body[5])[1][-1]
        return "0" + body, "0" + body + check
    if kind == "ITF-14":
        return checked("1" + digits(12))
    if kind == "Codabar":
        text = "A" + digits(10) + "B"
        return text, text
    if kind == "DataBar":
        given, gtin = checked("9" + digits(12))
        return given, "01" + gtin
    if kind == "DataBar Expanded":
        gtin, weight = checked("9" + digits(12))[1], digits(6)
        return f"[01]{gtin}[3103]{weight}", f"01{gtin}3103{weight}"
    if kind == "QR":
        text = f"https://id.example.org/01/{checked('0' + digits(12))[1]}"
        return text, text
    count = 8 if kind == "Code 39" else 12
    text = "".join(dice.choice(string.ascii_uppercase + string.digits) for _ in range(count))
    return text, text


def checked(body):
    """The digits, and the digits with their check digit (GS1 General Specifications 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1)
                for place, digit in enumerate(reversed(body)))
    return body, body + str(-total % 10)
