public import ToteValues

extension CartStore {
    /// Goes on in a new incarnation, after the store said that our stream is another's.
    public func fork(_ cart: CartID) throws(CartError) {
        try change(cart) { $0.fork(newIncarnation: newIncarnation) }
    }

    /// Draws new incarnations for every trip that is not over when the file lies in another place
    /// than before: it is a copy, or came back from a backup, and another file may write on in the
    /// same streams (SYNC-32).
    /// - Parameter mark: stands for the place.
    public func recognise(home mark: String) throws(CartError) {
        let known = try meta(Self.homeKey)
        guard known != mark else { return }
        for record in try known == nil ? [] : records()
        where record.state == .open || record.state == .closing {
            try fork(record.cart)
        }
        try setMeta(Self.homeKey, mark)
    }

    private static let homeKey = "homeMark"

    /// A lone operation was refused as malformed: a `skip` takes its place, so that the queue
    /// goes on (SYNC-26).
    /// - Returns: the refused operation; `nil` when that sequence is not ours or skipped already.
    public func skip(
        _ cart: CartID, sequence: UInt64, reason: String
    ) throws(CartError) -> CartOperation? {
        try change(cart) { $0.skip(sequence: sequence, reason: reason) }
    }

    /// The store says which operation it holds at a sequence: when it is the one that a `skip`
    /// replaced, the skip is undone.
    /// - Returns: whether it was; else the stream is forked.
    public func undoSkip(
        _ cart: CartID, sequence: UInt64, stored: LogHash
    ) throws(CartError) -> Bool {
        try change(cart) { $0.undoSkip(sequence: sequence, stored: stored) }
    }

    /// Operations that became a skip, as the shopper must be told.
    public func refused(_ cart: CartID) throws(CartError) -> [CartOperation] {
        try inMemory(cart) { $0.own.compactMap(\.refused) }
    }

    /// What the store did not accept and why: operations that became a skip, and those that it
    /// logged as rejected.
    public func refusals(_ cart: CartID) throws(CartError) -> [RefusedOperation] {
        try inMemory(cart) { $0.refusals }
    }
}
