/// An identifier of sixteen bytes whose text is 32 lowercase hexadecimal digits (SYNC-1).
public protocol Identifier16: Hashable, Comparable, Sendable, CustomStringConvertible {
    var raw: Bytes16 { get }
    init(_ raw: Bytes16)
}

extension Identifier16 {
    public var bytes: [UInt8] { raw.bytes }
    public var text: String { Hex.encode(raw.bytes) }
    public var description: String { text }

    /// Strict: 32 lowercase hexadecimal digits, else `nil`.
    public init?(text: some StringProtocol) {
        guard let bytes = Hex.decode(text), let raw = Bytes16(bytes) else { return nil }
        self.init(raw)
    }

    /// `nil` unless there are exactly sixteen bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let raw = Bytes16(bytes) else { return nil }
        self.init(raw)
    }

    public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// An identifier of eight bytes whose text is 16 lowercase hexadecimal digits (SYNC-1).
public protocol Identifier8: Hashable, Comparable, Sendable, CustomStringConvertible {
    var raw: UInt64 { get }
    init(_ raw: UInt64)
}

extension Identifier8 {
    public var bytes: [UInt8] { raw.bigEndianBytes }
    public var text: String { Hex.encode(raw.bigEndianBytes) }
    public var description: String { text }

    /// Strict: 16 lowercase hexadecimal digits, else `nil`.
    public init?(text: some StringProtocol) {
        guard let bytes = Hex.decode(text), let raw = UInt64(bigEndianBytes: bytes) else {
            return nil
        }
        self.init(raw)
    }

    /// `nil` unless there are exactly eight bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let raw = UInt64(bigEndianBytes: bytes) else { return nil }
        self.init(raw)
    }

    public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// One installation; a guest trip draws its own (GUEST-1).
public struct DeviceID: Identifier16 {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }

    /// Device 0, under which the store writes its own operations (`cart-sync.md` section 2).
    public static let store = DeviceID(Bytes16(high: 0, low: 0))
}

/// Hash of one operation (SYNC-5) or of a log prefix (SYNC-6).
public struct LogHash: Identifier16 {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }
}

/// A settlement, derived from cart and ordinal (SYNC-56, IDM-1).
public struct SettlementID: Identifier16 {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }
}

/// One shopper's wish to close a cart; a repeat gets the first answer again (SYNC-56).
public struct CloseID: Identifier16 {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }
}

/// One intent of a host, so that a repeat only returns the first result (SYNC-16).
public struct IntentID: Identifier16 {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }
}

/// One life of a device file in one cart (SYNC-2).
public struct Incarnation: Identifier8 {
    public let raw: UInt64
    public init(_ raw: UInt64) { self.raw = raw }
}

/// One lineage of a store's database (SYNC-60).
public struct Epoch: Identifier8 {
    public let raw: UInt64
    public init(_ raw: UInt64) { self.raw = raw }
}

/// A shopping trip's cart: UUIDv7 (RFC 9562), carry-over carts UUIDv8. Text is a lowercase UUID.
public struct CartID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }

    public var bytes: [UInt8] { raw.bytes }
    public var description: String { text }

    public var text: String {
        var digits = Array(Hex.encode(raw.bytes))
        for position in [20, 16, 12, 8] { digits.insert("-", at: position) }
        return String(digits)
    }

    /// Strict: lowercase, hyphens at 8, 13, 18 and 23, version 7 or 8, else `nil`.
    public init?(text: some StringProtocol) {
        let ascii = Array(text.utf8)
        let hyphens = [8, 13, 18, 23]
        guard ascii.count == 36, hyphens.allSatisfy({ ascii[$0] == 0x2D }),
            ascii[14] == 0x37 || ascii[14] == 0x38
        else { return nil }
        let digits = ascii.enumerated().filter { !hyphens.contains($0.offset) }.map(\.element)
        guard let bytes = Hex.decode(String(decoding: digits, as: UTF8.self)),
            let raw = Bytes16(bytes)
        else { return nil }
        self.init(raw)
    }

    /// `nil` unless there are exactly sixteen bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let raw = Bytes16(bytes) else { return nil }
        self.init(raw)
    }

    public static func < (left: CartID, right: CartID) -> Bool { left.raw < right.raw }
}

/// The version of a price book, positive and growing (`offers.md` section 4).
public typealias BookVersion = Int64
