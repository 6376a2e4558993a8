"""Benchmarks/run decoding [DIR]: all engines on one corpus of photographs, in one process and one
thread, interleaved picture by picture; thread CPU time, the best of some rounds (COR-5)."""

import argparse
import csv
import gc
import json
from pathlib import Path

import numpy
from PIL import Image

from engines import PlainZBar, Tote, ZBarImg, ZXing, milliseconds
from words import Progress, hush, markdown

EAN = {"EAN-13", "EAN-13+addon", "EAN-8", "UPC-A", "UPC-A+addon", "UPC-E"}
DEFAULTS = "zxing-cpp"
BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared/data/barcode-photos"


def main():
    options = arguments()
    hush()
    photos = [photo for photo in manifest(options.folder) if options.only in photo["path"]]
    tote = Tote(options.library)
    inner = [tote, ZXing(DEFAULTS), ZXing("zxing-cpp, our formats", ZXing.FORMATS), PlainZBar()]
    outer = [] if options.quick else [ZBarImg()]
    lines = measure(options, photos, tote, inner, outer)
    if options.results:
        write(options.results, lines)
    names = [engine.name for engine in inner + outer]
    print(report(names, lines))
    print(ratios(lines))
    print(misreads(names if options.misreads else ["Tote"], lines))


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run decoding", description=__doc__)
    parser.add_argument("folder", nargs="?", metavar="DIR", default=BESIDE_THE_REPOSITORY,
                        help="a folder with manifest.csv (barcodes-decoding 1.6)")
    parser.add_argument("--rounds", type=int, default=3, help="time is the best of these (3)")
    parser.add_argument("--only", default="", metavar="TEXT", help="pictures whose path holds TEXT")
    parser.add_argument("--quick", action="store_true", help="without zbarimg")
    parser.add_argument("--misreads", action="store_true", help="list those of every engine")
    parser.add_argument("--results", metavar="FOLDER",
                        help="keep a file an engine for Tests/vectors photos --results")
    parser.add_argument("--library", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def manifest(folder):
    path = Path(folder) / "manifest.csv"
    if not path.is_file():
        raise SystemExit(f"{path} is not there; name the folder of a corpus")
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tier"] != "extra"]
    return [
        {"path": row["path"], "symbology": row["symbology"], "tier": row["tier"],
         "expected": row["expected"], "also": [text for text in row["also"].split("|") if text]}
        for row in rows]


def measure(options, photos, tote, inner, outer):
    """A line for each engine and photo: answers, verdict, ms."""
    progress = Progress(len(photos))
    lines = []
    gc.disable()
    for index, photo in enumerate(photos):
        progress.show(photo["path"])
        path = Path(options.folder) / photo["path"]
        load(path, tote, inner)
        best = {engine.name: float("inf") for engine in inner}
        # One round unmeasured where nothing is warm yet; each picture begins with another engine.
        for round in range(options.rounds + (index == 0)):
            for turn in range(len(inner)):
                engine = inner[(index + turn) % len(inner)]
                taken = milliseconds(engine)
                if index > 0 or round > 0:
                    best[engine.name] = min(best[engine.name], taken)
        results = [(engine.name, engine.answers(), best[engine.name]) for engine in inner]
        results += [(engine.name, *engine.run(str(path))) for engine in outer]
        for name, answers, taken in results:
            verdict = tote.judge(photo, answers)
            lines.append({"engine": name, "photo": photo, "answers": answers, "ms": taken,
                          "read": verdict["read"], "misreads": verdict["misreads"]})
    progress.end()
    return lines


def load(path, tote, engines):
    pixels = numpy.array(Image.open(path).convert("L"))
    for engine in engines:
        if engine is tote:
            tote.load_file(path.read_bytes())
        else:
            engine.load(pixels)


def of(lines, engine, tiers=("retail",), symbologies=None):
    return [line for line in lines
            if line["engine"] == engine and line["photo"]["tier"] in tiers
            and (symbologies is None or line["photo"]["symbology"] in symbologies)]


def share(lines):
    return 100 * sum(line["read"] for line in lines) / len(lines) if lines else 0


def wrong(lines):
    return sum(bool(line["misreads"]) for line in lines)


def quantile(lines, per_mille):
    """As Tests/vectors takes it."""
    times = sorted(line["ms"] for line in lines)
    return times[min(len(times) - 1, len(times) * per_mille // 1000)] if times else 0


def report(names, lines):
    header = ["engine", "retail read %", "EAN/UPC read %", "misread pictures", "of negatives read",
              "of partial read", "median ms", "p95 ms", "negatives median ms"]
    rows = []
    for name in names:
        retail, negative = of(lines, name), of(lines, name, ["negative"])
        rows.append([
            name, f"{share(retail):.1f}", f"{share(of(lines, name, symbologies=EAN)):.1f}",
            str(wrong(retail)), str(wrong(negative)),
            str(wrong(of(lines, name, ["partial", "unsupported"]))),
            f"{quantile(retail, 500):.2f}", f"{quantile(retail, 950):.2f}",
            f"{quantile(negative, 500):.2f}"])
    counts = [len(of(lines, names[0], [tier])) for tier in ["retail", "negative"]]
    note = (f"{counts[0]} retail photographs, {counts[1]} without a code. Thread CPU time of the "
            "decoding alone, frame in memory;\nzbarimg: user and system time of a process a "
            "picture, once, start and loading included, so no peer in time.")
    return f"{markdown([header, *rows])}\n{note}\n"


def ratios(lines):
    """Figures beside their goals (COR-6)."""
    ours, theirs = of(lines, "Tote"), of(lines, DEFAULTS)
    empty = of(lines, "Tote", ["negative"])
    plain = of(lines, PlainZBar.name, ["negative"])
    if not ours or not empty:
        return ""
    goals = [
        ("retail read, %", share(ours), ">=", 93),
        ("EAN/UPC read, %", share(of(lines, "Tote", symbologies=EAN)), ">=", 90),
        ("misread pictures, against zxing-cpp", wrong(ours), "<=", wrong(theirs)),
        ("negatives read", wrong(empty), "<=", 0),
        ("median, of zxing-cpp's", quantile(ours, 500) / quantile(theirs, 500), "<=", 1),
        ("p95, of zxing-cpp's", quantile(ours, 950) / quantile(theirs, 950), "<=", 1),
        ("negatives' median, of plain zbar's", quantile(empty, 500) / quantile(plain, 500), "<=", 3),
    ]
    rows = [["goal", "Tote", "wanted", ""]]
    for name, value, sign, wanted in goals:
        met = value >= wanted if sign == ">=" else value <= wanted
        rows.append([name, f"{value:.2f}", f"{sign} {wanted}", "met" if met else "missed"])
    return markdown(rows) + "\n"


def misreads(names, lines):
    found = [line for line in lines if line["misreads"] and line["engine"] in names]
    return "\n".join(
        f"misread by {line['engine']}: {line['photo']['path']} ({line['photo']['tier']}), expected "
        f"{line['photo']['expected']!r}: "
        + ", ".join(f"{answer['symbology']} {answer['text']!r}" for answer in line["misreads"])
        for line in found)


def write(folder, lines):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name in {line["engine"] for line in lines}:
        with open(Path(folder) / f"{name}.jsonl", "w", encoding="utf-8") as file:
            for line in lines:
                if line["engine"] == name:
                    result = {"path": line["photo"]["path"], "answers": line["answers"],
                              "microseconds": int(1000 * line["ms"])}
                    file.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
