import GRDB
import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

// A step of a cart between its rows: loads what the step names, and writes what it left.

extension StoreCart {
    /// What a push names: rows in proportion to its operations (SYNC-44).
    static func load(
        _ db: Database, _ head: CartHead, for request: SyncRequest, epoch: Epoch
    ) throws -> StoreCart {
        var step = StoreCart(loading: head)
        if let cursor = request.cursor { try step.loadLogHash(db, at: cursor.revision) }
        let ack = try StreamRow.last(db, head.cart, request.stream)
        step.load(request.stream, last: ack)
        if request.operations.isEmpty { return step }
        if ack == 0 {
            step.room = try StreamRow.count(db, head.cart, otherThan: request.device)
        }
        try step.loadOwnStream(db, epoch)
        for operation in request.operations {
            if operation.dot.sequence <= ack {
                try step.loadHash(db, of: operation.dot)
            } else {
                try step.loadWhat(db, operation)
            }
        }
        return step
    }

    /// What these bodies name, to append them as the store's own.
    static func load(
        _ db: Database, _ head: CartHead, for bodies: [CartOperationBody], epoch: Epoch
    ) throws -> StoreCart {
        var step = StoreCart(loading: head)
        try step.loadOwnStream(db, epoch)
        // The operation's own dot is not known before it is appended, and names nothing.
        let dot = Dot(device: .store, incarnation: Incarnation(0), sequence: 1)
        for body in bodies { try step.loadWhat(db, CartOperation(dot: dot, body: body)) }
        return step
    }

    /// Everything but the streams and hashes of devices.
    static func load(_ db: Database, whole head: CartHead, epoch: Epoch) throws -> StoreCart {
        var step = StoreCart(loading: head, whole: try CartLog.whole(db, head))
        try step.loadOwnStream(db, epoch)
        return step
    }

    /// Everything with all streams, to join two carts.
    static func load(_ db: Database, bound head: CartHead, epoch: Epoch) throws -> StoreCart {
        var step = try StoreCart.load(db, whole: head, epoch: epoch)
        for (stream, last) in try StreamRow.all(db, head.cart) { step.load(stream, last: last) }
        return step
    }

    mutating func loadLogHash(_ db: Database, at revision: Int64) throws {
        guard logHash(at: revision) == nil,
            let hash = try CartLog.logHash(db, head, at: revision)
        else { return }
        load(revision, logHash: hash)
    }

    private mutating func loadOwnStream(_ db: Database, _ epoch: Epoch) throws {
        let stream = Stream(device: .store, incarnation: Incarnation(epoch.raw))
        load(stream, last: try StreamRow.last(db, head.cart, stream))
    }

    private mutating func loadHash(_ db: Database, of dot: Dot) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT hash FROM operation
                    WHERE cart = ? AND device = ? AND incarnation = ? AND sequence = ?
                    """), arguments: DotRow.key(head.cart, dot))
        if let row { load(dot, hash: try row.identifier("hash")) }
    }

    private mutating func loadWhat(_ db: Database, _ operation: CartOperation) throws {
        for dot in operation.touchedDots where cart.dots[dot] == nil {
            if let state = try DotRow.fetch(db, head.cart, dot) { load(dot, state) }
        }
        for (dot, place) in try ClipRow.fetch(db, head.cart, operation) { load(dot, place) }
    }

    /// Writes the rows of the step; the last thing to do with it.
    mutating func save(_ db: Database, at now: Moment) throws {
        let cart = head.cart
        for change in takeChanges() {
            switch change {
            case .head(let head): try head.save(db, at: now)
            case .entry(let entry): try entry.insert(db, cart, at: now)
            case .dot(let dot, let state): try DotRow.save(db, cart, dot, state)
            case .clip(let dot, let place): try ClipRow.save(db, cart, dot, place)
            case .stream(let stream, let last):
                try StreamRow.save(db, cart, stream, last: last, at: now)
            case .refund(let refund): try RefundRow.insert(db, cart, refund)
            case .settlement(let settlement): try settlement.save(db)
            }
        }
    }
}

extension CarryOver {
    /// Brings the bodies to their carts, which the first of them makes.
    static func deliver(
        _ db: Database, _ carryOvers: [CarryOver], epoch: Epoch, at now: Moment, hints: HintBus?
    ) throws {
        var waiting = carryOvers[...]
        while let carryOver = waiting.popFirst() {
            waiting += try carryOver.deliver(db, epoch: epoch, at: now, hints: hints)
        }
    }

    private func deliver(
        _ db: Database, epoch: Epoch, at now: Moment, hints: HintBus?
    ) throws -> [CarryOver] {
        var step: StoreCart
        if let head = try CartHead.fetch(db, target) {
            step = try StoreCart.load(db, head, for: bodies, epoch: epoch)
        } else {
            step = StoreCart(
                new: target, member: member, mayBeForgotten: try CartLog.wasRestored(db))
        }
        let further = step.take(self, epoch: epoch)
        try step.save(db, at: now)
        hints?.publish(after: db, step.head, epoch)
        return further
    }
}
