import ToteValues

/// What the store makes of an operation.
public struct Verdict: Hashable, Sendable {
    /// Why an operation was refused; it is logged all the same and blocks nothing (SYNC-7).
    public enum Refusal: String, Hashable, Sendable {
        case unknownKind, invalid, cartFull, notAllowed, otherMember
    }

    public var disposition: Disposition
    public var refusal: Refusal?
    /// For a void: how many units each target really removed or asked back.
    public var removed: [DotUnits]

    public init(
        _ disposition: Disposition, refusal: Refusal? = nil, removed: [DotUnits] = []
    ) {
        self.disposition = disposition
        self.refusal = refusal
        self.removed = removed
    }

    static func refused(_ refusal: Refusal) -> Verdict { Verdict(.rejected, refusal: refusal) }
}

extension CartRules {
    /// The disposition of an operation that comes next (SYNC-7, merge table).
    /// - Parameters:
    ///   - cart: needs only the dots and clips that the operation names.
    ///   - member: the credential's pairwise id, for `attach`.
    ///   - liveUnits: of the whole cart, when `cart` holds only a part of it.
    public static func evaluate(
        _ operation: CartOperation, role: Role, member: String?, in cart: Cart,
        liveUnits: Int? = nil
    ) -> Verdict {
        if case .unknown = operation.body { return .refused(.unknownKind) }
        guard mayWrite(operation.body, role) else { return .refused(.notAllowed) }
        guard cart.revision < CartLimits.logEntries || role == .store else {
            return .refused(.cartFull)
        }
        if case .skip = operation.body { return Verdict(.applied) }
        if cart.state == .closing, role != .store || operation.body.isCarriedOver,
            !Mutant.parkedAppliedAtOnce.isPlanted
        {
            return Verdict(.parked)
        }
        switch operation.body {
        case .scan(let scan):
            return scanned(scan, operation.dot, cart, liveUnits ?? cart.liveUnits)
        case .void(let targets, _): return voided(targets, cart)
        case .clip(let key):
            return clipped(operation.dot, cart, again: cart.clips.values.contains(key))
        case .decline(let key):
            return clipped(operation.dot, cart, again: cart.declines.values.contains(key))
        case .unclip(let dot): return unclipped(dot, cart)
        case .inherit: return Verdict(cart.state == .paid ? .carried : .applied)
        case .attach: return attached(member, cart)
        case .attr(let dot, _, _), .release(let dot):
            return cart.dots[dot]?.scan == nil ? .refused(.invalid) : Verdict(.applied)
        default: return Verdict(.applied)
        }
    }

    private static func mayWrite(_ body: CartOperationBody, _ role: Role) -> Bool {
        switch body {
        case .scan, .clip, .decline, .unclip, .attach, .skip: role != .store
        // The store repeats a late void in the carry-over cart (row 12).
        case .void: true
        case .attr, .release: role == .associate || Mutant.shopperReleasesHold.isPlanted
        case .hold, .reject, .price, .join, .inherit, .close, .reopened, .settled: role == .store
        case .unknown: false
        }
    }

    private static func scanned(
        _ scan: ScanBody, _ dot: Dot, _ cart: Cart, _ liveUnits: Int
    ) -> Verdict {
        guard liveUnits + scan.units <= CartLimits.liveUnits else { return .refused(.cartFull) }
        if let tombstone = cart.dots[dot], tombstone.voided > 0 { return Verdict(.bornDead) }
        return Verdict(cart.state == .paid ? .carried : .applied)
    }

    /// The greatest disposition of the targets; each counts after the ones before it.
    private static func voided(_ targets: [VoidTarget], _ cart: Cart) -> Verdict {
        var taken: [Dot: Int] = [:]
        var verdict = Verdict(.applied)
        for target in targets {
            let before = taken[target.dot, default: 0]
            let (disposition, units) = fate(target, before: before, cart)
            taken[target.dot] = before + units
            verdict.disposition = max(verdict.disposition, disposition)
            verdict.removed.append(DotUnits(dot: target.dot, units: units))
        }
        return verdict
    }

    private static func fate(
        _ target: VoidTarget, before: Int, _ cart: Cart
    ) -> (Disposition, units: Int) {
        guard let state = cart.dots[target.dot], state.scan != nil else {
            return (.tombstone, 0)
        }
        if state.paid > 0 {
            let units = min(target.units, state.paid - state.refundRequested - before)
            return units > 0 ? (.refundRequested, units) : (.superseded, 0)
        }
        if state.carried > 0 { return (.carried, min(target.units, state.carried - before)) }
        let units = min(target.units, state.live - before)
        return (units == target.units ? .applied : .superseded, units)
    }

    private static func clipped(_ dot: Dot, _ cart: Cart, again: Bool) -> Verdict {
        if cart.state == .paid { return Verdict(.superseded) }
        if cart.unclipped.contains(dot) { return Verdict(.bornDead) }
        return Verdict(again ? .superseded : .applied)
    }

    private static func unclipped(_ dot: Dot, _ cart: Cart) -> Verdict {
        if cart.unclipped.contains(dot) { return Verdict(.superseded) }
        let known = cart.clips[dot] != nil || cart.declines[dot] != nil
        return Verdict(known ? .applied : .tombstone)
    }

    private static func attached(_ member: String?, _ cart: Cart) -> Verdict {
        guard let member else { return .refused(.notAllowed) }
        guard let bound = cart.member else { return Verdict(.applied) }
        return bound == member ? Verdict(.superseded) : .refused(.otherMember)
    }
}

extension CartOperationBody {
    /// What the store brings from a cart that is paid; it waits like a device's own.
    fileprivate var isCarriedOver: Bool {
        switch self {
        case .inherit, .void: true
        default: false
        }
    }
}
