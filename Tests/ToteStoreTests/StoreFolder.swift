import Crypto
import Foundation
import ToteCatalogue
import ToteStore
import ToteValues

/// A store's folder of one test, with its two document keys.
final class StoreFolder {
    let path: String
    let catalogueKey = Curve25519.Signing.PrivateKey()
    let bookKey = Curve25519.Signing.PrivateKey()
    /// Saturday 2026-11-21, 11:00 at the store.
    let morning = Moment(unixSeconds: 1_795_255_200)

    init() throws {
        let name = "tote-store-\(UInt64.random(in: .min ... .max))"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(first: Assortment? = nil) throws -> StoreCatalogue {
        try StoreCatalogue(
            folder: path, catalogueSigner: DocumentSigner(keyNumber: 3, privateKey: catalogueKey),
            priceBookSigner: DocumentSigner(keyNumber: 4, privateKey: bookKey), first: first,
            at: morning)
    }
}
