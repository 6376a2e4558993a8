public import ToteValues

/// A route as the server registers it and the ledger names it: identifiers stand as `{id}`.
public struct RouteTemplate: Hashable, Sendable {
    public let method: String
    public let template: String

    public init(_ method: String, _ template: String) {
        self.method = method
        self.template = template
    }

    /// The route with its `{…}` filled in, in order. Identifiers need no percent-encoding: all of
    /// ours are letters, digits, `.`, `_`, `:` and `-` (JSON-3).
    public func route(_ arguments: String...) -> Route {
        var rest = arguments[...]
        let parts = template.split(separator: "/").map { part in
            part.hasPrefix("{") ? rest.popFirst() ?? String(part) : String(part)
        }
        return Route(template: self, path: "/" + parts.joined(separator: "/"))
    }
}

/// One request's route. Every path template stands once, here and in the extensions beside.
public struct Route: Hashable, Sendable {
    public let template: RouteTemplate
    /// With identifiers and, where there is one, the query.
    public let path: String

    public var method: String { template.method }

    public init(template: RouteTemplate, path: String) {
        self.template = template
        self.path = path
    }

    /// With a query of which names and values need no percent-encoding.
    public func query(_ items: KeyValuePairs<String, String?>) -> Route {
        let pairs = items.compactMap { name, value in value.map { "\(name)=\($0)" } }
        guard !pairs.isEmpty else { return self }
        return Route(template: template, path: path + "?" + pairs.joined(separator: "&"))
    }
}

extension RouteTemplate {
    public static let createCart = RouteTemplate("POST", "/v1/carts")
    public static let syncCart = RouteTemplate("POST", "/v1/carts/{id}/sync")
    public static let cartLog = RouteTemplate("GET", "/v1/carts/{id}/log")
    public static let cartQuote = RouteTemplate("GET", "/v1/carts/{id}/quote")
    public static let closeCart = RouteTemplate("POST", "/v1/carts/{id}/close")

    public static let cartEvents = RouteTemplate("GET", "/v1/carts/{id}/events")
    public static let bindCart = RouteTemplate("POST", "/v1/carts/{id}/bind")
    public static let attestCart = RouteTemplate("POST", "/v1/carts/{id}/attest")

    /// The cart routes of `cart-sync.md` section 5.
    public static let carts: [RouteTemplate] = [
        .createCart, .syncCart, .cartLog, .cartQuote, .closeCart, .cartEvents, .bindCart,
        .attestCart,
    ]
}

extension Route {
    public static let createCart = RouteTemplate.createCart.route()

    public static func sync(_ cart: CartID) -> Route { RouteTemplate.syncCart.route(cart.text) }

    /// - Parameter cursor: `nil` asks for all.
    public static func log(_ cart: CartID, cursor: Cursor?) -> Route {
        RouteTemplate.cartLog.route(cart.text).query(["cursor": cursor?.text])
    }

    public static func quote(_ cart: CartID) -> Route { RouteTemplate.cartQuote.route(cart.text) }
    public static func close(_ cart: CartID) -> Route { RouteTemplate.closeCart.route(cart.text) }
    /// - Parameters:
    ///   - cursor: what is known already.
    ///   - waitSeconds: asks for one answer, after so long at the latest; `nil` for a stream.
    public static func events(
        _ cart: CartID, cursor: Cursor?, waitSeconds: Int? = nil
    ) -> Route {
        RouteTemplate.cartEvents.route(cart.text)
            .query(["cursor": cursor?.text, "wait": waitSeconds.map(String.init)])
    }

    public static func bind(_ cart: CartID) -> Route { RouteTemplate.bindCart.route(cart.text) }
    public static func attest(_ cart: CartID) -> Route {
        RouteTemplate.attestCart.route(cart.text)
    }
}
