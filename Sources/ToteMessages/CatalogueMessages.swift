public import ToteExits
public import ToteValues

/// `GET /v1/keys`: the store's public keys, signed by its root key. A device pins the root at
/// first contact and believes no set that another root signed.
public struct StoreKeysAnswer: Hashable, Sendable {
    /// Ed25519, 32 bytes.
    public let root: [UInt8]
    public let keys: SignedKeySet

    public init(root: [UInt8], keys: SignedKeySet) {
        self.root = root
        self.keys = keys
    }
}

extension StoreKeysAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "root": .string(Hex.encode(root)), "document": .string(keys.document),
            "signature": .string(Hex.encode(keys.signature)),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        root = try reader.required("root").parsed { text in
            Hex.decode(text).flatMap { $0.count == 32 ? $0 : nil }
        }
        keys = try json.read(SignedKeySet.self)
    }
}

/// The documents that a device keeps offline (DESIGN, "How do catalogue, price book and keys reach
/// a device?"): each a `SignedDocument`, or 304 when `from` is the version in force.
extension RouteTemplate {
    public static let catalogue = RouteTemplate("GET", "/v1/catalogue")
    public static let priceBook = RouteTemplate("GET", "/v1/price-book")

    public static let documents: [RouteTemplate] = [.catalogue, .priceBook]
}

extension Route {
    /// - Parameter from: the version that the device has; `nil` for none.
    public static func catalogue(from: Int64?) -> Route {
        RouteTemplate.catalogue.route().query(["from": from.map { String($0) }])
    }

    /// - Parameter from: the version that the device has; `nil` for none.
    public static func priceBook(from: BookVersion?) -> Route {
        RouteTemplate.priceBook.route().query(["from": from.map { String($0) }])
    }
}
