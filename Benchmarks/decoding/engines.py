"""The engines that are compared. Each is loaded with a picture outside the clock, decodes it inside,
and tells its answers outside again, in Tote's names of symbologies."""

import base64
import ctypes
import json
import os
import subprocess
import time
import xml.etree.ElementTree as ElementTree

import zxingcpp


def pgm(pixels):
    """An 8-bit grey array as the bytes of a picture file."""
    height, width = pixels.shape
    return b"P5\n%d %d\n255\n" % (width, height) + pixels.tobytes()


class Tote:
    """This repository's decoder, by its C door; judges all engines too."""
    name = "Tote"

    def __init__(self, library):
        self.door = ctypes.CDLL(library)
        self.door.tote_vectors_open.restype = ctypes.c_void_p
        self.door.tote_vectors_answers.restype = ctypes.c_char_p
        self.door.tote_vectors_judge.restype = ctypes.c_char_p
        for function, arguments in [
            (self.door.tote_vectors_load, [ctypes.c_char_p, ctypes.c_ssize_t]),
            (self.door.tote_vectors_scan, [ctypes.c_char_p, ctypes.c_ssize_t]),
            (self.door.tote_vectors_decode, []),
            (self.door.tote_vectors_answers, []),
            (self.door.tote_vectors_judge, [ctypes.c_char_p, ctypes.c_ssize_t]),
        ]:
            function.argtypes = [ctypes.c_void_p, *arguments]
        self.handle = self.door.tote_vectors_open()
        if not self.handle:
            raise SystemExit("libzbar gives no scanner")

    def load(self, pixels):
        self.load_file(pgm(pixels))

    def load_file(self, data):
        """The bytes of a picture file in any format that Tote takes."""
        if self.door.tote_vectors_load(self.handle, data, len(data)) != 0:
            raise ValueError("Tote refuses the picture")

    def decode(self):
        if self.door.tote_vectors_decode(self.handle) < 0:
            raise ValueError("Tote fails on the picture")

    def scan(self, data):
        """From the bytes of a picture file to its symbols; a broken file gives none."""
        self.door.tote_vectors_scan(self.handle, data, len(data))

    def answers(self):
        return json.loads(self.door.tote_vectors_answers(self.handle))["answers"]

    def judge(self, photo, answers):
        """What the corpus rules say: `read` and `misreads`."""
        request = {"photo": photo, "answers": answers}
        data = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
        verdict = self.door.tote_vectors_judge(self.handle, data, len(data))
        if verdict is None:
            raise ValueError(f"cannot be judged: {request}")
        return json.loads(verdict)


class ZXing:
    """zxing-cpp; `formats` None is its default, which looks for everything it knows."""

    SYMBOLOGIES = {
        "EAN-13": "ean13", "EAN-8": "ean8", "UPC-A": "upcA", "UPC-E": "upcE", "ISBN": "ean13",
        "Code 128": "code128", "Code 39": "code39", "Code 39 Ext": "code39", "Code 39 Std": "code39",
        "ITF": "itf", "ITF-14": "itf", "Codabar": "codabar", "DataBar": "dataBar",
        "DataBar Omni": "dataBar", "DataBar Stacked": "dataBar",
        "DataBar Stacked Omni": "dataBar", "DataBar Limited": "dataBarLimited",
        "DataBar Expanded": "dataBarExpanded", "DataBar Expanded Stacked": "dataBarExpanded",
        "QR Code": "qr", "EAN-2": "ean2", "EAN-5": "ean5",
    }
    FORMATS = ["EAN13", "EAN8", "UPCA", "UPCE", "Code128", "Code39", "ITF", "Codabar", "DataBar",
               "DataBarExp", "QRCode"]

    def __init__(self, name, formats=None):
        self.name = name
        self.options = {"text_mode": zxingcpp.TextMode.Plain}
        if formats:
            known = [getattr(zxingcpp.BarcodeFormat, format) for format in formats]
            self.options["formats"] = zxingcpp.BarcodeFormats(known)
        self.pixels = None
        self.found = []

    def load(self, pixels):
        self.pixels = pixels

    def decode(self):
        self.found = zxingcpp.read_barcodes(self.pixels, **self.options)

    def answers(self):
        return [
            {"symbology": self.SYMBOLOGIES.get(str(code.format), str(code.format)),
             "text": code.text} for code in self.found]


