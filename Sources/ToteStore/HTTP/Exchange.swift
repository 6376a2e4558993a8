import HTTPTypes
import Hummingbird
import NIOCore
import ToteMembers
import ToteMessages
import ToteValues

/// One request as a route sees it: body within its limit, and the ways to read it.
struct Exchange: Sendable {
    /// LIM-1.
    static let largestBody = 256 * 1024
    static let longestTarget = 2048

    let request: Request
    let context: StoreRequestContext
    let body: [UInt8]
    let services: StoreServices

    /// Reads the body whole.
    /// - Throws: `Problem` 413, 415.
    init(
        _ request: Request, _ context: StoreRequestContext, services: StoreServices,
        contentType: String
    ) async throws {
        guard request.uri.string.utf8.count <= Self.longestTarget else {
            throw Problem(status: 414, code: "targetTooLong")
        }
        if let encoding = request.headers[.contentEncoding], encoding != "identity" {
            throw Problem.unsupportedMediaType
        }
        let length = request.headers[.contentLength].flatMap { DecimalText.unsigned($0) } ?? 0
        guard length <= UInt64(Self.largestBody) else {
            throw Problem.tooLarge(maxBytes: Self.largestBody)
        }
        body = try await Self.read(request, context, seconds: services.configuration.bodySeconds)
        self.request = request
        self.context = context
        self.services = services
        guard body.isEmpty || hasType(contentType) else { throw Problem.unsupportedMediaType }
    }

    /// A body that trickles past its time is cut off, which reads like one that broke.
    private static func read(
        _ request: Request, _ context: StoreRequestContext, seconds: Int64
    ) async throws -> [UInt8] {
        let channel = context.channel
        let deadline = channel?.eventLoop.scheduleTask(in: .seconds(seconds)) {
            channel?.close(mode: .input, promise: nil)
        }
        defer { deadline?.cancel() }
        do {
            return Array(try await request.body.collect(upTo: largestBody).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(maxBytes: largestBody)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Problem.malformed("The body does not read.")
        }
    }

    /// `type/subtype` alone, or with `charset=utf-8`.
    private func hasType(_ expected: String) -> Bool {
        let parts = (request.headers[.contentType] ?? "").lowercased()
            .split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        guard parts.first == expected else { return false }
        return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }

    /// - Throws: `Problem` 400, 413, 422.
    func json<Message: JSONReadable>(_ type: Message.Type) throws(Problem) -> Message {
        let value: JSONValue
        do throws(StrictJSONError) {
            value = try StrictJSON.parse(body)
        } catch {
            throw Problem.malformed(error)
        }
        do throws(JSONReadError) {
            return try Message(json: JSONField(value))
        } catch {
            throw Problem.invalid(error)
        }
    }

    /// The path's `{name}`, read by `parse`; a text that does not read is like an unknown one.
    func path<Value>(
        _ name: String, _ parse: (String) -> Value?, else problem: Problem = .notFound
    ) throws(Problem) -> Value {
        guard let text = context.parameters.get(name), let value = parse(text) else {
            throw problem
        }
        return value
    }

    func cart() throws(Problem) -> CartID {
        try path("id", { CartID(text: $0) }, else: .unknownCart)
    }

    /// A settlement's number in its cart.
    func ordinal() throws(Problem) -> Int32 {
        try path("n", { DecimalText.unsigned($0).flatMap { Int32(exactly: $0) } })
    }

    /// A query parameter as it stands; our values need no decoding.
    func query(_ name: String) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init)
    }

    /// The query's `cursor`; `nil` when there is none.
    /// - Throws: `Problem` 400 for one that does not read.
    func cursor() throws(Problem) -> Cursor? {
        guard let text = query("cursor") else { return nil }
        guard let cursor = Cursor(text: text) else {
            throw .malformed("The cursor does not read.")
        }
        return cursor
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    /// The request as a proof must name it.
    var proven: ProvenRequest {
        ProvenRequest(
            method: request.method.rawValue,
            urls: services.address.all.map { $0 + request.uri.path })
    }

    /// Who asks.
    /// - Throws: `Problem` 401.
    func caller() async throws -> Caller {
        let token: String?
        if let authorization = request.headers[.authorization] {
            let parts = authorization.split(
                separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].lowercased() == "dpop" else {
                throw Problem.unauthorised("Only tokens bound to a key are taken (DPoP).")
            }
            token = String(parts[1])
        } else {
            token = nil
        }
        return try await services.members.caller(
            .init(
                accessToken: token, proof: header("DPoP"), request: proven,
                cart: context.parameters.get("id").flatMap { CartID(text: $0) }))
    }

    /// As `caller`, but somebody.
    /// - Throws: `Problem` 401 also for nobody.
    func knownCaller() async throws -> Caller {
        let caller = try await caller()
        guard !caller.isAnonymous else { throw Problem.unauthorised("Sign in, or send a grant.") }
        return caller
    }
}
