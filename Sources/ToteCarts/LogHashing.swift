import Crypto
public import ToteValues

/// The hashes of `cart-sync.md` sections 1 and 6: the first sixteen bytes of SHA-256 over a label,
/// a zero byte and big-endian fields.
public enum LogHashing {
    /// SYNC-5. The cart takes no part, so that joining carts renumbers nothing.
    public static func operation(_ dot: Dot, canonicalBody: [UInt8]) -> LogHash {
        LogHash(first16("tote.op.1", dot.bytes + canonicalBody))
    }

    /// SYNC-6: `h[0]`, the hash of a log without entries.
    public static func start(_ cart: CartID) -> LogHash {
        LogHash(first16("tote.cart.1", cart.bytes))
    }

    /// SYNC-6: `h[r]` from `h[r - 1]`.
    public static func step(
        _ previous: LogHash, revision: Int64, operation: LogHash, disposition: Disposition,
        role: Role, priceLock: BookVersion
    ) -> LogHash {
        let fields =
            previous.bytes + revision.bigEndianBytes + operation.bytes
            + [disposition.rawValue, role.rawValue] + priceLock.bigEndianBytes
        return LogHash(first16("tote.log.1", fields))
    }

    public static func step(_ previous: LogHash, _ entry: LogEntry) -> LogHash {
        step(previous, entry, operation: entry.operation.hash)
    }

    /// - Parameter operation: the hash of the entry's operation, where it is known already.
    package static func step(
        _ previous: LogHash, _ entry: LogEntry, operation: LogHash
    ) -> LogHash {
        step(
            previous, revision: entry.revision, operation: operation,
            disposition: entry.disposition, role: entry.role, priceLock: entry.priceLock)
    }

    /// SYNC-56: the set that a close freezes, in byte order of its dots, whatever order is given.
    public static func set(_ dots: [DotUnits]) -> LogHash {
        let fields = dots.sorted { $0.dot < $1.dot }
            .flatMap { $0.dot.bytes + UInt32(truncatingIfNeeded: $0.units).bigEndianBytes }
        return LogHash(first16("tote.set.1", fields))
    }

    /// SYNC-56: the settlement's id; a provider's idempotency keys derive from it.
    public static func settlement(_ cart: CartID, ordinal: Int32) -> SettlementID {
        SettlementID(first16("tote.settle.1", cart.bytes + ordinal.bigEndianBytes))
    }

    /// SYNC-57: the cart of what came too late for the payment, as UUIDv8: the same after any
    /// retry or restore.
    public static func carryOver(_ cart: CartID, ordinal: Int32) -> CartID {
        let raw = first16("tote.carry.1", cart.bytes + ordinal.bigEndianBytes)
        return CartID(
            Bytes16(
                high: raw.high & ~0xF000 | 0x8000,
                low: raw.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
    }

    private static func first16(_ label: String, _ fields: [UInt8]) -> Bytes16 {
        var hash = SHA256()
        hash.update(data: Array(label.utf8) + [0])
        hash.update(data: fields)
        let digest = Array(hash.finalize())
        return Bytes16(first: digest) ?? Bytes16(high: 0, low: 0)
    }
}