class PlainZBar:
    """zbar's own API: one scanner, density 1, the symbologies of Tote (DEC-1)."""
    name = "plain zbar"

    SYMBOLOGIES = {
        8: "ean8", 9: "upcE", 13: "ean13", 25: "itf", 34: "dataBar", 35: "dataBarExpanded",
        38: "codabar", 39: "code39", 64: "qr", 128: "code128",
    }
    ENABLE, BINARY, X_DENSITY, Y_DENSITY = 0, 4, 0x100, 0x101
    ANY, QR = 0, 64
    Y800 = int.from_bytes(b"Y800", "little")

    def __init__(self):
        self.zbar = ctypes.CDLL("libzbar.so.0")
        for function in ["image_scanner_create", "image_create", "image_first_symbol",
                         "symbol_next", "symbol_get_data"]:
            getattr(self.zbar, "zbar_" + function).restype = ctypes.c_void_p
        self.scanner = ctypes.c_void_p(self.zbar.zbar_image_scanner_create())
        self._set(self.ANY, self.ENABLE, 0)
        for symbology in self.SYMBOLOGIES:
            self._set(symbology, self.ENABLE, 1)
        self._set(self.ANY, self.X_DENSITY, 1)
        self._set(self.ANY, self.Y_DENSITY, 1)
        self._set(self.QR, self.BINARY, 1)
        self.image = None
        self.pixels = None

    def _set(self, symbology, key, value):
        self.zbar.zbar_image_scanner_set_config(self.scanner, symbology, key, value)

    def load(self, pixels):
        if self.image:
            self.zbar.zbar_image_destroy(self.image)
        self.pixels = pixels
        self.image = ctypes.c_void_p(self.zbar.zbar_image_create())
        height, width = pixels.shape
        self.zbar.zbar_image_set_format(self.image, ctypes.c_ulong(self.Y800))
        self.zbar.zbar_image_set_size(self.image, width, height)
        self.zbar.zbar_image_set_data(
            self.image, pixels.ctypes.data_as(ctypes.c_void_p), ctypes.c_ulong(pixels.size), None)

    def decode(self):
        self.zbar.zbar_scan_image(self.scanner, self.image)

    def answers(self):
        found = []
        symbol = self.zbar.zbar_image_first_symbol(self.image)
        while symbol:
            pointer = ctypes.c_void_p(symbol)
            kind = self.zbar.zbar_symbol_get_type(pointer)
            length = self.zbar.zbar_symbol_get_data_length(pointer)
            data = ctypes.string_at(self.zbar.zbar_symbol_get_data(pointer), length)
            found.append({"symbology": self.SYMBOLOGIES.get(kind, str(kind)), "text": text(data)})
            symbol = self.zbar.zbar_symbol_next(pointer)
        return found


class ZBarImg:
    """The program zbarimg, a process a picture, as people use it."""
    name = "zbarimg"

    SYMBOLOGIES = {
        "EAN-13": "ean13", "EAN-8": "ean8", "UPC-A": "upcA", "UPC-E": "upcE", "ISBN-10": "ean13",
        "ISBN-13": "ean13", "EAN-2": "ean2", "EAN-5": "ean5", "CODE-128": "code128",
        "CODE-39": "code39", "I2/5": "itf", "Codabar": "codabar", "DataBar": "dataBar",
        "DataBar-Exp": "dataBarExpanded", "QR-Code": "qr",
    }

    def run(self, path):
        """Its answers and the ms of user and system time of the whole process."""
        output, taken = run(["zbarimg", "--nodbus", "--quiet", "--xml", path])
        return self.parsed(output), taken

    def parsed(self, output):
        if not output.strip():
            return []
        names = {"z": "http://zbar.sourceforge.net/2008/barcode"}
        found = []
        for symbol in ElementTree.fromstring(output).iterfind(".//z:symbol", names):
            data = symbol.find("z:data", names)
            content = data.text or ""
            if data.get("format") == "base64":
                content = text(base64.b64decode(content))
            kind = symbol.get("type")
            found.append({"symbology": self.SYMBOLOGIES.get(kind, kind), "text": content})
        return found


def run(command):
    """A process's standard output, and the ms of user and system time that it took in all."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return output, 1000 * (usage.ru_utime + usage.ru_stime)


def text(data):
    """Bytes as text: UTF-8, else Shift_JIS, else ISO 8859-1, as Tote takes them (DEC-2)."""
    for encoding in ["utf-8", "shift_jis"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return data.decode("latin-1")


def milliseconds(engine):
    """Thread CPU time of one decoding (COR-5)."""
    start = time.thread_time_ns()
    engine.decode()
    return (time.thread_time_ns() - start) / 1e6
