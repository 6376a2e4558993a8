import ToteCarts
import ToteMessages
import TotePrivacy
import ToteSync
import ToteValues

/// The way to the store, with every failure in the trip's shape.
extension ShoppingTrip {
    /// The connection of this trip.
    /// - Throws: `noStore`.
    func storeClient() throws(TripError) -> StoreClient {
        guard let client else { throw .noStore }
        return client
    }

    /// Sends a route with a JSON body and reads its answer.
    func call<Answer: JSONReadable>(
        _ route: Route, _ body: (any JSONWritable)? = nil, answer: Answer.Type,
        headers: [(name: String, value: String)] = [], purpose: Purpose = .contractCheckout,
        dataClasses: [String], credential: (any RequestCredential)? = nil
    ) async throws(TripError) -> Answer {
        do throws(StoreClientError) {
            return try await storeClientOrThrow().call(
                route, body, answer: answer, headers: headers, purpose: purpose,
                dataClasses: dataClasses, credential: credential)
        } catch { throw tripError(error) }
    }

    /// Sends a request whose answer the caller reads.
    func send(
        _ request: StoreRequest, purpose: Purpose = .contractCheckout, dataClasses: [String],
        credential: (any RequestCredential)? = nil
    ) async throws(TripError) -> StoreResponse {
        do throws(StoreClientError) {
            return try await storeClientOrThrow().call(
                request, purpose: purpose, dataClasses: dataClasses, credential: credential)
        } catch { throw tripError(error) }
    }

    private func storeClientOrThrow() throws(StoreClientError) -> StoreClient {
        guard let client else { throw .connection(.unreachable("no store named")) }
        return client
    }

    func tripError(_ error: StoreClientError) -> TripError {
        switch error {
        case .connection where client == nil: .noStore
        case .connection(.tooLarge), .nonsense: .nonsense
        case .connection: .unreachable(client?.connection.host ?? "")
        case .privacy(let error):
            TripError(
                code: error.code.rawValue, kind: .permission, message: error.message,
                mend: error.mend)
        case .credential(let words):
            TripError(
                code: "credential", kind: .permission,
                message: "The device cannot prove who it is: \(words)",
                mend: "Sign in again: tote login")
        case .problem(let problem): TripError(problem)
        }
    }

    func meta(_ key: String) throws(TripError) -> String? {
        try cartErrors { () throws(CartError) in try carts.meta(key) }
    }

    func setMeta(_ key: String, _ value: String?) throws(TripError) {
        try cartErrors { () throws(CartError) in try carts.setMeta(key, value) }
    }
}
