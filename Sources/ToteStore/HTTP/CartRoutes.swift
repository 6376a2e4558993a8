import HTTPTypes
import ToteMembers
import ToteMessages
import ToteValues

/// Carts over HTTP (`cart-sync.md` section 5).
extension RouteTable {
    func addCartRoutes() {
        on(.createCart, Self.create)
        on(.syncCart) { exchange in
            let request = try exchange.json(SyncRequest.self)
            // Whose it is comes first: a device must not pay for what others send in its name.
            let caller = try await exchange.knownCaller()
            guard exchange.services.syncRate.take(caller.device ?? request.device) else {
                throw Problem.tooManyRequests(retryAfterSeconds: 1)
            }
            return .json(
                try await exchange.services.carts.sync(
                    try exchange.cart(), request, caller: caller))
        }
        on(.cartLog) { exchange in
            let cursor = try exchange.cursor()
            return .json(
                try await exchange.services.carts.log(
                    try exchange.cart(), cursor: cursor, caller: try await exchange.knownCaller()))
        }
        on(.cartQuote) { exchange in
            .json(
                try await exchange.services.carts.quote(
                    try exchange.cart(), caller: try await exchange.knownCaller()))
        }
        on(.closeCart) { exchange in
            let request = try exchange.json(CloseRequest.self)
            guard let ifMatch = exchange.header("If-Match").flatMap(Self.cursor) else {
                throw Problem(status: 428, code: "ifMatchRequired")
            }
            let (cart, caller) = (try exchange.cart(), try await exchange.knownCaller())
            do {
                return .json(
                    try await exchange.services.carts.close(
                        cart, request, ifMatch: ifMatch, caller: caller))
            } catch let problem as Problem where problem.code == "reconciling" {
                // Where the provider holds nothing, its word is enough (SYNC-61).
                let nothing = AttestRequest(receipts: [], confirmedSets: [])
                let healed = try await exchange.services.healing.attest(
                    cart, nothing, caller: caller)
                if healed.mustReconcile { throw problem }
                return .json(
                    try await exchange.services.carts.close(
                        cart, request, ifMatch: ifMatch, caller: caller))
            }
        }
        on(.bindCart) { exchange in
            .json(
                try await exchange.services.carts.bind(
                    try exchange.cart(), try exchange.json(BindRequest.self),
                    caller: try await exchange.knownCaller()))
        }
        on(.attestCart) { exchange in
            .json(
                try await exchange.services.healing.attest(
                    try exchange.cart(), try exchange.json(AttestRequest.self),
                    caller: try await exchange.knownCaller()))
        }
    }

    /// The body's key must be the one that made the proof; a guest's grant is bound to it.
    private static func create(_ exchange: Exchange) async throws -> StoreAnswer {
        let request = try exchange.json(CreateCartRequest.self)
        let caller = try await exchange.caller()
        guard let key = Base64URL.decode(request.key), key.count == 32 else {
            throw Problem.invalid("No Ed25519 public key.", pointer: "/key")
        }
        guard caller.keyThumbprint == PublicJWK.ed25519(key).thumbprint else {
            throw Problem.unauthorised("The proof was not made by the trip's key.")
        }
        if let member = caller.member, !member.state.startsTrips {
            throw Problem.membershipInactive
        }
        let (answer, isNew) = try await exchange.services.carts.create(request, caller: caller)
        return .json(answer, status: isNew ? 201 : 200)
    }

    /// An entity tag has quotes; a bare cursor is taken too.
    private static func cursor(_ tag: String) -> Cursor? {
        let isQuoted = tag.count >= 2 && tag.hasPrefix("\"") && tag.hasSuffix("\"")
        return Cursor(text: isQuoted ? String(tag.dropFirst().dropLast()) : tag)
    }
}
