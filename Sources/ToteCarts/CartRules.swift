package import ToteValues

// The fold (SYNC-9). An entry's effect depends on the entry and the cart alone: no clock, no
// chance. In an open cart live = max(0, units − voided), and both sums only grow, so scans and
// voids commute; the order of the log decides dispositions, never places. Constant work an entry,
// but for close, reopen and settle, which walk the cart.

/// The rules of the cart: pure and total.
public enum CartRules {
    /// Applies the store's next entry; revision and hash move on with it.
    public static func apply(_ entry: LogEntry, to cart: inout Cart) {
        apply(entry, operationHash: entry.operation.hash, to: &cart)
    }

    /// - Parameter operationHash: of the entry's operation, where it is known already.
    package static func apply(
        _ entry: LogEntry, operationHash: LogHash, to cart: inout Cart
    ) {
        let logHash = LogHashing.step(cart.hash, entry, operation: operationHash)
        apply(entry, logHash: logHash, to: &cart)
    }

    /// - Parameter logHash: of the log up to this entry, where it is known already.
    package static func apply(_ entry: LogEntry, logHash: LogHash, to cart: inout Cart) {
        cart.revision = entry.revision
        cart.hash = logHash
        switch entry.disposition {
        case .rejected: return
        case .parked: cart.parked.append(entry)
        default: take(entry, into: &cart)
        }
    }

    /// Applies an own operation that the store has not acknowledged yet: revision and hash stay.
    /// - Returns: what the store would make of it now.
    @discardableResult
    public static func applyPending(
        _ operation: CartOperation, role: Role = .shopper, to cart: inout Cart
    ) -> Verdict {
        let verdict = evaluate(operation, role: role, member: cart.member, in: cart)
        let entry = LogEntry(
            revision: cart.revision, operation: operation, disposition: verdict.disposition,
            role: role, priceLock: bookShown(operation))
        switch verdict.disposition {
        case .rejected: break
        case .parked: cart.parked.append(entry)
        default: take(entry, into: &cart)
        }
        return verdict
    }

    /// Until the store grants a lock, the device shows the price of the book it scanned with.
    private static func bookShown(_ operation: CartOperation) -> BookVersion {
        if case .scan(let scan) = operation.body { scan.book } else { 0 }
    }

    private static func take(_ entry: LogEntry, into cart: inout Cart) {
        let dot = entry.operation.dot
        switch entry.operation.body {
        case .scan(let scan): take(scan, entry, into: &cart)
        case .void(let targets, _):
            for target in widened(targets, in: cart) { void(target, in: &cart) }
        case .clip(let key): if !cart.unclipped.contains(dot) { cart.clips[dot] = key }
        case .decline(let key): if !cart.unclipped.contains(dot) { cart.declines[dot] = key }
        case .unclip(let target):
            cart.unclipped.insert(target)
            cart.clips[target] = nil
            cart.declines[target] = nil
        case .attach: if cart.attachedBy == nil { cart.attachedBy = dot }
        case .attr(let target, let key, let value):
            change(target, in: &cart) { $0.attributes[key] = value }
        case .release(let target): change(target, in: &cart) { $0.hold = nil }
        case .hold(let target, let reason): change(target, in: &cart) { $0.hold = reason }
        case .reject(let target, _): change(target, in: &cart) { $0.rejected += $0.live }
        case .price(let dots, _):
            for target in dots { change(target, in: &cart) { $0.priceLock = 0 } }
        case .inherit(let body):
            for inherited in body.dots { take(inherited, role: entry.role, into: &cart) }
        case .close(let body): close(body, in: &cart)
        case .reopened: reopen(&cart)
        case .settled(let body): settle(body, in: &cart)
        case .skip, .join, .unknown: break
        }
        // A push to an abandoned cart opens it again.
        if cart.state == .abandoned, entry.role != .store { cart.state = .open }
    }

    private static func take(_ scan: ScanBody, _ entry: LogEntry, into cart: inout Cart) {
        let dot = entry.operation.dot
        var state = DotState(scan: scan, role: entry.role, priceLock: entry.priceLock)
        state.voided = min(cart.dots[dot]?.voided ?? 0, state.units)
        if Mutant.ignoreTombstone.isPlanted { state.voided = 0 }
        if cart.state == .paid { state.carried = state.live }
        born(dot, state, in: &cart)
    }

