import Hummingbird
import NIOCore

/// What a route knows besides the request: where it came from.
struct StoreRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address without its port; never stored but as a hash.
    let source: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
