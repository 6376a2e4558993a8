import Crypto
import ToteCatalogue
import ToteExits
import ToteMessages
import ToteSync
import ToteValues

/// What the trip fetches of its store: keys, articles, prices and offers.
extension ShoppingTrip {
    /// Makes the trip ready: with a store in reach its newest keys, catalogue and price book are
    /// fetched; without one it goes on with what is there.
    /// - Throws: `noStore` when there is no catalogue and no store to fetch one from;
    ///   `badSignature` and the like when the store's documents are not to be believed (the old
    ///   ones stay in force).
    public func prepare() async throws(TripError) -> PrepareReport {
        guard client != nil, refusal == nil else {
            isOffline = isOffline || refusal != nil
            guard (try? catalogue()) != nil else {
                throw refusal ?? .noStore
            }
            return try report(updated: false)
        }
        do throws(TripError) {
            try await fetchKeys()
            let updated = try await fetchDocuments()
            isOffline = false
            return try report(updated: updated)
        } catch {
            guard error.kind == .unreachable else { throw error }
            isOffline = true
            guard (try? catalogue()) != nil else { throw error }
            return try report(updated: false)
        }
    }

    /// The catalogue in use.
    func catalogue() throws(TripError) -> Catalogue {
        if let installed { return installed }
        do {
            let catalogue = try Catalogue.open(path: home.catalogue)
            installed = catalogue
            return catalogue
        } catch { throw TripError(error) }
    }

    /// The store's verified keys, as last fetched.
    func keySet() throws(TripError) -> GateKeySet? {
        guard let root = try rootKey(), let text = try meta(MetaKey.keySet),
            let value = try? StrictJSON.parse(Array(text.utf8), limits: .answer),
            let signed = try? SignedKeySet(json: JSONField(value))
        else { return nil }
        return try? signed.verified(root: root, store: nil)
    }

    private func report(updated: Bool) throws(TripError) -> PrepareReport {
        let catalogue = try catalogue()
        return PrepareReport(
            storeName: catalogue.profile.name, catalogueVersion: catalogue.catalogueVersion,
            bookVersion: catalogue.bookVersion, articles: catalogue.count(), updated: updated,
            offline: isOffline)
    }

    /// The root key is pinned at first contact; a set that it did not sign is refused for ever.
    private func fetchKeys() async throws(TripError) {
        let signed = try await call(.keys, answer: StoreKeysAnswer.self, dataClasses: ["none"])
        let root: Curve25519.Signing.PublicKey
        if let pinned = try rootKey() {
            root = pinned
        } else {
            guard let first = try? Curve25519.Signing.PublicKey(rawRepresentation: signed.root)
            else { throw .nonsense }
            root = first
        }
        do {
            _ = try signed.keys.verified(root: root, store: nil, held: try? keySet())
        } catch {
            throw TripError(
                code: error == .badSignature ? "badSignature" : error.rawValue, kind: .data,
                message: "The store's key set is not to be believed.",
                mend: "The old keys stay in force; tell the store.")
        }
        try setMeta(MetaKey.storeRoot, Hex.encode(root.rawRepresentation))
        try setMeta(MetaKey.keySet, signed.keys.json.canonicalText)
    }

    private func rootKey() throws(TripError) -> Curve25519.Signing.PublicKey? {
        guard let bytes = try meta(MetaKey.storeRoot).flatMap({ Hex.decode($0) }) else {
            return nil
        }
        return try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    }

    /// - Returns: whether anything newer was installed.
    private func fetchDocuments() async throws(TripError) -> Bool {
        guard let keys = try keySet() else { throw .nonsense }
        let held = try? catalogue()
        let snapshot = try await document(.catalogue(from: held?.catalogueVersion))
        let book = try await document(.priceBook(from: snapshot == nil ? held?.bookVersion : nil))
        let documentKeys = DocumentKeys(keys)
        do throws(CatalogueError) {
            if let snapshot, let book {
                installed = try Catalogue.install(
                    catalogue: snapshot, book: book, keys: documentKeys, path: home.catalogue)
            } else if let book {
                try held?.installBook(book, keys: documentKeys)
            }
        } catch { throw TripError(error) }
        if snapshot != nil || book != nil { offers = nil }
        return snapshot != nil || book != nil
    }

    /// `nil` when the store has nothing newer.
    private func document(_ route: Route) async throws(TripError) -> SignedDocument? {
        let request = StoreRequest(
            method: route.method, path: route.path, route: route.template.template)
        let response = try await send(request, dataClasses: ["catalogueVersion"])
        if response.status == 304 || response.status == 204 { return nil }
        do throws(StoreClientError) {
            return try StoreClient.read(
                response, as: SignedDocument.self, limits: SignedDocument.limits)
        } catch { throw tripError(error) }
    }
}

extension DocumentKeys {
    init(_ set: GateKeySet) {
        func keys(_ purpose: KeyPurpose) -> [Int: Curve25519.Signing.PublicKey] {
            let listed = set.keys.filter { $0.purpose == purpose }
            return Dictionary(
                listed.compactMap { key in
                    set.publicKey(purpose, number: key.number).map { (key.number, $0) }
                }, uniquingKeysWith: { first, _ in first })
        }
        self.init(catalogue: keys(.catalogue), priceBook: keys(.priceBook))
    }
}
