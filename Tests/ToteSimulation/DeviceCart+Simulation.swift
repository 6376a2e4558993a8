import ToteCarts
import ToteSync
import ToteValues

/// What the simulation reads of a phone's cart.
extension DeviceCart {
    var ownOperations: [CartOperation] { own.map(\.operation) }
}

extension DeviceSync.Effect {
    /// The answer counted.
    var isTaken: Bool {
        if case .took = self { true } else { false }
    }
}

extension StoreCarts.Held {
    /// Whether the log has an operation of this name.
    func holds(_ dot: Dot) -> Bool { cart.hashes[dot] != nil }
}

extension StoreCarts {
    var sortedCarts: [CartID] { carts.keys.sorted() }
}
