public import ToteValues

/// One request in the ledger of what left the device (EGR-3).
public struct EgressRow: Hashable, Sendable {
    public enum Outcome: String, Sendable {
        /// Not closed: still under way, or a crash came between; its size is unknown.
        case opened
        case done, failed
        /// The connection broke after bytes had left.
        case cut
        /// Refused by a privacy rule; nothing was sent.
        case refused
    }

    public let id: Int64
    public let openedAt: Moment
    public let closedAt: Moment?
    public let purpose: Purpose
    public let host: String
    public let port: Int
    public let method: String
    /// The route with names for identifiers, such as `/v1/carts/{id}/sync` (EGR-7).
    public let routeTemplate: String
    public let dataClasses: [String]
    /// HTTP bytes before TLS, request line and headers included.
    public let bytesSent: Int
    public let bytesReceived: Int
    public let outcome: Outcome

    public init(
        id: Int64, openedAt: Moment, closedAt: Moment?, purpose: Purpose, host: String, port: Int,
        method: String, routeTemplate: String, dataClasses: [String], bytesSent: Int,
        bytesReceived: Int, outcome: Outcome
    ) {
        self.id = id
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.purpose = purpose
        self.host = host
        self.port = port
        self.method = method
        self.routeTemplate = routeTemplate
        self.dataClasses = dataClasses
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.outcome = outcome
    }
}

extension EgressRow: JSONWritable {
    public var json: JSONValue {
        .object([
            "id": .integer(id), "openedAt": .string(openedAt.text),
            "closedAt": closedAt.map { .string($0.text) }, "purpose": .string(purpose.rawValue),
            "host": .string(host), "port": .integer(Int64(port)), "method": .string(method),
            "routeTemplate": .string(routeTemplate), "dataClasses": .strings(dataClasses),
            "bytesSent": .integer(Int64(bytesSent)),
            "bytesReceived": .integer(Int64(bytesReceived)), "outcome": .string(outcome.rawValue),
        ])
    }
}
