import ToteCarts
package import ToteValues

extension StoreCart {
    /// The promised prices of these scans have ended (SYNC-55): from now on they cost what the
    /// book in force says. Needs the dots.
    package mutating func endLocks(of dots: [Dot], book: BookVersion, epoch: Epoch) {
        guard head.state == .open else { return }
        let locked = dots.filter { cart.dots[$0].map { $0.priceLock > 0 } ?? false }
        guard !locked.isEmpty else { return }
        append(own: .price(dots: locked, book: book), epoch)
    }
}
