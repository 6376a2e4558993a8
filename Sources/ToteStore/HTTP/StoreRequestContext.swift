import Hummingbird
import NIOCore

/// What a route knows besides the request: where it came from.
struct StoreRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address without its port; never stored but as a hash.
    let source: String
    /// The connection, so that a client that is too slow can be cut off.
    let channel: (any Channel)?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? "unknown"
        channel = source.channel
    }
}
