import Crypto
public import ToteValues

/// What is asked of a provider; the raw value enters the provider key (IDM-4).
public enum ProviderOperation: UInt8, CaseIterable, Sendable {
    case authorise = 1
    case capture = 2
    case void = 3
    case refund = 4

    public var name: String { "\(self)" }
}

/// The idempotency key of one provider call. Derived, not stored, so it survives any crash (IDM-4).
public struct ProviderKey: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { text }

    public init(text: String) { self.text = text }

    /// `attempt` is the refund's ordinal for refunds.
    public init(settlement: SettlementID, leg: Int, operation: ProviderOperation, attempt: Int) {
        let input =
            signatureDomain("provider-key") + settlement.bytes
            + [UInt8(truncatingIfNeeded: leg), operation.rawValue]
            + UInt16(truncatingIfNeeded: attempt).bigEndianBytes
        text = "tote_" + Hex.encode(SHA256.hash(data: input).prefix(16))
    }
}

/// A provider's answer to one call (PRV-1).
public enum ProviderOutcome: Hashable, Sendable {
    case authorised(Authorisation)
    /// The shopper must act at this address.
    case needsShopper(url: String)
    /// Minor units.
    case captured(Int64)
    case voided
    /// Minor units.
    case refunded(Int64)
    case declined(DeclineReason)
    case pending
}

/// A provider's answer to "what became of this key?" (PRV-3).
public enum ProviderTruth: Hashable, Sendable {
    case known(ProviderOutcome)
    /// Only this permits sending the operation again, under the same key.
    case neverSeen
}
