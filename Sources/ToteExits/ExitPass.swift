public import ToteValues

/// Names one exit; copies and re-issues share it, so single use hangs on it (ISS-2).
public struct PassID: Identifier16 {
    public let raw: Bytes16
    public init(_ raw: Bytes16) { self.raw = raw }
}

/// A purpose code that lets somebody out.
public struct ExitPass: Hashable, Sendable {
    public let code: PurposeCode

    /// `nil` for a code of any other purpose.
    public init?(_ code: PurposeCode) {
        guard code.payload.kind == .exitPass else { return nil }
        self.code = code
    }

    public var id: PassID { PassID(code.payload.identifier) }
    public var text: String { code.text }
    public var pieces: Int { code.payload.pieces }
    public var basis: PassBasis { code.payload.basis }
    public var issuedAt: Moment { Moment(unixSeconds: Int64(code.payload.issuedAt)) }
    public var expiresAt: Moment { issuedAt.adding(seconds: Int64(code.payload.ttlSeconds)) }
}

/// Where a paid trip stands on its way out (`exits.md` section 3).
public enum ExitState: String, CaseIterable, Sendable {
    case deciding, held, released, closed, exited, revoked
}
