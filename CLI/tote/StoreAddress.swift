import Tote

/// `TOTE_STORE` and `--store` (CLI-1): https, or http to this machine; no user part, no fragment.
/// Checked before any byte is sent.
enum StoreAddress {
    static func checked(_ text: String) throws(TripError) -> String {
        guard let separator = text.firstRange(of: "://") else {
            throw refusal("'\(CommandArguments.quote(text))' is not an address.")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        let authority = text[separator.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard scheme == "https" || scheme == "http" else {
            throw refusal("The store's address begins with '\(CommandArguments.quote(scheme))://'.")
        }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#"),
            !text.contains("?"), !authority.contains("@"), !authority.isEmpty
        else {
            throw refusal("The store's address has a user part, a query, a fragment or no host.")
        }
        guard scheme == "https" || isLoopback(authority) else {
            throw refusal("The store's address is plain http and not this machine.")
        }
        return text
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        let host =
            authority.hasPrefix("[")
            ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return ["localhost", "127.0.0.1", "[::1]"].contains(String(host))
    }

    private static func refusal(_ message: String) -> TripError {
        TripError(
            code: "badStoreAddress", kind: .configuration, message: message,
            mend: "Give https://HOST, or http://127.0.0.1:PORT for a store on this machine.")
    }
}
