import ToteStorage

/// The files of one device, in one folder that only its owner reads.
struct TripHome: Sendable {
    let folder: String

    /// Carts, egress ledger and receipts of the trip's owner.
    var database: String { folder + "/trip.sqlite" }
    /// Replaced whole, so a file of its own.
    var catalogue: String { folder + "/catalogue.sqlite" }
    var lock: String { folder + "/lock" }
    /// Stands for this place; no backup should take it.
    var nonce: String { folder + "/home.nonce" }

    /// Makes the folder (0700) when it is absent.
    init(folder: String) throws(TripError) {
        self.folder = folder
        do {
            try PrivateFile.makeFolder(folder)
        } catch {
            throw TripError(error)
        }
    }
}
