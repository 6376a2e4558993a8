import Tote
import ToteHTTP
import TotePrivacy
import ToteSync

/// `TOTE_STORE` and `--store`: https, or http to this machine; no user part, no fragment (CLI-1).
/// Checked before any byte is sent.
enum StoreAddress {
    static func checked(_ text: String) throws(TripError) -> StoreURL {
        guard let url = StoreURL(text) else {
            throw TripError(
                code: "badStoreAddress", kind: .configuration,
                message: "'\(CommandArguments.quote(text))' is no address of a store.",
                mend: "Give https://HOST, or http://127.0.0.1:PORT for a store on this machine.")
        }
        return url
    }
}

/// Stands in for a store whose remembered address is damaged: sends nothing.
struct UnusableStore: StoreConnection {
    let baseURL: String
    var host: String { baseURL }

    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        throw .unreachable("'\(baseURL)' is no address of a store.")
    }
}
