public import Crypto
public import TotePayments
public import ToteValues

/// The 38 signed bytes of a frame code (`exits.md` CODE-1).
public struct PurposePayload: Hashable, Sendable {
    public static let length = 38

    public var kind: FrameKind
    public var keyNumber: UInt8
    public var identifier: Bytes16
    public var store: UInt32
    /// Unix seconds.
    public var issuedAt: UInt32
    public var ttlSeconds: UInt16
    public var basketHash: BasketHash
    public var basis: PassBasis
    /// 0…9999.
    public var pieces: Int

    public init(
        kind: FrameKind, keyNumber: UInt8, identifier: Bytes16, store: UInt32, issuedAt: UInt32,
        ttlSeconds: UInt16, basketHash: BasketHash, basis: PassBasis, pieces: Int
    ) {
        self.kind = kind
        self.keyNumber = keyNumber
        self.identifier = identifier
        self.store = store
        self.issuedAt = issuedAt
        self.ttlSeconds = ttlSeconds
        self.basketHash = basketHash
        self.basis = basis
        self.pieces = pieces
    }

    public var bytes: [UInt8] {
        let last = UInt16(basis.rawValue) << 14 | UInt16(clamping: min(max(pieces, 0), 9999))
        return [kind.rawValue, keyNumber] + identifier.bytes + store.bigEndianBytes
            + issuedAt.bigEndianBytes + ttlSeconds.bigEndianBytes + basketHash.bytes
            + last.bigEndianBytes
    }

    /// `nil` unless there are 38 bytes of a frame kind. Pieces above 9999 are read as they are.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.length, let kind = FrameKind(rawValue: bytes[0]),
            let identifier = Bytes16(bytes[2..<18]),
            let store = UInt32(bigEndianBytes: bytes[18..<22]),
            let issuedAt = UInt32(bigEndianBytes: bytes[22..<26]),
            let ttl = UInt16(bigEndianBytes: bytes[26..<28]),
            let basket = BasketHash(bytes: bytes[28..<36]),
            let last = UInt16(bigEndianBytes: bytes[36..<38]),
            let basis = PassBasis(rawValue: UInt8(last >> 14))
        else { return nil }
        self.init(
            kind: kind, keyNumber: bytes[1], identifier: identifier, store: store,
            issuedAt: issuedAt, ttlSeconds: ttl, basketHash: basket, basis: basis,
            pieces: Int(last & 0x3FFF))
    }
}

/// The kinds that share the frame of CODE-1.
public enum FrameKind: UInt8, CaseIterable, Sendable {
    case exitPass = 0x01
    case tillHandOver = 0x02
    case spotCheck = 0x03

    public var codeKind: CodeKind {
        switch self {
        case .exitPass: .exitPass
        case .tillHandOver: .tillHandOver
        case .spotCheck: .spotCheck
        }
    }

    /// Name of the signature domain and of the key's purpose.
    public var domainName: String {
        switch self {
        case .exitPass: "exit-pass"
        case .tillHandOver: "till-hand-over"
        case .spotCheck: "spot-check"
        }
    }

    /// Seconds that a code of this kind may last.
    public var ttlRange: ClosedRange<UInt16> {
        switch self {
        case .exitPass: 120...1800
        case .tillHandOver: 60...3600
        case .spotCheck: 60...1800
        }
    }

    /// Seconds, where the store sets nothing else.
    public var defaultTTL: UInt16 { self == .exitPass ? 600 : 900 }
}

/// Why somebody may leave; two bits of the frame.
public enum PassBasis: UInt8, CaseIterable, Sendable {
    case captured = 0
    case offlineAccepted = 1
    case nothingBought = 2
    /// The bit pattern that no pass may have.
    case refused = 3

    public var name: String { "\(self)" }
}

/// A frame code: payload and Ed25519 signature (RFC 8032), 102 bytes, 153 characters of Base45
/// (CODE-2).
public struct PurposeCode: Hashable, Sendable {
    public static let length = 102

    public let payload: PurposePayload
    /// 64 bytes.
    public let signature: [UInt8]

    /// Signs with the key of this purpose.
    public init(signing payload: PurposePayload, with key: Curve25519.Signing.PrivateKey) throws {
        self.payload = payload
        signature = Array(try key.signature(for: Self.signedBytes(payload, as: payload.kind)))
    }

    /// `nil` unless there are 102 bytes of a frame kind. The signature is not checked here.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.length,
            let payload = PurposePayload(bytes: Array(bytes.prefix(PurposePayload.length)))
        else { return nil }
        self.payload = payload
        signature = Array(bytes.dropFirst(PurposePayload.length))
    }

    public var bytes: [UInt8] { payload.bytes + signature }
    public var text: String { Base45.encode(bytes) }

    /// Over the domain of the purpose; a reader passes its own purpose, never the code's.
    func isSigned(as kind: FrameKind, by key: Curve25519.Signing.PublicKey) -> Bool {
        key.isValidSignature(signature, for: Self.signedBytes(payload, as: kind))
    }

    private static func signedBytes(_ payload: PurposePayload, as kind: FrameKind) -> [UInt8] {
        signatureDomain(kind.domainName) + payload.bytes
    }
}
