/// The address of a store (CLI-1): https, or http on this machine only; no user part, path, query
/// or fragment.
public struct StoreURL: Hashable, Sendable, CustomStringConvertible {
    /// `scheme://host[:port]`.
    public let text: String
    /// `host` or `host:port`.
    public let authority: String

    public var description: String { text }

    /// `nil` for any address that no byte may be sent to. One slash at the end is left off.
    public init?(_ text: String) {
        let scheme: String
        if text.hasPrefix("https://") {
            scheme = "https://"
        } else if text.hasPrefix("http://") {
            scheme = "http://"
        } else {
            return nil
        }
        var authority = text.dropFirst(scheme.count)
        if authority.hasSuffix("/") { authority = authority.dropLast() }
        guard let host = Self.host(of: authority) else { return nil }
        guard scheme == "https://" || Self.isLoopback(host) else { return nil }
        self.text = scheme + authority
        self.authority = String(authority)
    }

    /// The host of `host[:port]`, when both are well formed.
    private static func host(of authority: Substring) -> Substring? {
        let split: (host: Substring, port: Substring?)
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            split = (authority[...end], rest.isEmpty ? nil : rest.dropFirst())
            let address = authority[..<end].dropFirst().utf8
            guard !address.isEmpty, address.allSatisfy(isAddressDigit) else { return nil }
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            split = (
                authority[..<colon],
                colon == authority.endIndex
                    ? nil
                    : authority[authority.index(after: colon)...]
            )
            guard !split.host.isEmpty, split.host.utf8.count <= 253,
                split.host.utf8.allSatisfy(isNameCharacter)
            else { return nil }
        }
        if let port = split.port {
            guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(port), number > 0
            else { return nil }
        }
        return split.host
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isNameCharacter(_ character: UInt8) -> Bool {
        switch character {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
        default: false
        }
    }

    private static func isAddressDigit(_ character: UInt8) -> Bool {
        switch character {
        case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
        default: false
        }
    }
}
