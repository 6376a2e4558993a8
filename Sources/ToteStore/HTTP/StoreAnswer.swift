import HTTPTypes
import Hummingbird
import NIOCore
import ToteMessages
import ToteValues

/// A route's answer before it is written.
struct StoreAnswer: Sendable {
    var status = 200
    var contentType = "application/json"
    var headers: [(name: HTTPField.Name, value: String)] = []
    var body: [UInt8] = []

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

    func response() -> Response {
        var fields: HTTPFields = [
            .contentType: contentType, .cacheControl: "no-store",
            .xContentTypeOptions: "nosniff",
        ]
        for (name, value) in headers { fields[name] = value }
        return Response(
            status: .init(code: status), headers: fields,
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// A value that is JSON already.
struct RawJSON: JSONWritable {
    let json: JSONValue
    init(_ json: JSONValue) { self.json = json }
}
