"""One kind of damage at a time, from a clean drawing to what a camera hands over. All of it is
seeded: the same symbol at the next strength has the same grain and the same place on the pixels."""

import math
from dataclasses import dataclass

import numpy
from PIL import Image
from scipy import ndimage

from symbols import MASTER

MODULE = 3.0  # px a module, unless the damage is the resolution
FINE = 3  # samples a px in each direction
INK, PAPER = 35, 215
GRAIN = 2.0  # grey levels, in every picture
DISTANCE = 4  # from the camera, widths of the symbol


@dataclass
class Damage:
    name: str
    unit: str
    strengths: list  # weakest first
    apply: object  # (View, strength) -> grey levels as floats
    is_share: bool = False  # every strength counts, not the first that fails


class View:
    """A drawing before the camera."""

    def __init__(self, drawing, seed):
        self.drawing = drawing
        self.dice = numpy.random.default_rng(seed)
        self.shift = self.dice.random(2)
        self.grain_seed = int(self.dice.integers(1 << 32))
        self.flat = None

    def plain(self):
        """Square before the camera at MODULE px a module."""
        if self.flat is None:
            self.flat = self.at()
        return self.flat

    def at(self, module=MODULE, degrees=0.0, tilt=0.0):
        """Turned by degrees, then its right side turned away by `tilt` degrees."""
        height, width = self.drawing.shape
        scale = module / MASTER
        corners = [(x * scale, y * scale) for x, y in corner_points(width, height)]
        seen = [project(x, y, degrees, tilt, DISTANCE * width * scale) for x, y in corners]
        left, top = min(x for x, _ in seen), min(y for _, y in seen)
        placed = [(x - left + self.shift[0], y - top + self.shift[1]) for x, y in seen]
        size = [math.ceil(max(axis)) + 1 for axis in zip(*placed)]
        image = Image.fromarray(self.drawing).transform(
            [FINE * side for side in size], Image.PERSPECTIVE,
            coefficients([(FINE * x, FINE * y) for x, y in placed],
                         [(x + width / 2, y + height / 2) for x, y in corner_points(width, height)]),
            Image.BILINEAR, fillcolor=255)
        white = numpy.asarray(image.reduce(FINE), dtype=numpy.float32) / 255
        return INK + (PAPER - INK) * white

    def taken(self, grey, grain=GRAIN):
        """With the grain of a sensor, in 8 bit."""
        noise = numpy.random.default_rng(self.grain_seed).standard_normal(grey.shape)
        return numpy.clip(numpy.rint(grey + grain * noise), 0, 255).astype(numpy.uint8)


def corner_points(width, height):
    return [(x, y) for x, y in [(-width / 2, -height / 2), (width / 2, -height / 2),
                                (width / 2, height / 2), (-width / 2, height / 2)]]


def project(x, y, degrees, tilt, distance):
    turn, away = math.radians(degrees), math.radians(tilt)
    x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
    depth = 1 + x * math.sin(away) / distance
    return x * math.cos(away) / depth, y / depth


def coefficients(targets, sources):
    """The eight numbers by which Pillow finds the source of a target pixel."""
    rows, values = [], []
    for (x, y), (u, v) in zip(targets, sources):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return numpy.linalg.solve(numpy.array(rows), numpy.array(values)).tolist()


def blurred(view, modules):
    return view.taken(ndimage.gaussian_filter(view.plain(), modules * MODULE, mode="nearest"))


def shaken(view, modules):
    """Moved across the bars while the shutter was open."""
    path = modules * MODULE
    whole = int(path)
    weights = numpy.ones(whole + 2)
    weights[[0, -1]] = (path - whole) / 2
    return view.taken(
        ndimage.convolve1d(view.plain(), weights / weights.sum(), axis=1, mode="nearest"))


def faint(view, levels):
    """Ink and paper only some grey levels apart."""
    middle = (INK + PAPER) / 2
    return view.taken(middle + (view.plain() - middle) * levels / (PAPER - INK))


def shaded(view, share):
    """Light that falls off evenly from the left side to the right."""
    grey = view.plain()
    return view.taken(grey * numpy.linspace(1, 1 - share, grey.shape[1], dtype=numpy.float32))


DAMAGES = [
    Damage("blur", "sigma, modules",
           [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0, 1.1, 1.2, 1.4],
           blurred),
    Damage("motion", "modules",
           [0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0, 3.5, 4.0], shaken),
    Damage("noise", "sigma, grey levels",
           [10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100, 120, 140],
           lambda view, sigma: view.taken(view.plain(), sigma)),
    Damage("contrast", "grey levels left",
           [120, 80, 60, 50, 40, 35, 30, 25, 20, 18, 16, 14, 12, 10, 8, 6],
           faint),
    Damage("resolution", "px a module",
           [2.5, 2.0, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6],
           lambda view, module: view.taken(view.at(module=module))),
    Damage("perspective", "degrees of tilt",
           [20, 30, 40, 45, 50, 55, 60, 65, 70, 75, 80],
           lambda view, tilt: view.taken(view.at(tilt=tilt))),
    Damage("shade", "% of the light lost",
           [40, 60, 70, 80, 85, 90, 92, 94, 96, 98, 99],
           lambda view, percent: shaded(view, percent / 100)),
    Damage("rotation", "% of 0°, 5° … 90° read", list(range(0, 95, 5)),
           lambda view, degrees: view.taken(view.at(degrees=degrees)), is_share=True),
]
