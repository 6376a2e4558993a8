extension ShoppingTrip {
    /// Articles and prices are at hand, so that scanning needs no network.
    public var isReady: Bool { (try? catalogue()) != nil }

    /// Somebody is signed in on this device. Asks nobody.
    public var isSignedIn: Bool {
        get throws(TripError) { try membership() != nil }
    }
}