    private static func take(_ inherited: InheritedDot, role: Role, into cart: inout Cart) {
        var state = DotState(
            scan: inherited.scan, units: inherited.units, role: role,
            priceLock: inherited.priceLock)
        state.voided = min(cart.dots[inherited.dot]?.voided ?? 0, state.units)
        if cart.state == .paid { state.carried = state.live }
        born(inherited.dot, state, in: &cart)
    }

    private static func born(_ dot: Dot, _ state: DotState, in cart: inout Cart) {
        guard cart.dots[dot]?.scan == nil else { return }
        cart.order.append(dot)
        cart.dots[dot] = state
    }

    /// Removes what is left of the target, or asks it back when it is paid (rows 3–6, 11, 12).
    private static func void(_ target: VoidTarget, in cart: inout Cart) {
        var state = cart.dots[target.dot] ?? DotState()
        if state.scan == nil {
            state.voided += target.units
        } else if state.paid > 0 {
            if Mutant.lateVoidNoRefund.isPlanted { return }
            state.refundRequested += min(target.units, state.paid - state.refundRequested)
        } else {
            let clamped = Mutant.noClamp.isPlanted ? target.units : min(target.units, state.live)
            state.voided += clamped
        }
        cart.dots[target.dot] = state
    }

    /// What a void takes out is what it names, but in the bugs that are planted here.
    private static func widened(_ targets: [VoidTarget], in cart: Cart) -> [VoidTarget] {
        #if TOTE_MUTANTS
            let live = cart.liveDots
            if Mutant.clearUnseenDots.isPlanted, targets.count > 2 {
                return live.map { VoidTarget(dot: $0.dot, units: $0.state.live) }
            }
            guard Mutant.voidKeyedByLine.isPlanted || Mutant.voidAsCounter.isPlanted else {
                return targets
            }
            return targets.flatMap { target in
                let code = cart.dots[target.dot]?.scan?.code
                let line = live.filter { $0.state.scan?.code == code }
                if Mutant.voidAsCounter.isPlanted {
                    return [VoidTarget(dot: line.first?.dot ?? target.dot, units: target.units)]
                }
                return line.isEmpty
                    ? [target] : line.map { VoidTarget(dot: $0.dot, units: $0.state.live) }
            }
        #else
            return targets
        #endif
    }

    private static func change(_ dot: Dot, in cart: inout Cart, _ body: (inout DotState) -> Void) {
        guard var state = cart.dots[dot] else { return }
        body(&state)
        cart.dots[dot] = state
    }

    private static func close(_ body: CloseBody, in cart: inout Cart) {
        guard cart.state == .open else { return }
        for target in body.restored {
            change(target.dot, in: &cart) { $0.voided -= min(target.units, $0.voided) }
        }
        for target in cart.closeSet(only: body.only) {
            change(target.dot, in: &cart) { $0.frozen = target.units }
        }
        cart.state = .closing
        cart.ordinal = body.ordinal
        cart.closing = body
    }

    private static func reopen(_ cart: inout Cart) {
        guard cart.state == .closing else { return }
        for (dot, _) in cart.frozenDots { change(dot, in: &cart) { $0.frozen = 0 } }
        for target in cart.closing?.restored ?? [] { void(target, in: &cart) }
        cart.state = .open
        cart.closing = nil
        if Mutant.parkedLostOnReopen.isPlanted { cart.parked = [] }
        takeParked(&cart)
    }

    private static func settle(_ body: SettledBody, in cart: inout Cart) {
        guard cart.state == .closing else { return }
        for dot in cart.order {
            change(dot, in: &cart) { state in
                state.paid += state.frozen
                state.frozen = 0
                state.carried += Mutant.carryAndPay.isPlanted ? state.paid : state.live
            }
        }
        cart.state = .paid
        cart.closing = nil
        cart.receipts[body.ordinal] = body.receipt
        takeParked(&cart)
    }

    /// Rows 9–12: what waited is applied in log order, by the rules of the new state.
    private static func takeParked(_ cart: inout Cart) {
        let parked = cart.parked
        cart.parked = []
        for entry in parked { take(entry, into: &cart) }
    }
}
