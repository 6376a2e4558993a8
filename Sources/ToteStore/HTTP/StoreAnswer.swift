import HTTPTypes
import Hummingbird
import NIOCore
import ToteDeflate
import ToteMessages
import ToteValues

/// A route's answer before it is written.
struct StoreAnswer: Sendable {
    var status = 200
    var contentType = "application/json"
    var headers: [(name: HTTPField.Name, value: String)] = []
    var body: [UInt8] = []
    /// Writes the body bit by bit, instead of `body`.
    var stream: (@Sendable (inout any ResponseBodyWriter) async throws -> Void)?

    /// Canonical JSON.
    static func json(_ value: some JSONWritable, status: Int = 200) -> StoreAnswer {
        StoreAnswer(status: status, body: value.json.canonical)
    }

    static func json(_ value: JSONValue, status: Int = 200) -> StoreAnswer {
        StoreAnswer(status: status, body: value.canonical)
    }

    static func problem(_ problem: Problem) -> StoreAnswer {
        var answer = StoreAnswer(
            status: problem.status, contentType: Problem.contentType,
            body: problem.json.canonical)
        if let seconds = problem.retryAfterSeconds {
            answer.headers.append((.retryAfter, String(seconds)))
        }
        if problem.status == 401 { answer.headers.append((.wwwAuthenticate, "DPoP")) }
        return answer
    }

    /// Bodies up to this go as they are (SYNC-51).
    private static let largestPlainBody = 1024

    /// - Parameter acceptEncoding: what the request says of codings; then a long body is deflated.
    func response(acceptEncoding: String? = nil) -> Response {
        var fields: HTTPFields = [
            .contentType: contentType, .cacheControl: "no-store",
            .xContentTypeOptions: "nosniff",
        ]
        for (name, value) in headers { fields[name] = value }
        var body = body
        if body.count > Self.largestPlainBody {
            fields[.vary] = "accept-encoding"
            if Self.takesDeflate(acceptEncoding), let small = Deflate.deflated(body) {
                fields[.contentEncoding] = Deflate.coding
                body = small
            }
        }
        return Response(
            status: .init(code: status), headers: fields,
            body: stream.map { ResponseBody($0) }
                ?? .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// Whether `deflate` is among the codings, and not with weight 0 (RFC 9110 section 12.5.3).
    private static func takesDeflate(_ header: String?) -> Bool {
        (header ?? "").lowercased().split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard parts.first == Deflate.coding else { return false }
            return !parts.dropFirst().contains { weight in
                weight.hasPrefix("q=") && weight.dropFirst(2).allSatisfy { $0 == "0" || $0 == "." }
            }
        }
    }
}

/// A value that is JSON already.
struct RawJSON: JSONWritable {
    let json: JSONValue
    init(_ json: JSONValue) { self.json = json }
}
