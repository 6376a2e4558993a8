public import ToteMessages
public import TotePrivacy
public import ToteValues

/// Why a call gave no answer of the store's.
public enum StoreClientError: Error, Hashable, Sendable {
    case connection(StoreConnectionError)
    /// The permit was refused; nothing left the device.
    case privacy(PrivacyError)
    /// The credential could not be presented, for instance because its key is gone.
    case credential(String)
    /// An answer of no known schema: handled as a network failure (SYNC-52).
    case nonsense(status: Int)
    /// The store's refusal.
    case problem(Problem)
}

/// Sends requests with their permits: one row of the egress ledger each, made before, closed
/// after (EGR-2).
public struct StoreClient: Sendable {
    public let connection: any StoreConnection
    public let ledger: EgressLedger
    /// Follows the `Date` of the answers.
    public let clock: StoreClock?

    public init(
        connection: any StoreConnection, ledger: EgressLedger, clock: StoreClock? = nil
    ) {
        self.connection = connection
        self.ledger = ledger
        self.clock = clock
    }

    /// A proof that was refused while the device's clock was wrong is made once more by the right
    /// time.
    /// - Returns: the answer, whatever its status.
    /// - Throws: `connection`, `privacy`, `credential`.
    public func call(
        _ request: StoreRequest, purpose: Purpose, dataClasses: [String],
        credential: (any RequestCredential)? = nil
    ) async throws(StoreClientError) -> StoreResponse {
        let response = try await exchange(request, purpose, dataClasses, credential)
        let hasMoved = clock?.note(date: response.header("date")) ?? false
        guard hasMoved, credential != nil, [400, 401].contains(response.status) else {
            return response
        }
        return try await exchange(request, purpose, dataClasses, credential)
    }

    private func exchange(
        _ request: StoreRequest, _ purpose: Purpose, _ dataClasses: [String],
        _ credential: (any RequestCredential)?
    ) async throws(StoreClientError) -> StoreResponse {
        var request = request
        if let credential {
            let url = connection.baseURL + request.path
            do {
                request.headers += try credential.headers(method: request.method, url: url)
            } catch {
                throw .credential(String(describing: error))
            }
        }
        let permit = try permit(for: request, purpose, dataClasses)
        let row = permit.row
        do throws(StoreConnectionError) {
            let response = try await connection.send(request, permit: permit)
            ledger.close(
                row: row, bytesSent: response.bytesSent, bytesReceived: response.bytesReceived,
                outcome: .done)
            return response
        } catch {
            let sent = error == .cut || error == .timedOut || error == .tooLarge
            ledger.close(
                row: row, bytesSent: sent ? request.body.count : 0, bytesReceived: 0,
                outcome: sent ? .cut : .failed)
            throw .connection(error)
        }
    }

    /// Sends JSON and reads the answer: 2xx as `Answer`, else a `Problem`.
    /// - Throws: also `problem` and `nonsense`.
    public func call<Answer: JSONReadable>(
        _ route: Route, _ body: (any JSONWritable)? = nil, answer: Answer.Type,
        headers: [(name: String, value: String)] = [], purpose: Purpose, dataClasses: [String],
        credential: (any RequestCredential)? = nil, limits: StrictJSON.Limits = .answer
    ) async throws(StoreClientError) -> Answer {
        var request = StoreRequest(
            method: route.method, path: route.path, route: route.template.template,
            headers: headers + [("accept", "application/json")])
        if let body {
            request.headers.append(("content-type", "application/json"))
            request.body = body.json.canonical
        }
        let response = try await call(
            request, purpose: purpose, dataClasses: dataClasses, credential: credential)
        return try Self.read(response, as: Answer.self, limits: limits)
    }

    /// - Throws: `problem` for a status that is not 2xx, `nonsense` for no known schema.
    public static func read<Answer: JSONReadable>(
        _ response: StoreResponse, as type: Answer.Type, limits: StrictJSON.Limits = .answer
    ) throws(StoreClientError) -> Answer {
        guard let value = try? StrictJSON.parse(response.body, limits: limits) else {
            throw .nonsense(status: response.status)
        }
        let field = JSONField(value)
        if (200..<300).contains(response.status), let answer = try? Answer(json: field) {
            return answer
        }
        guard var problem = try? Problem(json: field), problem.status == response.status else {
            throw .nonsense(status: response.status)
        }
        if let text = response.header("retry-after"), let wait = DecimalText.unsigned(text) {
            problem.retryAfterSeconds = Int(clamping: wait)
        }
        throw .problem(problem)
    }

    private func permit(
        for request: StoreRequest, _ purpose: Purpose, _ dataClasses: [String]
    ) throws(StoreClientError) -> EgressPermit {
        do throws(PrivacyError) {
            return try ledger.permit(
                purpose: purpose, host: connection.host, method: request.method,
                route: request.route, dataClasses: dataClasses)
        } catch {
            throw .privacy(error)
        }
    }
}

extension StrictJSON.Limits {
    /// A sync answer has up to 500 entries in 256 KiB; nothing the store sends is larger, but for
    /// signed documents.
    public static let answer = StrictJSON.Limits(bytes: 512 * 1024, values: 40_000)
}
