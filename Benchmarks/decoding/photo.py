"""Benchmarks/run photo [--command]: photographs of 12 megapixels, from the file to the text, Tote
against zbarimg and zxing-cpp. The photographs are drawn, always the same: a pack on gravel with
print and a table of lines, the code near, far, or not there."""

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engines import Tote, ZBarImg, ZXing, run
from words import hush, markdown

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY / "SampleBarcodes"))
import drawing  # noqa: E402 the tools that drew the sample pictures

SIZE = (4000, 3000)
CODE = "4012345000139"
# What, px a module (0: no code), degrees, px of blur.
PICTURES = [
    ("near, turned 7°", 12, 7, 1.5),
    ("arm's length, turned 4°", 7, 4, 1.5),
    ("far, turned 10°", 4, 10, 1.0),
    ("blurred, turned 3°", 7, 3, 4.0),
    ("no code", 0, 5, 1.5),
]


def main():
    options = arguments()
    hush()
    rows = [["photograph", "engine", "read", "ms", "of zbarimg's"]]
    with tempfile.TemporaryDirectory() as folder:
        for seed, (name, module, degrees, blur) in enumerate(PICTURES):
            path = options.keep / f"{seed}.jpg" if options.keep else Path(folder) / f"{seed}.jpg"
            photograph(module, degrees, blur, seed).save(path, quality=88)
            rows += measure(name, path, options)
    print(markdown(rows))
    print("CPU time, user and system, the best of 3 rounds in turn. zbarimg and `tote scan` are "
          "processes, start included;\nTote is the library from the bytes of the file to the text, "
          "zxing-cpp the same with Pillow loading.")


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run photo", description=__doc__)
    parser.add_argument("--command", action="store_true",
                        help="time `tote scan --json` too, built before by Benchmarks/run start")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the photographs there")
    parser.add_argument("--library", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.program = REPOSITORY / "Benchmarks/.build/release/tote"
    if options.command and not options.program.is_file():
        raise SystemExit("tote is not built for release yet: Benchmarks/run start 1")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    return options


def measure(name, path, options):
    tote, zxing, zbarimg = Tote(options.library), ZXing("zxing-cpp"), ZBarImg()
    engines = {
        "Tote": lambda: clocked(lambda: from_file(tote, path)),
        "zxing-cpp": lambda: clocked(lambda: with_pillow(zxing, path)),
        "zbarimg": lambda: zbarimg.run(str(path)),
    }
    if options.command:
        engines["tote scan --json"] = lambda: command(options.program, path)
    best = {engine: ([], float("inf")) for engine in engines}
    gc.disable()
    for _ in range(3):
        for engine, work in engines.items():
            answers, taken = work()
            best[engine] = (answers, min(taken, best[engine][1]))
    gc.enable()
    base = best["zbarimg"][1]
    return [
        [name, engine, ", ".join(answer["text"] for answer in answers) or "-", f"{taken:.0f}",
         f"{taken / base:.2f}"] for engine, (answers, taken) in best.items()]


def clocked(work):
    start = time.process_time_ns()
    answers = work()
    return answers, (time.process_time_ns() - start) / 1e6


def from_file(tote, path):
    tote.scan(path.read_bytes())
    return tote.answers()


def with_pillow(zxing, path):
    with Image.open(path) as image:
        zxing.load(numpy.array(image.convert("L")))
    zxing.decode()
    return zxing.answers()


def command(program, path):
    output, taken = run([str(program), "scan", "--json", str(path)])
    found = []
    for line in output.splitlines():
        found += json.loads(line).get("symbols", [])
    return found, taken


def photograph(module, degrees, blur, seed):
    scene = drawing.texture(SIZE, 100 + seed).convert("RGB")
    front = pack(module, seed)
    mask = Image.new("L", front.size, 255).rotate(degrees, Image.BICUBIC, expand=True)
    front = front.rotate(degrees, Image.BICUBIC, expand=True)
    scene.paste(front, ((SIZE[0] - front.width) // 2, (SIZE[1] - front.height) // 2), mask)
    seen = numpy.asarray(scene.filter(ImageFilter.GaussianBlur(blur)), dtype=numpy.float32)
    # A lamp at the upper left, and the noise of a sensor.
    light = numpy.linspace(1.05, 0.75, SIZE[0], dtype=numpy.float32)[None, :, None]
    grain = numpy.random.default_rng(seed).standard_normal(seen.shape, dtype=numpy.float32) * 5
    return Image.fromarray(numpy.clip(seen * light + grain, 0, 255).astype(numpy.uint8))


def pack(module, seed):
    """The back of a pack: a name, lines of print, a table, and the code at the lower right."""
    dice = random.Random(seed)
    front = Image.new("RGB", (2600, 2000), (225, 205, 165))
    draw = ImageDraw.Draw(front)
    draw.rectangle([0, 0, 2600, 420], fill=(150, 30, 40))
    draw.text((120, 90), "Wholegrain bread", font=ImageFont.load_default(220), fill="white")
    words = ["wheat", "rye", "water", "salt", "yeast", "barley", "malt", "sesame", "oats"]
    for line in range(14):
        text = ", ".join(dice.choice(words) for _ in range(7))
        draw.text((120, 520 + 62 * line), text, font=ImageFont.load_default(44), fill=(40, 30, 30))
    for line in range(9):
        draw.line([120, 1430 + 55 * line, 1150, 1430 + 55 * line], fill=(60, 50, 50), width=5)
    for column in [120, 700, 1150]:
        draw.line([column, 1430, column, 1870], fill=(60, 50, 50), width=5)
    if module:
        symbol = drawing.ean(CODE, scale=module, border=11 * module).convert("RGB")
        front.paste(symbol, (2520 - symbol.width, 1920 - symbol.height))
    return front


if __name__ == "__main__":
    main()
