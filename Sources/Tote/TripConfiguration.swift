public import ToteSync
public import ToteValues

/// What an embedding program decides: where the device's files lie, which store, which network.
public struct TripConfiguration: Sendable {
    /// Folder of the device's files; made with mode 0700 when absent.
    public var home: String
    /// Base address of the store, `https://…` (loopback may be `http://…`); `nil` uses the store
    /// of the last contact.
    public var storeURL: String?
    /// Opens the network to a base address.
    public var connection: @Sendable (_ baseURL: String) -> any StoreConnection
    public var world: World

    public init(
        home: String, storeURL: String?,
        connection: @escaping @Sendable (_ baseURL: String) -> any StoreConnection,
        world: World = .system
    ) {
        self.home = home
        self.storeURL = storeURL
        self.connection = connection
        self.world = world
    }
}
