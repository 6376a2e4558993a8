public import ToteValues

/// What an answer of the store did to a cart's file.
public enum DeltaOutcome: Hashable, Sendable {
    /// The chain fits; so many entries came in.
    case accepted(entries: Int)
    /// The chain does not fit, or a body is missing: nothing was stored (SYNC-49).
    case badChain
}

extension CartStore {
    /// What to send next, within the limits of one push: the current stream, and after it what a
    /// restored store lost of earlier ones.
    public func outgoing(
        _ cart: CartID, maxOperations: Int = CartLimits.operationsOfOnePush,
        maxBytes: Int = CartLimits.bytesOfOnePush
    ) throws(CartError) -> OutgoingSync {
        try inMemory(cart) { $0.outgoing(maxOperations: maxOperations, maxBytes: maxBytes) }
    }

    /// Own operations that wait to be sent, also those that must be issued anew first.
    public func hasUnsent(_ cart: CartID) throws(CartError) -> Bool {
        try inMemory(cart) { $0.hasUnsent }
    }

    /// Takes a delta and its cursor in one transaction, after the chain is verified.
    /// - Parameters:
    ///   - ack: of the current stream; `nil` for a plain pull and for an earlier stream.
    ///   - trusting: take the store's state as given although the chain does not fit.
    public func accept(
        _ cart: CartID, cursor: Cursor, state: CartState, entries: [ReceivedEntry], more: Bool,
        ack: UInt64?, trusting: Bool = false
    ) throws(CartError) -> DeltaOutcome {
        try change(cart) {
            $0.accept(
                cursor: cursor, state: state, entries: entries, more: more, ack: ack,
                trusting: trusting, newIncarnation: newIncarnation)
        }
    }

    /// The store answered that our cursor is not of its log: everything is pulled again, and
    /// what it lacks is sent again.
    public func resync(_ cart: CartID, ack: UInt64) throws(CartError) {
        try change(cart) { $0.resync(ack: ack) }
    }

    /// Pulls everything again at the next sync; acknowledgements stand.
    public func forgetCursor(_ cart: CartID) throws(CartError) {
        try change(cart) { $0.forgetCursor() }
    }

    /// The store answered `POST /v1/carts`.
    public func register(_ cart: CartID, grant: String?) throws(CartError) {
        try change(cart) { $0.register(grant: grant) }
    }

    /// The store no longer knows the cart, or no longer takes the grant.
    public func unregister(_ cart: CartID) throws(CartError) {
        try change(cart) { $0.unregister() }
    }

    public func moved(_ cart: CartID, to target: CartID) throws(CartError) {
        try change(cart) { $0.moved(to: target) }
    }

    var newIncarnation: () -> Incarnation {
        { [world] in Incarnation(world.newUInt64()) }
    }
}
