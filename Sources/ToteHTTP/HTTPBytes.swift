import NIOHTTP1
import ToteDeflate
import ToteSync

/// HTTP bytes before TLS for the egress ledger (EGR-4): what HTTP/1.1 needs for the head and the
/// body. Chunk framing of an answer is not seen here and not counted.
enum HTTPBytes {
    /// The request's own, and that a deflated answer is taken.
    static func headers(of request: StoreRequest) -> [(name: String, value: String)] {
        request.headers + [("accept-encoding", Deflate.coding)]
    }

    static func sent(_ request: StoreRequest, host: String) -> Int {
        var headers = headers(of: request) + [("host", host)]
        let carriesLength = !request.body.isEmpty || ["POST", "PUT"].contains(request.method)
        if carriesLength { headers.append(("content-length", String(request.body.count))) }
        let line = "\(request.method) \(request.path) HTTP/1.1\r\n".utf8.count
        return line + size(headers) + 2 + request.body.count
    }

    static func received(
        status: HTTPResponseStatus, headers: [(name: String, value: String)], body: Int
    ) -> Int {
        let line = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n".utf8.count
        return line + size(headers) + 2 + body
    }

    /// `name: value` and the line's end.
    private static func size(_ headers: [(name: String, value: String)]) -> Int {
        headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }
}
