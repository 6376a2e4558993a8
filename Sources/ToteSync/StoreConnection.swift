public import TotePrivacy

/// One HTTP request to the store.
public struct StoreRequest: Hashable, Sendable {
    public var method: String
    /// With query.
    public var path: String
    /// The template, for the egress ledger: `/v1/carts/{id}/sync`.
    public var route: String
    public var headers: [(name: String, value: String)] {
        get { fields.map { ($0.name, $0.value) } }
        set { fields = newValue.map { HeaderField($0.name, $0.value) } }
    }
    public var body: [UInt8]
    public var timeoutSeconds: Int
    private var fields: [HeaderField]

    public init(
        method: String, path: String, route: String,
        headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeoutSeconds: Int = 15
    ) {
        self.method = method
        self.path = path
        self.route = route
        self.fields = headers.map { HeaderField($0.name, $0.value) }
        self.body = body
        self.timeoutSeconds = timeoutSeconds
    }
}

/// The store's answer, read whole.
public struct StoreResponse: Hashable, Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [(name: String, value: String)] { fields.map { ($0.name, $0.value) } }
    public var body: [UInt8]
    /// HTTP bytes, request line and headers included.
    public var bytesSent: Int
    public var bytesReceived: Int
    private var fields: [HeaderField]

    public init(
        status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        bytesSent: Int = 0, bytesReceived: Int = 0
    ) {
        self.status = status
        self.fields = headers.map { HeaderField($0.name.lowercased(), $0.value) }
        self.body = body
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
    }

    /// The first value of that header, by its lower-case name.
    public func header(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }
}

struct HeaderField: Hashable, Sendable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Why no answer came.
public enum StoreConnectionError: Error, Hashable, Sendable {
    /// The text names the cause, never an address of a person.
    case unreachable(String)
    case timedOut
    /// The connection broke after the request had left: the store may have acted on it.
    case cut
    /// The answer is larger than we read.
    case tooLarge
    case tlsRefused
}

/// The network (one of the three seams): HTTP, in process, or a simulated one that drops,
/// repeats, reorders and cuts. A request needs a permit, so none leaves unseen (EGR-1).
public protocol StoreConnection: Sendable {
    /// `https://host[:port]`, without a slash at the end.
    var baseURL: String { get }
    /// `host` or `host:port`, as the ledger names it.
    var host: String { get }
    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse
}

/// What proves who asks: `Authorization` and a DPoP proof of this request (RFC 9449).
public protocol RequestCredential: Sendable {
    func headers(method: String, url: String) throws -> [(name: String, value: String)]
}
