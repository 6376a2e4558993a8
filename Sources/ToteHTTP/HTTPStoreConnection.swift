import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ToteDeflate
public import TotePrivacy
public import ToteSync

/// The store over HTTP/1.1 (one of the three connections behind the seam). Follows no redirect,
/// reads at most 8 MiB, also of what was deflated, waits 5 s for a connection and the request's own
/// time for the whole answer (SYNC-52).
public struct HTTPStoreConnection: StoreConnection {
    public static let largestAnswer = 8 << 20

    private let url: StoreURL

    public init(url: StoreURL) { self.url = url }

    public var baseURL: String { url.text }
    public var host: String { url.authority }

    /// One pool for the process. It lives as long as the process does, so nothing shuts it down.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: configuration)

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: .seconds(30)), decompression: .disabled)
        // A store that refuses connections is away. Whoever asks decides when to try again; the
        // pool would go on in silence until the request's own time is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// - Parameter permit: used up here; one for another host sends nothing.
    public func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        let allowedHost = permit.host
        guard allowedHost == host else { throw .unreachable("The permit is for another host.") }
        let outgoing = outgoing(request)
        do {
            return try await Self.within(seconds: request.timeoutSeconds) {
                let response = try await Self.client.execute(
                    outgoing, timeout: .seconds(Int64(request.timeoutSeconds)))
                return try await read(
                    response, bytesSent: HTTPBytes.sent(request, host: host))
            }
        } catch {
            throw Self.reason(error)
        }
    }

    private func outgoing(_ request: StoreRequest) -> HTTPClientRequest {
        var outgoing = HTTPClientRequest(url: baseURL + request.path)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in HTTPBytes.headers(of: request) {
            outgoing.headers.add(name: name, value: value)
        }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        return outgoing
    }

    private func read(
        _ response: HTTPClientResponse, bytesSent: Int
    ) async throws -> StoreResponse {
        let body: ByteBuffer
        do {
            body = try await response.body.collect(upTo: Self.largestAnswer)
        } catch is NIOTooManyBytesError {
            throw StoreConnectionError.tooLarge
        } catch let error as HTTPClientError where error == .remoteConnectionClosed {
            throw StoreConnectionError.cut
        }
        let headers = response.headers.map { (name: $0.name, value: $0.value) }
        return StoreResponse(
            status: Int(response.status.code), headers: headers,
            body: try Self.inflated(body, response.headers), bytesSent: bytesSent,
            bytesReceived: HTTPBytes.received(
                status: response.status, headers: headers, body: body.readableBytes))
    }

    /// The store deflates long answers (SYNC-51); the client leaves that to us, so that the bytes
    /// of the wire are counted.
    private static func inflated(
        _ body: ByteBuffer, _ headers: HTTPHeaders
    ) throws(StoreConnectionError) -> [UInt8] {
        let bytes = Array(body.readableBytesView)
        let coding = headers.first(name: "content-encoding")?.lowercased() ?? "identity"
        if coding == "identity" || bytes.isEmpty { return bytes }
        guard coding == Deflate.coding else { throw .cut }
        do {
            return try Deflate.inflated(bytes, limit: largestAnswer)
        } catch {
            throw error == .tooLarge ? .tooLarge : .cut
        }
    }

    /// The client's own deadline ends with the answer's head; a body that trickles must not last
    /// for ever either.
    private static func within(
        seconds: Int, _ work: @escaping @Sendable () async throws -> StoreResponse
    ) async throws -> StoreResponse {
        try await withThrowingTaskGroup(of: StoreResponse.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw StoreConnectionError.timedOut
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw StoreConnectionError.cut }
            return first
        }
    }

    private static func reason(_ error: any Error) -> StoreConnectionError {
        switch error {
        case let error as StoreConnectionError: return error
        case is CancellationError: return .cut
        case let error as HTTPClientError: return reason(error)
        case let error as ChannelError:
            if case .connectTimeout = error { return .unreachable("The store does not answer.") }
            return .cut
        default:
            // NIOSSL's errors have no common type that this module could name without it.
            let isTLS = String(reflecting: Swift.type(of: error)).hasPrefix("NIOSSL")
            return isTLS ? .tlsRefused : .unreachable("No connection to the store.")
        }
    }

    private static func reason(_ error: HTTPClientError) -> StoreConnectionError {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout:
            return .unreachable("The store does not answer.")
        case .readTimeout, .writeTimeout, .deadlineExceeded: return .timedOut
        case .tlsHandshakeTimeout: return .tlsRefused
        case .remoteConnectionClosed, .cancelled: return .cut
        default: return .unreachable("The store cannot be asked.")
        }
    }
}
