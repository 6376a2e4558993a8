package import ToteCarts
package import ToteValues

// The store's side of a cart. Every step is a pure change of this value: it reads what was loaded,
// decides, and leaves rows to be written (`takeChanges`). SQL loads only what a step names, so a
// push costs its operations whatever the cart's size (SYNC-44); a store in memory holds it whole.
// A step that throws has changed nothing.

/// One cart at the store, whole or as far as a step needs it.
package struct StoreCart: Sendable {
    package private(set) var head: CartHead
    /// Whole, or only the dots and clips that were loaded.
    package private(set) var cart: Cart
    /// Last sequence of each stream; 0 for what is not here.
    package private(set) var streams: [Stream: UInt64] = [:]
    /// Of logged operations.
    package private(set) var hashes: [Dot: LogHash] = [:]
    /// Of the log up to a revision; the head's own is known without.
    package private(set) var logHashes: [Int64: LogHash] = [:]
    package private(set) var settlements: [Int32: StoreSettlement] = [:]
    /// Devices other than the one that pushes, and all streams; counted here when not given.
    package var room: StreamCount?
    private var pending = Pending()

    /// A new cart: the head is its first row.
    /// - Parameter mayBeForgotten: the store was restored once, so that a cart it sees for the
    ///   first time may be one that it has forgotten, with all its payments (SYNC-60).
    package init(new cart: CartID, member: String?, mayBeForgotten: Bool = false) {
        self.init(loading: CartHead(new: cart, member: member))
        head.mustReconcile = mayBeForgotten
        pending.isHeadChanged = true
    }

    /// - Parameter cart: the fold of the whole log; `nil` begins empty, to be filled with the rows
    ///   that a step names.
    package init(loading head: CartHead, whole cart: Cart? = nil) {
        self.head = head
        self.cart = cart ?? Cart(id: head.cart)
        self.cart.state = head.state
        self.cart.member = head.member
        self.cart.ordinal = head.ordinal
        self.cart.revision = head.revision
        self.cart.hash = head.hash
    }

    /// The log's hash up to a revision; `nil` when there is no such revision, or it is not loaded.
    package func logHash(at revision: Int64) -> LogHash? {
        if revision == head.revision { return head.hash }
        return revision == 0 ? LogHashing.start(head.cart) : logHashes[revision]
    }

    /// Drains what has to be written, in an order that references allow.
    package mutating func takeChanges() -> [StoreCartChange] {
        defer { pending = Pending() }
        guard pending.isHeadChanged else { return [] }
        var seen: Set<Dot> = []
        let dots = pending.dots.filter { seen.insert($0).inserted }
        return [.head(head)] + pending.entries.map { .entry($0) }
            + dots.compactMap { dot in cart.dots[dot].map { .dot(dot, $0) } }
            + pending.clips.compactMap { dot in cart.place(of: dot).map { .clip(dot, $0) } }
            + pending.streams.map { .stream($0, last: streams[$0, default: 0]) }
            + pending.refunds.map { .refund($0) }
            + pending.settlements.compactMap { settlements[$0].map { .settlement($0) } }
    }
}

/// How many a cart has.
package struct StreamCount: Hashable, Sendable {
    package var devices: Int
    package var streams: Int

    package init(devices: Int, streams: Int) {
        self.devices = devices
        self.streams = streams
    }
}

extension StoreCart {
    private struct Pending: Sendable {
        var isHeadChanged = false
        var entries: [StoreEntry] = []
        var dots: [Dot] = []
        var clips: [Dot] = []
        var streams: [Stream] = []
        var refunds: [StoreRefund] = []
        var settlements: [Int32] = []
    }

    // MARK: - Rows that come in

    package mutating func load(_ dot: Dot, _ state: DotState) {
        if cart.dots[dot] == nil, state.scan != nil { cart.order.append(dot) }
        cart.dots[dot] = state
    }

    package mutating func load(_ dot: Dot, _ place: ClipPlace) {
        switch place {
        case .clip(let key): cart.clips[dot] = key
        case .decline(let key): cart.declines[dot] = key
        case .unclipped: cart.unclipped.insert(dot)
        }
    }

    package mutating func load(_ stream: Stream, last: UInt64) { streams[stream] = last }
    package mutating func load(_ dot: Dot, hash: LogHash) { hashes[dot] = hash }
    package mutating func load(_ revision: Int64, logHash: LogHash) {
        logHashes[revision] = logHash
    }

    package mutating func load(_ settlement: StoreSettlement) {
        settlements[settlement.frozen.ordinal] = settlement
    }

    // MARK: - What steps are made of

    mutating func changeHead(_ body: (inout CartHead) -> Void) {
        body(&head)
        pending.isHeadChanged = true
    }

    mutating func set(_ stream: Stream, last: UInt64) {
        streams[stream] = last
        pending.streams.removeAll { $0 == stream }
        pending.streams.append(stream)
    }

