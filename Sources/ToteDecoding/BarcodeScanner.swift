// The door to libzbar; no pointer of it leaves this file.
//
// zbar keeps halves of EAN and parts of DataBar from one picture to the next: a scanner that is
// used again counts other votes for the same picture and may join halves of two pictures. Making
// one takes 5 µs, so every look gets its own.

import CZBar
package import ToteValues

package struct BarcodeScanner {
    /// What zbar looks for, and how closely.
    package struct Settings: Hashable, Sendable {
        package var symbologies: Set<Symbology>
        /// Every how many columns and rows a scan line runs; 0: none that way.
        package var columns: Int32
        package var rows: Int32

        package init(symbologies: Set<Symbology>, columns: Int32, rows: Int32) {
            self.symbologies = symbologies
            self.columns = columns
            self.rows = rows
        }
    }

    static let shortestSide = 8

    private static let kinds: [(symbology: Symbology, type: zbar_symbol_type_t)] = [
        (.ean13, ZBAR_EAN13), (.ean8, ZBAR_EAN8), (.upcE, ZBAR_UPCE), (.code128, ZBAR_CODE128),
        (.code39, ZBAR_CODE39), (.itf, ZBAR_I25), (.codabar, ZBAR_CODABAR),
        (.dataBar, ZBAR_DATABAR), (.dataBarExpanded, ZBAR_DATABAR_EXP), (.qr, ZBAR_QRCODE),
        (AddOnReader.two, ZBAR_EAN2), (AddOnReader.five, ZBAR_EAN5),
    ]
    private let settings: Settings

    package init(_ settings: Settings) {
        self.settings = settings
    }

    /// `0.23.92`.
    static let version: String = {
        var major: UInt32 = 0
        var minor: UInt32 = 0
        var patch: UInt32 = 0
        zbar_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }()

    /// zbar trusts the sizes it is given, `GreyImage` guarantees them (DEC-6).
    package func scan(_ image: GreyImage) throws(DecodingError) -> [Find] {
        guard min(image.width, image.height) >= Self.shortestSide else { return [] }
        let scanner = try makeScanner()
        defer { zbar_image_scanner_destroy(scanner) }
        guard let picture = zbar_image_create() else { throw .scannerUnavailable }
        defer { zbar_image_destroy(picture) }
        zbar_image_set_format(picture, Self.y800)
        zbar_image_set_size(picture, UInt32(image.width), UInt32(image.height))
        let count = image.pixels.withUnsafeBytes { pixels in
            zbar_image_set_data(picture, pixels.baseAddress, UInt(pixels.count), nil)
            // The borrow ends with this closure: zbar must not hold the pixels any longer.
            defer { zbar_image_set_data(picture, nil, 0, nil) }
            return zbar_scan_image(scanner, picture)
        }
        guard count >= 0 else { throw .badFrame }
        return Self.finds(in: picture).compactMap { Code128Check.checked($0, on: image) }
    }

    /// Throws `scannerUnavailable` if libzbar gives no scanner.
    func check() throws(DecodingError) {
        zbar_image_scanner_destroy(try makeScanner())
    }

    private func makeScanner() throws(DecodingError) -> OpaquePointer {
        guard let scanner = zbar_image_scanner_create() else { throw .scannerUnavailable }
        func set(_ type: zbar_symbol_type_t, _ setting: zbar_config_t, _ value: Int32) {
            zbar_image_scanner_set_config(scanner, type, setting, value)
        }
        zbar_image_scanner_enable_cache(scanner, 0)
        // All off first: some symbologies are on by default and invent add-ons (DEC-1).
        set(ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        for kind in Self.kinds where settings.symbologies.contains(kind.symbology) {
            set(kind.type, ZBAR_CFG_ENABLE, 1)
        }
        set(ZBAR_NONE, ZBAR_CFG_X_DENSITY, settings.columns)
        set(ZBAR_NONE, ZBAR_CFG_Y_DENSITY, settings.rows)
        set(ZBAR_NONE, ZBAR_CFG_POSITION, 1)
        set(ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, 0)
        set(ZBAR_QRCODE, ZBAR_CFG_BINARY, 1)
        return scanner
    }

    private static let y800 = "Y800".utf8.reversed().reduce(UInt(0)) { $0 << 8 | UInt($1) }

    private static func finds(in picture: OpaquePointer) -> [Find] {
        var finds: [Find] = []
        var next = zbar_image_first_symbol(picture)
        while let symbol = next {
            if let find = find(symbol) { finds.append(find) }
            next = zbar_symbol_next(symbol)
        }
        return finds
    }

    private static func find(_ symbol: OpaquePointer) -> Find? {
        let type = zbar_symbol_get_type(symbol)
        guard let kind = kinds.first(where: { $0.type == type }),
            let data = zbar_symbol_get_data(symbol)
        else { return nil }
        let length = Int(zbar_symbol_get_data_length(symbol))
        let bytes = UnsafeRawBufferPointer(start: data, count: length).map { $0 }
        let modifiers = zbar_symbol_get_modifiers(symbol)
        return Find(
            symbology: kind.symbology, bytes: bytes,
            isGS1: modifiers & (1 << ZBAR_MOD_GS1.rawValue) != 0,
            isAIM: modifiers & (1 << ZBAR_MOD_AIM.rawValue) != 0,
            votes: max(1, Int(zbar_symbol_get_quality(symbol))), points: points(of: symbol),
            orientation: degrees(zbar_symbol_get_orientation(symbol)))
    }

    private static func points(of symbol: OpaquePointer) -> [PicturePoint] {
        (0..<zbar_symbol_get_loc_size(symbol)).map { index in
            PicturePoint(
                x: Double(zbar_symbol_get_loc_x(symbol, index)),
                y: Double(zbar_symbol_get_loc_y(symbol, index)))
        }
    }

    private static func degrees(_ orientation: zbar_orientation_t) -> Int? {
        let quarters = Int(orientation.rawValue)
        return (0...3).contains(quarters) ? 90 * quarters : nil
    }
}

extension BarcodeScanner.Settings {
    private static let linear: Set<Symbology> = [
        .ean13, .ean8, .upcE, .code128, .code39, .itf, .codabar, .dataBar, .dataBarExpanded,
    ]
    private static let all = linear.union([.qr])

    /// Every fourth line only, without the two symbologies that a few lines misread (DEC-3).
    package static let sparse = Self(
        symbologies: all.subtracting([.itf, .code39]), columns: 4, rows: 4)
    package static let full = Self(symbologies: all, columns: 1, rows: 1)
    /// Upright bars: no line runs along them.
    package static let lines = Self(symbologies: linear, columns: 0, rows: 1)
    /// Nothing but add-ons: beside the other symbologies they are invented (DEC-1, DEC-4).
    static let addOns = Self(
        symbologies: [AddOnReader.two, AddOnReader.five], columns: 1, rows: 1)
}
