public import ToteBarcodes
import ToteCatalogue

extension ShoppingTrip {
    /// Articles and prices are at hand, so that scanning needs no network.
    public var isReady: Bool { (try? catalogue()) != nil }

    /// The GS1 application identifiers that the store knows; the standard's without a catalogue.
    public var identifiers: IdentifierTable {
        (try? catalogue().profile.rules.identifiers) ?? .standard
    }

    /// Somebody is signed in on this device. Asks nobody.
    public var isSignedIn: Bool {
        get throws(TripError) { try membership() != nil }
    }
}
