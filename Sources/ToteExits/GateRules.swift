// Twelve checks in binding order (`exits.md` section 5, DOOR-1): no field is trusted before the
// signature over this purpose's own domain holds, and the pass id counts only at the end. Pure;
// one Ed25519 verification is the whole cost. The insert of step 12 is the gate's (`GateConsumed`).
public import ToteValues

/// What a gate knows when it decides.
public struct GateView: Sendable {
    public var store: UInt32
    public var keySet: GateKeySet
    public var clock: GateClock
    public var revoked: Set<PassID>
    /// Earlier use of a pass at any gate that this one has heard of.
    public var consumed: @Sendable (PassID) -> PassUse?

    public init(
        store: UInt32, keySet: GateKeySet, clock: GateClock, revoked: Set<PassID> = [],
        consumed: @escaping @Sendable (PassID) -> PassUse? = { _ in nil }
    ) {
        self.store = store
        self.keySet = keySet
        self.clock = clock
        self.revoked = revoked
        self.consumed = consumed
    }
}

/// When and where a pass opened a gate.
public struct PassUse: Hashable, Sendable {
    public var at: Moment
    public var gate: String

    public init(at: Moment, gate: String) {
        self.at = at
        self.gate = gate
    }
}

/// Whether a gate may believe its own clock (DOOR-4).
public struct GateClock: Hashable, Sendable {
    /// The highest time this gate has seen.
    public var highestSeen: Moment?
    /// The last signed time of the store.
    public var signedTimeAt: Moment?

    public init(highestSeen: Moment?, signedTimeAt: Moment?) {
        self.highestSeen = highestSeen
        self.signedTimeAt = signedTimeAt
    }

    public func isTrusted(at now: Moment) -> Bool {
        if let highestSeen, now < highestSeen.adding(seconds: -GateRules.skewSeconds) {
            return false
        }
        guard let signedTimeAt else { return false }
        return now <= signedTimeAt.adding(seconds: 24 * 3600)
    }
}

public enum GateRules {
    public static let maximumTextLength = 4096
    /// Tolerated difference of clocks.
    public static let skewSeconds: Int64 = 60

    /// Decides about all texts that the camera reads in one view (step 1).
    public static func decide(texts: [String], view: GateView, now: Moment) -> GateDecision {
        guard let text = texts.first else { return .refuse(.notAPass) }
        return texts.count > 1 ? .refuse(.severalCodes) : decide(text, view: view, now: now)
    }

    /// Decides about one text.
    public static func decide(_ text: String, view: GateView, now: Moment) -> GateDecision {
        do throws(GateRefusal) {
            let code = try PurposeCodeReader.read(
                text, as: .exitPass, keySet: view.keySet, store: view.store)
            guard let pass = ExitPass(code) else { return .refuse(.notAPass) }
            try checkBasis(pass)
            try checkTime(pass, clock: view.clock, now: now)
            if view.revoked.contains(pass.id) { throw GateRefusal.revoked }
            if let use = view.consumed(pass.id) {
                throw GateRefusal.alreadyUsed(at: use.at, gate: use.gate)
            }
            return .open(pass, pass.basis)
        } catch {
            return .refuse(error)
        }
    }

    /// Step 8, the part that only a pass has: goods leave only with a payment.
    private static func checkBasis(_ pass: ExitPass) throws(GateRefusal) {
        guard pass.basis != .refused, pass.pieces <= 9999,
            (pass.pieces == 0) == (pass.basis == .nothingBought)
        else { throw .malformed }
    }

    /// Steps 9 and 10.
    private static func checkTime(
        _ pass: ExitPass, clock: GateClock, now: Moment
    ) throws(GateRefusal) {
        guard clock.isTrusted(at: now) else { throw .clockUnsure }
        let seconds = now.unixSeconds
        guard seconds >= pass.issuedAt.unixSeconds - skewSeconds else { throw .notYetValid }
        guard seconds <= pass.expiresAt.unixSeconds + skewSeconds else { throw .expired }
    }
}

/// Steps 2–8 for any reader of a frame code: gate, till or associate. A reader accepts one kind
/// (CODE-6).
public enum PurposeCodeReader {
    public static func read(
        _ text: String, as kind: FrameKind, keySet: GateKeySet, store: UInt32
    ) throws(GateRefusal) -> PurposeCode {
        guard text.utf8.count <= GateRules.maximumTextLength else { throw .tooLong }
        let code = try parse(text, as: kind)
        let payload = code.payload
        let purpose = KeyPurpose(name: kind.domainName)
        guard let listed = keySet.key(purpose, number: Int(payload.keyNumber)),
            let key = keySet.publicKey(purpose, number: Int(payload.keyNumber))
        else { throw .unknownKey }
        guard code.isSigned(as: kind, by: key) else { throw .badSignature }
        let issuedAt = Moment(unixSeconds: Int64(payload.issuedAt))
        guard listed.notBefore <= issuedAt, issuedAt <= listed.notAfter else {
            throw .keyNotValid
        }
        guard payload.store == store else { throw .wrongStore }
        guard kind.ttlRange.contains(payload.ttlSeconds) else { throw .malformed }
        return code
    }

    private static func parse(_ text: String, as kind: FrameKind) throws(GateRefusal) -> PurposeCode
    {
        if kind != .tillHandOver, text.hasPrefix("TILL1 ") { throw .wrongPurpose(.tillHandOver) }
        guard let bytes = Base45.decode(text), bytes.count >= 2 else { throw .notAPass }
        if bytes[0] != kind.rawValue {
            if let other = CodeKind(rawValue: bytes[0]) { throw .wrongPurpose(other.purpose) }
            throw (0x04...0x0F).contains(bytes[0]) ? .newerVersion : .notAPass
        }
        guard let code = PurposeCode(bytes: bytes) else { throw .notAPass }
        return code
    }
}