    mutating func set(_ settlement: StoreSettlement) {
        load(settlement)
        pending.settlements.append(settlement.frozen.ordinal)
    }

    /// One row a dot, whatever an entry said twice.
    mutating func requestRefunds(_ refunds: [DotUnits]) {
        var units: [Dot: Int] = [:]
        for refund in refunds { units[refund.dot, default: 0] += refund.units }
        for (dot, units) in units.sorted(by: { $0.key < $1.key }) where units > 0 {
            pending.refunds.append(
                StoreRefund(
                    revision: head.revision, ordinal: head.ordinal,
                    units: DotUnits(dot: dot, units: units)))
        }
    }

    /// Evaluates, logs and applies what comes next.
    /// - Parameter member: of the credential, as pairwise id in hexadecimal.
    @discardableResult
    mutating func append(
        _ operation: CartOperation, role: Role, member: String? = nil, priceLock: BookVersion = 0
    ) -> Verdict {
        let verdict = CartRules.evaluate(
            operation, role: role, member: member, in: cart, liveUnits: head.liveUnits)
        let stored = StoreEntry(
            LogEntry(
                revision: head.revision + 1, operation: operation,
                disposition: verdict.disposition, role: role,
                priceLock: verdict.disposition == .rejected ? 0 : priceLock),
            after: head.hash)
        take(stored)
        if case .attach = operation.body, verdict.disposition == .applied { head.member = member }
        cart.member = head.member
        if verdict.disposition == .refundRequested {
            requestRefunds(
                verdict.removed.filter { cart.dots[$0.dot].map { $0.paid > 0 } ?? false })
        }
        return verdict
    }

    /// Appends an operation of the store's own: device 0, incarnation = epoch.
    @discardableResult
    mutating func append(own body: CartOperationBody, _ epoch: Epoch) -> Verdict {
        let stream = Stream(device: .store, incarnation: Incarnation(epoch.raw))
        let sequence = streams[stream, default: 0] + 1
        let dot = Dot(
            device: stream.device, incarnation: stream.incarnation, sequence: sequence)
        let verdict = append(CartOperation(dot: dot, body: body), role: .store)
        set(stream, last: sequence)
        return verdict
    }

    private mutating func take(_ stored: StoreEntry) {
        let operation = stored.entry.operation
        if operation.body.endsOrBeginsClosing {
            let before = cart
            CartRules.apply(stored.entry, logHash: stored.logHash, to: &cart)
            pending.dots += cart.dots.keys.filter { cart.dots[$0] != before.dots[$0] }.sorted()
            pending.clips += before.clipsChanged(in: cart)
            head.liveUnits = cart.liveUnits
        } else {
            let touched = operation.touchedDots
            let before = live(touched)
            CartRules.apply(stored.entry, logHash: stored.logHash, to: &cart)
            pending.dots += touched
            head.liveUnits += live(touched) - before
        }
        if let dot = operation.touchedClip { pending.clips.append(dot) }
        (head.revision, head.hash) = (cart.revision, cart.hash)
        (head.state, head.ordinal) = (cart.state, cart.ordinal)
        hashes[operation.dot] = stored.hash
        logHashes[head.revision] = stored.logHash
        pending.entries.append(stored)
        pending.isHeadChanged = true
    }

    private func live(_ dots: [Dot]) -> Int {
        dots.reduce(0) { $0 + (cart.dots[$1]?.live ?? 0) }
    }
}

extension Cart {
    func place(of dot: Dot) -> ClipPlace? {
        if unclipped.contains(dot) { return .unclipped }
        return clips[dot].map { .clip($0) } ?? declines[dot].map { .decline($0) }
    }

    func clipsChanged(in other: Cart) -> [Dot] {
        let known = Set(other.clips.keys).union(other.declines.keys).union(other.unclipped)
        return known.filter { place(of: $0) != other.place(of: $0) }.sorted()
    }
}

extension CartOperation {
    /// The dots that the operation may change: all that a step needs of the cart's.
    package var touchedDots: [Dot] {
        switch body {
        case .scan: [dot]
        case .void(let targets, _): Array(Set(targets.map(\.dot))).sorted()
        case .attr(let dot, _, _), .release(let dot), .hold(let dot, _), .reject(let dot, _):
            [dot]
        case .price(let dots, _): dots
        case .inherit(let body): body.dots.map(\.dot)
        default: []
        }
    }

    /// The clip or decline that it makes or undoes.
    package var touchedClip: Dot? {
        switch body {
        case .clip, .decline: dot
        case .unclip(let target): target
        default: nil
        }
    }
}

extension CartOperationBody {
    /// These walk the whole cart.
    var endsOrBeginsClosing: Bool {
        switch self {
        case .close, .settled, .reopened: true
        default: false
        }
    }
}
