"""Benchmarks/run sync: what the sync of a trip costs and keeps, Tote beside two CRDT libraries.

One trace of a trip of 100 scans on two devices, one of which is offline for a while, is played to
all: bytes both ways, CPU time of all syncs, and the units that are wrong in the end. The peers keep
the cart as their documentation suggests: a map of quantities, and a list of scans. Their protocol
is spared every round trip: both ends know what the other has."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time

import loro
import pycrdt

CODES = [str(4006381300000 + number) for number in range(40)]
ROUNDS = 20


def main():
    options = arguments()
    print(sizes(options.program))
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = ask(options.program, "commits", folder)
    ratio = figures["single"] / figures["together"]
    print(f"\n{figures['writes']} writes of the store together {figures['together'] / 1e6:.2f} ms, "
          f"one after the other {figures['single'] / 1e6:.2f} ms: {ratio:.1f} times (at least 2.5)")
    print("\n" + trips(options))


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/run sync", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first trip (%(default)s)")
    parser.add_argument("--trips", type=int, default=20,
                        help="trips whose wrong units are counted (%(default)s)")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def ask(program, *words, given=None):
    run = subprocess.run([program, *words], input=given, stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit(run.stdout)
    return json.loads(run.stdout)


def table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
             for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def sizes(program):
    """Bytes and rows by the size of the cart, and by the operations pushed."""
    figures = ask(program, "sizes")
    rows = [["one scan into a cart of", "request", "answer", "rows written"]]
    for cart in figures["carts"]:
        rows.append([f"{cart['cartUnits']} units", f"{cart['request']} B",
                     f"{cart['deflated']} B", str(cart["rows"])])
    small, large = figures["carts"]
    ratios = [large[name] / small[name] for name in ("request", "deflated", "rows")]
    rows.append(["ratio (at most 1.1)"] + [f"{ratio:.2f}" for ratio in ratios])
    pushes = [["operations in one push", "request", "at most", "deflated answer", "at most"]]
    for push in figures["pushes"]:
        count = push["operations"]
        pushes.append([str(count), f"{push['request']} B", f"{256 + 140 * count} B",
                       f"{push['deflated']} B", f"{256 + 28 * count} B"])
    return table(rows) + "\n\n" + table(pushes)


def trace(seed):
    """Steps of two devices, and the units that are right in the end."""
    chance = random.Random(seed)
    # Scans (code, units), and voids as numbers of scans; who knows which, as sets of numbers.
    steps, scans, voids = [], [], []
    seen = [(set(), set()), (set(), set())]
    store = (set(), set())

    def sync(device):
        for mine, all_known in zip(seen[device], store):
            all_known.update(mine)
            mine.update(all_known)
        steps.append({"device": device, "sync": True})

    def left(scan, known):
        return max(0, scans[scan][1] - sum(1 for void in known if voids[void] == scan))

    while len(scans) < 100:
        device = chance.randrange(2)
        # A device takes away only what it still sees, whatever the other does meanwhile.
        visible = [scan for scan in sorted(seen[device][0]) if left(scan, seen[device][1])]
        if visible and chance.random() < 0.15:
            voids.append(chance.choice(visible))
            seen[device][1].add(len(voids) - 1)
            steps.append({"device": device, "void": voids[-1]})
        else:
            scans.append((chance.choice(CODES), chance.choice([1, 1, 1, 2, 6])))
            seen[device][0].add(len(scans) - 1)
            steps.append({"device": device, "scan": scans[-1][0], "units": scans[-1][1]})
        offline = device == 1 and 30 <= len(scans) < 60
        if not offline and chance.random() < 0.7:
            sync(device)
    for _ in range(2):
        for device in (0, 1):
            sync(device)
    right = {}
    for scan, (code, _) in enumerate(scans):
        count = left(scan, range(len(voids)))
        if count:
            right[code] = right.get(code, 0) + count
    return {"devices": 2, "steps": steps}, right


def trips(options):
    engines = [("pycrdt, map of quantities", YMap), ("pycrdt, list of scans", YList),
               ("loro, map of quantities", LoroMap), ("loro, list of scans", LoroList)]
    first, _ = trace(options.seed)
    ours, wrong = tote(options.program, first)[0], 0
    lost = {name: [0, 0] for name, _ in engines}
    for seed in range(options.seed, options.seed + options.trips):
        steps, right = trace(seed)
        _, units = tote(options.program, steps)
        wrong += difference(units, right)
        for name, engine in engines:
            units = play(engine, steps)[1]
            lost[name][0] += difference(units, right)
            lost[name][1] += 1
    rows = [["100 scans, two devices", "bytes up", "bytes down", "time of all syncs", "of Tote's",
             f"units wrong in {options.trips} trips"]]
    rows.append(["Tote", str(ours["bytesUp"]), str(ours["bytesDown"]),
                 f"{ours['nanoseconds'] / 1e6:.2f} ms", "1.00", str(wrong)])
    for name, engine in engines:
        (up, down, best), _ = min((play(engine, first) for _ in range(ROUNDS)),
                                  key=lambda one: one[0][2])
        rows.append([name, str(up), str(down), f"{best / 1e6:.2f} ms",
                     f"{best / ours['nanoseconds']:.2f}", str(lost[name][0])])
    return table(rows) + (
        f"\n{ours['syncs']} syncs, CPU time, the best of {ROUNDS} rounds. Tote's bytes carry symbology, "
        "time, book and price of each scan, their order, role\nand price lock; the peers' carry code "
        "and units, and no order that a price or a payment could be held to.")


def tote(program, steps):
    figures = ask(program, "trip", given=json.dumps(steps))
    return figures, figures["units"]


def difference(units, right):
    return sum(abs(units.get(code, 0) - right.get(code, 0)) for code in set(units) | set(right))


def play(engine, trip):
    """((bytes up, bytes down, nanoseconds of syncs), units by code)."""
    store = engine()
    devices = [engine() for _ in range(trip["devices"])]
    scans = []
    up = down = spent = 0
    for step in trip["steps"]:
        device = devices[step["device"]]
        if "scan" in step:
            scans.append((step["scan"], len(scans)))
            device.scan(step["scan"], len(scans) - 1, step["units"])
        elif "void" in step:
            device.void(*scans[step["void"]])
        else:
            start = time.thread_time_ns()
            sent, received = device.sync(store)
            spent += time.thread_time_ns() - start
            up += sent
            down += received
    return (up, down, spent), store.units()


class YDocument:
    def __init__(self):
        self.doc = pycrdt.Doc()

    def sync(self, store):
        mine = self.doc.get_update(store.doc.get_state())
        state = self.doc.get_state()
        store.doc.apply_update(mine)
        theirs = store.doc.get_update(state)
        self.doc.apply_update(theirs)
        return len(mine) + len(state), len(theirs)


class YMap(YDocument):
    def __init__(self):
        super().__init__()
        self.cart = self.doc.get("cart", type=pycrdt.Map)

    def scan(self, code, number, units):
        self.cart[code] = self.cart.get(code, 0) + units

    def void(self, code, number):
        self.cart[code] = max(0, self.cart.get(code, 0) - 1)

    def units(self):
        return {code: int(count) for code, count in self.cart.to_py().items() if count}


class YList(YDocument):
    def __init__(self):
        super().__init__()
        self.cart = self.doc.get("cart", type=pycrdt.Array)

    def scan(self, code, number, units):
        self.cart.append(pycrdt.Map({"code": code, "scan": number, "units": units}))

    def void(self, code, number):
        for index, item in enumerate(self.cart):
            if item["scan"] == number:
                if item["units"] > 1:
                    item["units"] = item["units"] - 1
                else:
                    del self.cart[index]
                return

    def units(self):
        found = {}
        for item in self.cart.to_py():
            found[item["code"]] = found.get(item["code"], 0) + int(item["units"])
        return found


class LoroDocument:
    def __init__(self):
        self.doc = loro.LoroDoc()

    def sync(self, store):
        self.doc.commit()
        mine = self.doc.export(loro.ExportMode.Updates(store.doc.oplog_vv))
        state = self.doc.oplog_vv
        store.doc.import_(mine)
        theirs = store.doc.export(loro.ExportMode.Updates(state))
        self.doc.import_(theirs)
        return len(mine) + len(state.encode()), len(theirs)


class LoroMap(LoroDocument):
    def __init__(self):
        super().__init__()
        self.cart = self.doc.get_map("cart")

    def count(self, code):
        return self.doc.get_deep_value()["cart"].get(code, 0)

    def scan(self, code, number, units):
        self.cart.insert(code, self.count(code) + units)

    def void(self, code, number):
        self.cart.insert(code, max(0, self.count(code) - 1))

    def units(self):
        cart = self.doc.get_deep_value()["cart"]
        return {code: int(count) for code, count in cart.items() if count}


class LoroList(LoroDocument):
    def __init__(self):
        super().__init__()
        self.cart = self.doc.get_list("cart")

    def scan(self, code, number, units):
        item = self.cart.insert_container(len(self.cart), loro.LoroMap())
        item.insert("code", code)
        item.insert("scan", number)
        item.insert("units", units)

    def void(self, code, number):
        for index, item in enumerate(self.doc.get_deep_value()["cart"]):
            if item["scan"] == number:
                if item["units"] > 1:
                    self.cart.get(index).container.insert("units", item["units"] - 1)
                else:
                    self.cart.delete(index, 1)
                return

    def units(self):
        found = {}
        for item in self.doc.get_deep_value()["cart"]:
            found[item["code"]] = found.get(item["code"], 0) + int(item["units"])
        return found


if __name__ == "__main__":
    main()
