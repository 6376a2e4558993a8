/// Names one operation for ever: device, incarnation, sequence (`cart-sync.md` section 1).
/// Text form `device.incarnation.sequence`.
public struct Dot: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let device: DeviceID
    public let incarnation: Incarnation
    /// 1, 2, 3 … without gaps in a stream.
    public let sequence: UInt64

    public init(device: DeviceID, incarnation: Incarnation, sequence: UInt64) {
        self.device = device
        self.incarnation = incarnation
        self.sequence = sequence
    }

    public var stream: Stream { Stream(device: device, incarnation: incarnation) }
    public var text: String { "\(device.text).\(incarnation.text).\(sequence)" }
    public var description: String { text }

    /// Sixteen, eight and eight bytes.
    public var bytes: [UInt8] { device.bytes + incarnation.bytes + sequence.bigEndianBytes }

    /// Strict: three parts, no sign, no leading zero, sequence ≥ 1.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let device = DeviceID(text: parts[0]),
            let incarnation = Incarnation(text: parts[1]),
            let sequence = DecimalText.unsigned(parts[2]), sequence > 0
        else { return nil }
        self.init(device: device, incarnation: incarnation, sequence: sequence)
    }

    public static func < (left: Dot, right: Dot) -> Bool {
        (left.device, left.incarnation, left.sequence)
            < (right.device, right.incarnation, right.sequence)
    }
}

/// The operations of one device in one incarnation, numbered without gaps.
public struct Stream: Hashable, Comparable, Sendable {
    public let device: DeviceID
    public let incarnation: Incarnation

    public init(device: DeviceID, incarnation: Incarnation) {
        self.device = device
        self.incarnation = incarnation
    }

    public static func < (left: Stream, right: Stream) -> Bool {
        (left.device, left.incarnation) < (right.device, right.incarnation)
    }
}

/// How much of the store's log a device has seen. Text form `epoch.revision.hash`.
public struct Cursor: Hashable, Sendable, CustomStringConvertible {
    public let epoch: Epoch
    /// 1, 2, 3 … without gaps per cart; 0 before the first entry.
    public let revision: Int64
    public let hash: LogHash

    public init(epoch: Epoch, revision: Int64, hash: LogHash) {
        self.epoch = epoch
        self.revision = revision
        self.hash = hash
    }

    public var text: String { "\(epoch.text).\(revision).\(hash.text)" }
    public var description: String { text }

    /// Strict: three parts, no sign, no leading zero.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let epoch = Epoch(text: parts[0]),
            let number = DecimalText.unsigned(parts[1]), let revision = Int64(exactly: number),
            let hash = LogHash(text: parts[2])
        else { return nil }
        self.init(epoch: epoch, revision: revision, hash: hash)
    }
}

/// Decimal digits 0x30–0x39 without sign or leading zero, and nothing else.
public enum DecimalText {
    public static func unsigned(_ text: some StringProtocol) -> UInt64? {
        let digits = Array(text.utf8)
        guard !digits.isEmpty, digits.count <= 20, digits.allSatisfy({ (0x30...0x39) ~= $0 }),
            digits.count == 1 || digits[0] != 0x30
        else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self))
    }
}
