/// How a store server is set up.
public struct StoreConfiguration: Hashable, Sendable {
    /// Where the store keeps its files; made if absent.
    public var folder: String
    /// Address to listen on.
    public var host: String
    /// 0 asks the system for a free one.
    public var port: Int
    /// The store's number, part of receipts and passes.
    public var storeNumber: UInt32
    /// Fills an empty store with the demo shop and its three members.
    public var demo: Bool
    /// `scheme://host[:port]` under which devices reach the store, when that is not the address
    /// it listens on (a proxy with TLS in front).
    public var publicURL: String?
    /// RFC 7638 thumbprints of the keys with which gates prove themselves (`POST
    /// /v1/gate/consume`). Without one no pass is used up over the network: whoever saw a pass
    /// could use it up before its shopper is at the gate.
    public var gateKeys: Set<String>
    /// Seconds for a connection's first request head, and for each body (LIM-1).
    package var headSeconds: Int64 = 10
    package var bodySeconds: Int64 = 30

    public init(
        folder: String, host: String = "127.0.0.1", port: Int = 8080, storeNumber: UInt32 = 42,
        demo: Bool = false, publicURL: String? = nil, gateKeys: Set<String> = []
    ) {
        self.folder = folder
        self.host = host
        self.port = port
        self.storeNumber = storeNumber
        self.demo = demo
        self.publicURL = publicURL
        self.gateKeys = gateKeys
    }
}
