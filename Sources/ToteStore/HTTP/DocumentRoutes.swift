import Crypto
import ToteCatalogue
import ToteMessages
import ToteValues

/// What devices keep offline: keys, catalogue, price book. Everybody may read them.
extension RouteTable {
    func addDocumentRoutes() {
        on(.keys) { exchange in
            let services = exchange.services
            return .json(
                StoreKeysAnswer(
                    root: Array(services.keys.root.publicKey.rawRepresentation),
                    keys: try services.exits.keySet()))
        }
        on(.catalogue) { exchange in
            let shop = exchange.services.catalogue
            return Self.document(shop.document(since: try Self.version(exchange)))
        }
        on(.priceBook) { exchange in
            let shop = exchange.services.catalogue
            return Self.document(shop.priceBook(since: try Self.version(exchange)))
        }
    }

    /// 304 when the device has the version in force.
    private static func document(_ document: SignedDocument?) -> StoreAnswer {
        guard let document else { return StoreAnswer(status: 304) }
        return .json(document)
    }

    private static func version(_ exchange: Exchange) throws(Problem) -> Int64? {
        guard let text = exchange.query("from") else { return nil }
        guard let number = DecimalText.unsigned(text), let version = Int64(exactly: number) else {
            throw Problem.malformed("The version is no number.")
        }
        return version
    }
}
