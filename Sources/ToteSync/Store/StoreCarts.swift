package import ToteCarts
package import ToteMessages
package import ToteValues

// The store's carts without a database: whole carts and their logs as values. It is what a
// simulation drives, and the other side of the contract that SQL must keep. A copy is a backup.

/// All carts of a store in memory.
package struct StoreCarts: Sendable {
    package struct Held: Sendable {
        package var cart: StoreCart
        package var log: [StoreEntry] = []
        package var refunds: [StoreRefund] = []
    }

    package private(set) var epoch: Epoch
    private var wasRestored = false
    package private(set) var carts: [CartID: Held] = [:]
    /// What a database would have written for the last step on a cart.
    package private(set) var rowsOfLastChange = 0

    package init(epoch: Epoch) { self.epoch = epoch }

    package subscript(cart: CartID) -> Held? { carts[cart] }

    /// As a database does that finds itself restored (SYNC-60).
    package mutating func begin(epoch: Epoch) {
        self.epoch = epoch
        wasRestored = true
        for cart in carts.keys { _ = change(cart) { $0.mustReconcile() } }
    }

    /// `POST /v1/carts`. A repeat finds the first.
    @discardableResult
    package mutating func create(_ cart: CartID, member: String?) -> Cursor {
        if carts[cart] == nil {
            carts[cart] = Held(
                cart: StoreCart(new: cart, member: member, mayBeForgotten: wasRestored))
            carts[cart]?.keep()
        }
        return carts[cart]?.cart.head.cursor(epoch)
            ?? CartHead(new: cart, member: member).cursor(epoch)
    }

    /// `POST /v1/carts/{id}/sync`.
    package mutating func sync(
        _ cart: CartID, _ request: SyncRequest, by caller: CartCaller, now: Moment,
        mayLock: (BookVersion) -> Bool, judge: (Dot, ScanBody) -> ScanJudgement = { _, _ in .sold }
    ) throws(Problem) -> SyncAnswer {
        try StoreSync.check(request, by: caller)
        try doubt(cart, request.cursor, now: now)
        let epoch = epoch
        let outcome = try change(cart) { (step) throws(Problem) in
            try step.push(request, by: caller, epoch: epoch, mayLock: mayLock, judge: judge)
        }
        guard let outcome else { throw .unknownCart }
        deliver(outcome.carryOvers)
        let delta = try found(cart).delta(
            after: request.cursor?.revision ?? 0, own: request.stream, epoch)
        return SyncAnswer(delta: delta, ack: outcome.ack, results: outcome.results)
    }

    /// `GET /v1/carts/{id}/log`.
    package mutating func log(
        _ cart: CartID, cursor: Cursor?, now: Moment
    ) throws(Problem) -> LogDelta {
        try doubt(cart, cursor, now: now)
        let held = try found(cart)
        if let reason = held.cart.mismatch(cursor, epoch) {
            throw .resync(cursor: held.cart.head.cursor(epoch), ack: 0, reason: reason)
        }
        return held.delta(after: cursor?.revision ?? 0, own: nil, epoch)
    }

    /// `GET /v1/carts/{id}/quote`.
    package func quote(
        _ cart: CartID, at: Moment, price: (Cart, Moment) throws -> PricedSet
    ) throws -> QuoteAnswer {
        let held = try found(cart)
        return QuoteAnswer(
            try price(held.cart.cart, at), cursor: held.cart.head.cursor(epoch), at: at)
    }

    /// `POST /v1/carts/{id}/close`.
    package mutating func close(
        _ cart: CartID, _ request: CloseRequest, ifMatch: Cursor, now: Moment,
        price: (Cart, Moment) throws -> PricedSet
    ) throws -> CloseAnswer {
        let (epoch, held) = (epoch, try found(cart))
        let answer = try change(cart) { step in
            try step.close(
                request, ifMatch: ifMatch, epoch: epoch, now: now, price: price,
                delta: { held.delta(after: $0, own: nil, epoch) })
        }
        guard let answer else { throw Problem.unknownCart }
        return answer
    }

    /// The set that a close froze.
    package func frozen(_ cart: CartID, _ ordinal: Int32) -> FrozenCart? {
        carts[cart]?.cart.settlements[ordinal]?.frozen
    }

    package mutating func settled(
        _ cart: CartID, ordinal: Int32, receipt: String
    ) throws(CartLogError) {
        let epoch = epoch
        let carryOvers = try change(cart) { (step) throws(CartLogError) in
            try step.settled(ordinal: ordinal, receipt: receipt, epoch: epoch)
        }
        guard let carryOvers else { throw .unknownCart }
        deliver(carryOvers)
    }

    package mutating func reopened(
        _ cart: CartID, ordinal: Int32, reason: String
    ) throws(CartLogError) {
        let epoch = epoch
        let done: Void? = try change(cart) { (step) throws(CartLogError) in
            try step.reopened(ordinal: ordinal, reason: reason, epoch: epoch)
        }
        if done == nil { throw .unknownCart }
    }

    /// Four hours after their scans were appended, as the caller's clock says (SYNC-55).
    package mutating func endLocks(_ cart: CartID, of dots: [Dot], book: BookVersion) {
        let epoch = epoch
        _ = change(cart) { $0.endLocks(of: dots, book: book, epoch: epoch) }
    }

    /// `POST /v1/carts/{id}/bind`.
    package mutating func bind(
        _ cart: CartID, from: CartID, judge: (Dot, ScanBody) -> ScanJudgement = { _, _ in .sold }
    ) throws(Problem) -> Cursor {
        _ = try found(cart)
        guard var other = carts[from] else { throw .unknownCart }
        let (epoch, log) = (epoch, other.log)
        let cursor = try change(cart) { (step) throws(Problem) in
            try step.bind(&other.cart, log: log, epoch: epoch, judge: judge)
            return step.head.cursor(epoch)
        }
        guard let cursor else { throw .unknownCart }
        if from != cart {
            other.keep()
            carts[from] = other
        }
        return cursor
    }

    /// `POST /v1/carts/{id}/attest`, after the provider was asked.
    /// - Parameter receipt: issues the receipt of a set whose money is taken; its identifier.
    package mutating func attest(
        _ cart: CartID, _ holdings: [ProviderHolding], sets: [ConfirmedSet],
        receipts: [VerifiedReceipt], now: Moment, price: (Cart, Moment) throws -> PricedSet,
        receipt: (FrozenCart) -> String
    ) throws -> Healing {
        _ = try found(cart)
        let epoch = epoch
        let healing = try change(cart) { step in
            try step.heal(
                holdings, attested: sets, receipts: receipts, epoch: epoch, now: now,
                price: price)
        }
        guard let healing else { throw Problem.unknownCart }
        if case .settle(let ordinal) = healing, let frozen = frozen(cart, ordinal) {
            try settled(cart, ordinal: ordinal, receipt: receipt(frozen))
        }
        return healing
    }

    private mutating func doubt(
        _ cart: CartID, _ cursor: Cursor?, now: Moment
    ) throws(Problem) {
        let reason = try found(cart).cart.mismatch(cursor, epoch)
        if let reason, reason != "epoch" { _ = change(cart) { $0.doubt(at: now) } }
    }

    private mutating func deliver(_ carryOvers: [CarryOver]) {
        let epoch = epoch
        var waiting = carryOvers[...]
        while let carryOver = waiting.popFirst() {
            create(carryOver.target, member: carryOver.member)
            waiting += change(carryOver.target) { $0.take(carryOver, epoch: epoch) } ?? []
        }
    }

    private func found(_ cart: CartID) throws(Problem) -> Held {
        guard let held = carts[cart] else { throw .unknownCart }
        if let target = held.cart.head.movedTo { throw .moved(to: target) }
        return held
    }

    /// Taken out, so that it changes in place without a copy; `nil` for a cart that is not here.
    private mutating func change<Value, Failure: Error>(
        _ cart: CartID, _ body: (inout StoreCart) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        guard var held = carts.removeValue(forKey: cart) else { return nil }
        defer { carts[cart] = held }
        let value = try body(&held.cart)
        rowsOfLastChange = held.keep()
        return value
    }
}

extension StoreCarts.Held {
    /// Makes the rows of the last step durable.
    /// - Returns: how many they are.
    @discardableResult
    fileprivate mutating func keep() -> Int {
        let changes = cart.takeChanges()
        for change in changes {
            switch change {
            case .entry(let entry): log.append(entry)
            case .refund(let refund): refunds.append(refund)
            case .head, .dot, .clip, .stream, .settlement: break
            }
        }
        return changes.count
    }

    func delta(after revision: Int64, own: Stream?, _ epoch: Epoch) -> LogDelta {
        var entries = log.dropFirst(Int(clamping: revision)).makeIterator()
        return LogDelta(
            of: cart.head, epoch: epoch, after: revision,
            hash: cart.logHash(at: revision) ?? cart.head.hash, own: own,
            next: { entries.next() })
    }
}
