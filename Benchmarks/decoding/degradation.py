"""Benchmarks/run degradation: how much damage each engine bears, symbology by symbology. A
threshold is the strongest damage up to which at least 9 of 10 symbols are read; all engines see the
same pictures, to two strengths beyond the last that anyone reads. Writes a table and a chart."""

import argparse
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from chart import chart
from damage import DAMAGES, View
from engines import PlainZBar, Tote, ZXing, milliseconds
from symbols import KINDS, symbol
from words import Progress, hush

HERE = Path(__file__).parent
WANTED = 0.9
BEYOND = 2  # strengths shown after the last that anyone reads


@dataclass
class Tally:
    """What one engine made of all pictures."""
    pictures: int = 0
    wrong: list = field(default_factory=list)
    seconds: float = 0.0


def main():
    options = arguments()
    hush()
    began = time.monotonic()
    tote = Tote(options.library)
    engines = [tote, PlainZBar(), ZXing("zxing-cpp")]
    names = [engine.name for engine in engines]
    damages = [damage for damage in DAMAGES if options.only in damage.name]
    kinds = [kind for kind in KINDS if options.symbology in kind]
    tally = {name: Tally() for name in names}
    thresholds = {}
    progress = Progress(len(kinds) * len(damages))
    for kind in kinds:
        drawn = [symbol(kind, seed) for seed in range(options.seeds)]
        views = [(View(drawing, zlib.crc32(photo["path"].encode())), photo)
                 for drawing, photo in drawn]
        for damage in damages:
            progress.show(f"{kind}: {damage.name}")
            shares = sweep(views, damage, engines, tote, tally)
            for name in names:
                thresholds[kind, damage.name, name] = threshold(damage, shares[name])
    progress.end()
    text = report(kinds, damages, names, thresholds, tally, options.seeds)
    print(text)
    for words in tally[tote.name].wrong:
        print(f"misread by Tote: {words}")
    print(f"{time.monotonic() - began:.0f} s, decoding "
          + ", ".join(f"{name} {line.seconds:.0f} s" for name, line in tally.items()))
    if not options.only and not options.symbology:
        (options.folder / "DEGRADATION.md").write_text(text, encoding="utf-8")
        (options.folder / "degradation.svg").write_text(
            chart(kinds, damages, names, thresholds), encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run degradation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="symbols of each symbology (20)")
    parser.add_argument("--only", default="", metavar="TEXT", help="damages whose name holds TEXT")
    parser.add_argument("--symbology", default="", metavar="TEXT",
                        help="symbologies whose name holds TEXT; with either nothing is written")
    parser.add_argument("--folder", type=Path, default=HERE, help="where both files go")
    parser.add_argument("--library", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def sweep(views, damage, engines, tote, tally):
    """For each engine the share of symbols read at each strength shown."""
    shares = {engine.name: [] for engine in engines}
    failed = 0
    for strength in damage.strengths:
        reads = dict.fromkeys(shares, 0)
        for view, photo in views:
            pixels = damage.apply(view, strength)
            for engine in engines:
                verdict = look(engine, pixels, photo, tote, tally[engine.name])
                reads[engine.name] += verdict["read"]
                if verdict["misreads"]:
                    tally[engine.name].wrong.append(
                        f"{photo['path']} {damage.name} {strength}: {verdict['misreads']}")
        for name in shares:
            shares[name].append(reads[name] / len(views))
        failed = 0 if max(reads.values()) >= WANTED * len(views) else failed + 1
        if failed >= BEYOND and not damage.is_share:
            break
    return shares


def look(engine, pixels, photo, tote, tally):
    engine.load(pixels)
    tally.pictures += 1
    tally.seconds += milliseconds(engine) / 1000
    return tote.judge(photo, engine.answers())


def threshold(damage, shares):
    """The strongest of the strengths that are read one after the other; None if not even one. Where
    every strength counts: percent of those that are read."""
    passed = [share >= WANTED for share in shares]
    if damage.is_share:
        return round(100 * sum(passed) / len(passed))
    count = passed.index(False) if False in passed else len(passed)
    return damage.strengths[count - 1] if count else None


def report(kinds, damages, names, thresholds, tally, seeds):
    lines = [
        "# How much damage each engine bears", "",
        f"`Benchmarks/run degradation` draws {seeds} symbols of each symbology with zint and "
        "damages them in one way at a time. A figure is",
        "the strongest damage up to which at least 9 of 10 are read; for rotation it is the share "
        "of the angles at which they are. Best in bold.",
        f"Order: {', '.join(names)}. Unless it is what is varied: 3 px a module, ink 35 on paper "
        "215, grain of 2 grey levels.", "", "![chart](degradation.svg)", "",
        "| symbology | " + " | ".join(f"{damage.name}<br>{damage.unit}" for damage in damages)
        + " |",
        "|---|" + "---|" * len(damages)]
    for kind in kinds:
        cells = [cell(damage, [thresholds[kind, damage.name, name] for name in names])
                 for damage in damages]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    lines += ["", "| engine | pictures | wrong reads |", "|---|---:|---:|"]
    lines += [f"| {name} | {line.pictures} | {len(line.wrong)} |" for name, line in tally.items()]
    lines += ["", "All engines see the same pictures, to two strengths beyond the last that anyone "
              "reads. zbar: its plain API,", "density 1, the symbologies of Tote. zxing-cpp 3.1.1: "
              "its defaults. A wrong read is a picture of which any answer was not", "its text, by "
              "the rules that judge the photographs.", ""]
    return "\n".join(lines)


def cell(damage, values):
    order = -1 if damage.strengths[0] > damage.strengths[-1] else 1
    best = max((order * value for value in values if value is not None), default=None)
    words = ["-" if value is None else f"{value:g}" for value in values]
    return " / ".join(
        f"**{word}**" if value is not None and order * value == best else word
        for word, value in zip(words, values))


if __name__ == "__main__":
    main()
