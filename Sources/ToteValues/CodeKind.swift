/// The first byte of every code that Tote makes, with its exact length (`exits.md` CODE-1, CODE-5).
/// A kind byte, a signature domain and a key of its own keep one purpose from passing as another.
public enum CodeKind: UInt8, CaseIterable, Sendable {
    case exitPass = 0x01
    case tillHandOver = 0x02
    case spotCheck = 0x03
    case membershipCredential = 0x11
    case credentialPresentation = 0x12
    case statusList = 0x13
    case signInHandOver = 0x21
    case cartJoin = 0x22
    case checkIn = 0x31

    /// Bytes, signature included.
    public var length: Int {
        switch self {
        case .exitPass, .tillHandOver, .spotCheck: 102
        case .membershipCredential: 128
        case .credentialPresentation: 209
        case .statusList: 8269
        case .signInHandOver: 97
        case .cartJoin: 21
        case .checkIn: 79
        }
    }

    /// The name in `domain(x)` of its signature; `nil` for the unsigned cart join.
    public var signatureDomain: String? {
        switch self {
        case .exitPass: "exit-pass"
        case .tillHandOver: "till-hand-over"
        case .spotCheck: "spot-check"
        case .membershipCredential: "member"
        case .credentialPresentation: "present"
        case .statusList: "status"
        case .signInHandOver: "handover"
        case .cartJoin: nil
        case .checkIn: "checkin"
        }
    }

    public var purpose: CodePurpose {
        switch self {
        case .exitPass: .exitPass
        case .tillHandOver: .tillHandOver
        case .spotCheck: .spotCheck
        case .membershipCredential, .credentialPresentation, .statusList: .member
        case .signInHandOver: .signInHandOver
        case .cartJoin: .cartJoin
        case .checkIn: .checkIn
        }
    }

    /// The kind of a Base45 text with exactly that kind's length; `nil` for any other text.
    public static func kind(ofText text: String) -> CodeKind? {
        guard let bytes = Base45.decode(text), let first = bytes.first,
            let kind = CodeKind(rawValue: first), bytes.count == kind.length
        else { return nil }
        return kind
    }
}

/// What a code is for (PUR-1). Each code has exactly one.
public enum CodePurpose: String, CaseIterable, Sendable {
    case product, measuredProduct, coupon, member, giftCard, voucher, checkIn, exitPass
    case tillHandOver, spotCheck, signInHandOver, cartJoin, configuration, logistic, unknown
}

/// `tote/` + name + `/1` and one zero byte: the prefix of every hash and signature of Tote.
public func signatureDomain(_ name: String) -> [UInt8] { Array("tote/\(name)/1".utf8) + [0] }
