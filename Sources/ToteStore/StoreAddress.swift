import Synchronization

/// Where the store answers: known for good when the operator names a public URL, else when the
/// server has bound its port.
package final class StoreAddress: Sendable {
    private let bases: Mutex<[String]>
    private let isFixed: Bool

    /// - Parameter publicURL: scheme, host and port without a path, such as
    ///   `https://store.example`; `nil` to go by the bound address.
    package init(publicURL: String?) {
        bases = Mutex([publicURL ?? "http://127.0.0.1"])
        isFixed = publicURL != nil
    }

    /// Whether a text is such a public URL.
    package static func isBase(_ text: String) -> Bool {
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else { return false }
        let rest = text.dropFirst(scheme.count)
        return !rest.isEmpty
            && rest.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x3A, 0x41...0x5B, 0x5D, 0x61...0x7A, 0x2D, 0x2E: true
                default: false
                }
            }
    }

    /// The first of `all`, used in links and as the authority's name.
    package var base: String { bases.withLock { $0.first ?? "" } }

    /// Every name under which a request may have been made.
    package var all: [String] { bases.withLock { $0 } }

    /// Learns the bound address. A loopback or wildcard host answers under its usual names too.
    package func bound(host: String, port: Int) {
        guard !isFixed else { return }
        let loopback = ["127.0.0.1", "localhost", "[::1]"]
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        let isWide = ["0.0.0.0", "[::]"].contains(name)
        let names = isWide || loopback.contains(name) ? loopback : [name] + loopback
        bases.withLock { $0 = names.map { "http://\($0):\(port)" } }
    }
}
