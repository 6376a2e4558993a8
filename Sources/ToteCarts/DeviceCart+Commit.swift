package import ToteValues

extension DeviceCart {
    /// Does what the shopper wants.
    /// - Parameters:
    ///   - at: this device's clock; a claim for display (SYNC-10).
    ///   - intentID: a repeat of the same one returns the first result (SYNC-16).
    /// - Returns: nothing when there was nothing to do.
    /// - Throws: `CartError`; then nothing has changed.
    package mutating func commit(
        _ intent: CartIntent, at: Moment, intentID: IntentID? = nil
    ) throws(CartError) -> [CartOperation] {
        if let intentID, let first = committed(intentID) { return first }
        let bodies = try CartRules.compile(intent, view: view, own: record.device)
        return append(bodies, at: at, intent: intentID)
    }

    /// The bodies as the stream's next operations.
    private mutating func append(
        _ bodies: [CartOperationBody], at: Moment, intent: IntentID?
    ) -> [CartOperation] {
        var operations: [CartOperation] = []
        for body in bodies {
            record.lastSequence += 1
            let dot = Dot(
                device: record.device, incarnation: record.incarnation,
                sequence: record.lastSequence)
            let operation = CartOperation(dot: dot, body: body)
            addOwn(
                OwnOperation(
                    operation, committedAt: at, intent: operations.isEmpty ? intent : nil,
                    intentOperations: bodies.count))
            pending.append(PendingOperation(operation: operation, committedAt: at))
            CartRules.applyPending(operation, to: &view)
            operations.append(operation)
        }
        if !operations.isEmpty { noteSequence() }
        return operations
    }
}
