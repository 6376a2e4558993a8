/// Big-endian bytes of fixed-width integers, as every hashed or signed layout of Tote has them.
extension FixedWidthInteger {
    public var bigEndianBytes: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }

    /// The integer of exactly `MemoryLayout<Self>.size` bytes, else `nil`.
    public init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count == MemoryLayout<Self>.size else { return nil }
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}
