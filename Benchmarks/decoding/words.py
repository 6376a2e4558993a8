"""What is said: tables on standard output, progress on a terminal's standard error."""

import os
import sys


def hush():
    """zbar writes warnings to the file descriptor of standard error; ours goes on elsewhere."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


class Progress:
    def __init__(self, total):
        self.total = total
        self.done = 0
        self.is_shown = sys.stderr.isatty()

    def show(self, name):
        self.done += 1
        if self.is_shown:
            print(f"\r\033[K{self.done} of {self.total}  {name[-60:]}", end="", file=sys.stderr, flush=True)

    def end(self):
        if self.is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def markdown(rows):
    """A table; the first row is its header, numbers stand right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    def line(row):
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        return "| " + " | ".join(cells) + " |"
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":"
            for column, width in enumerate(widths)]
    return "\n".join(line(row) for row in [rows[0], rule, *rows[1:]]) + "\n"
