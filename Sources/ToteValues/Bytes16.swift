/// Sixteen bytes, compared and ordered as bytes.
public struct Bytes16: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The first sixteen bytes of `bytes`; `nil` when there are fewer.
    public init?(first bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(16))
        guard let high = UInt64(bigEndianBytes: head.prefix(8)),
            let low = UInt64(bigEndianBytes: head.dropFirst(8))
        else { return nil }
        self.init(high: high, low: low)
    }

    /// `nil` unless there are exactly sixteen bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.init(first: bytes)
    }

    public var bytes: [UInt8] { high.bigEndianBytes + low.bigEndianBytes }

    public static func < (left: Bytes16, right: Bytes16) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
