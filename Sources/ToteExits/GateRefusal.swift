public import ToteValues

/// What the gate does with what it was shown.
public enum GateDecision: Hashable, Sendable {
    case open(ExitPass, PassBasis)
    case refuse(GateRefusal)
}

/// Why the gate stays shut. Nothing blames: each case has a sentence and a next step (DOOR-1).
public enum GateRefusal: Error, Hashable, Sendable {
    case severalCodes, tooLong, notAPass
    case wrongPurpose(CodePurpose)
    case newerVersion, unknownKey, badSignature, keyNotValid, wrongStore, malformed
    case clockUnsure, notYetValid, expired, revoked
    case alreadyUsed(at: Moment, gate: String)

    /// The name on the wire and in logs.
    public var code: String {
        switch self {
        case .wrongPurpose: "wrongPurpose"
        case .alreadyUsed: "alreadyUsed"
        default: "\(self)"
        }
    }

    /// What the shopper does now.
    public var nextStep: GateStep {
        switch self {
        case .severalCodes, .tooLong, .notAPass: .showAgain
        case .wrongPurpose(.tillHandOver): .till
        case .wrongPurpose: .showAgain
        case .unknownKey, .badSignature, .keyNotValid, .malformed, .expired: .newPass
        case .newerVersion, .wrongStore, .clockUnsure, .notYetValid, .revoked, .alreadyUsed:
            .associate
        }
    }

    /// One sentence for the shopper.
    public var sentence: String {
        switch self {
        case .severalCodes: "I see more than one code."
        case .tooLong: "This text is too long for an exit pass."
        case .notAPass: "This is not an exit pass."
        case .wrongPurpose(.tillHandOver): "This code is for paying at the till."
        case .wrongPurpose(.spotCheck): "This code is for the associate who checks your bag."
        case .wrongPurpose(.member): "This is a membership code, not an exit pass."
        case .wrongPurpose(.checkIn): "This code is for checking in."
        case .wrongPurpose: "This code is for something else."
        case .newerVersion: "This pass is newer than this gate."
        case .unknownKey: "This gate does not know the key of this pass."
        case .badSignature: "This pass could not be verified."
        case .keyNotValid: "The key of this pass is not in use at that time."
        case .wrongStore: "This pass is for another store."
        case .malformed: "This pass is not complete."
        case .clockUnsure: "This gate is not sure of the time."
        case .notYetValid: "This pass is not valid yet."
        case .expired: "This pass has run out."
        case .revoked: "This pass was withdrawn."
        case .alreadyUsed(let at, let gate):
            "This pass was used at \(Moment(unixSeconds: at.unixSeconds)), gate \(gate)."
        }
    }
}

/// The way on after a refusal.
public enum GateStep: String, Sendable {
    case showAgain, newPass, till, associate

    public var sentence: String {
        switch self {
        case .showAgain: "Please show the exit pass alone."
        case .newPass: "Open your exit pass again to get a fresh one."
        case .till: "Please pay at the till."
        case .associate: "An associate will help you."
        }
    }
}
