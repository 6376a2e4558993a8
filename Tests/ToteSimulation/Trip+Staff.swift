import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// Goods that are stopped or need a look, the associate who looks, and phones that claim to be
/// one.
extension Trip {
    /// Of an article that is recalled, and of one with an age limit, in some trips.
    func judge(_ dot: Dot, _ scan: ScanBody) -> ScanJudgement {
        if Mutant.storedSerialReject.isPlanted, isSecond(dot, scan) { return .reject("serial") }
        guard plan[.holds] else { return .sold }
        if scan.code == stoppedCode { return .reject("recalled") }
        return scan.code == agedCode ? .hold("age") : .sold
    }

    private func isSecond(_ dot: Dot, _ scan: ScanBody) -> Bool {
        guard scan.code.hasPrefix("]C1"), let cart = store.durable.carts[cart]?.cart.cart else {
            return false
        }
        return cart.liveDots.contains { $0.dot != dot && $0.state.scan?.code == scan.code }
    }

    private var stoppedCode: String? { seed % 3 == 0 ? PriceTable.codes[1] : nil }
    private var agedCode: String? { seed % 2 == 0 ? PriceTable.codes[2] : nil }

    /// An associate releases what is held, as any other device of the cart.
    func callAssociate() {
        let held = store.durable.carts[cart]?.cart.cart.holds ?? []
        guard !held.isEmpty, paying.happens(700) else { return }
        let bodies = held.map { CartOperationBody.release($0) }
        push(bodies, as: DeviceID(Bytes16(high: 7, low: 7)), role: .associate)
    }

    /// A phone that was tampered with says what only an associate may, or nonsense.
    func forge() {
        guard let dot = store.durable.carts[cart]?.cart.cart.order.first else { return }
        let held = store.durable.carts[cart]?.cart.cart.holds.first
        let bodies: [CartOperationBody] = [
            .release(held ?? dot), .attr(dot: dot, key: "price", value: "1"),
            .reopened(ordinal: 1, reason: "voided"),
            .unknown(kind: "gift", .object([])),
        ]
        push(bodies, as: DeviceID(Bytes16(high: 6, low: 6)), role: .shopper)
    }

    private func push(_ bodies: [CartOperationBody], as device: DeviceID, role: Role) {
        let incarnation = Incarnation(store.working.carts.epoch.raw)
        let stream = Stream(device: device, incarnation: incarnation)
        let from = (store.working.carts[cart]?.cart.streams[stream] ?? 0) + 1
        let operations = zip(bodies, from...).map { body, sequence in
            CartOperation(
                dot: Dot(device: device, incarnation: incarnation, sequence: sequence), body: body)
        }
        let request = SyncRequest(
            cursor: nil, device: device, incarnation: incarnation, from: from,
            operations: operations)
        arriveAtStore(
            Message(number: 0, phone: -1, role: role, content: .sync(cart, request)))
    }
}
