@preconcurrency import CQREncode

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a text is no QR code: it is too long for the largest symbol.
public struct QRError: Error, Hashable, Sendable {
    public let bytes: Int

    public var message: String { "A text of \(bytes) bytes does not fit a QR code." }
}

/// A QR code (ISO/IEC 18004) of error correction level L, made by libqrencode.
///
/// Text of the alphanumeric set, as all Base45 is, is encoded in that mode as one run: 153
/// characters of a pass fit version 5 (CODE-4). All else is bytes.
public struct QRSymbol: Hashable, Sendable {
    /// 1…40.
    public let version: Int
    /// Modules a side, without quiet zone: 17 + 4 · version.
    public let side: Int
    private let dark: [Bool]

    /// - Throws: `QRError` when the text does not fit version 40.
    public init(text: String) throws(QRError) {
        let bytes = Array(text.utf8)
        guard let symbol = Self.encode(bytes) else { throw QRError(bytes: bytes.count) }
        self = symbol
    }

    private init(version: Int, side: Int, dark: [Bool]) {
        self.version = version
        self.side = side
        self.dark = dark
    }

    /// False outside the symbol: the quiet zone is light.
    public func isDark(x: Int, y: Int) -> Bool {
        (0..<side).contains(x) && (0..<side).contains(y) && dark[y * side + x]
    }

    private static let alphanumeric = Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    private static func encode(_ bytes: [UInt8]) -> QRSymbol? {
        guard !bytes.isEmpty, let input = QRinput_new2(0, QR_ECLEVEL_L) else { return nil }
        defer { QRinput_free(input) }
        let mode = bytes.allSatisfy(alphanumeric.contains) ? QR_MODE_AN : QR_MODE_8
        guard QRinput_append(input, mode, Int32(clamping: bytes.count), bytes) == 0,
            let code = QRcode_encodeInput(input)
        else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        guard let data = code.pointee.data, side > 0 else { return nil }
        let modules = UnsafeBufferPointer(start: data, count: side * side)
        return QRSymbol(
            version: Int(code.pointee.version), side: side, dark: modules.map { $0 & 1 == 1 })
    }
}
