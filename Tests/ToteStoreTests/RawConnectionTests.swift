import Foundation
import Testing
import ToteStore
import ToteValues

/// What a client sends that keeps no rule of HTTP, byte by byte.
private struct RawConnection: Sendable {
    let port: UInt16

    /// What comes back until the store hangs up. Waits on a thread of its own: the store under
    /// test runs on the tasks' threads.
    func exchange(_ text: String) async throws -> String {
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.exchange(text, port: port) })
            }
        }
    }

    private static func exchange(_ text: String, port: UInt16) throws -> String {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
        let bytes = Array(text.utf8)
        if !bytes.isEmpty { _ = send(descriptor, bytes, bytes.count, 0) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw POSIXError(.ETIMEDOUT) }
            if count == 0 { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
    }
}

/// Serves on a free port while `body` runs.
/// - Parameter seconds: deadline of heads and bodies.
private func withRawStore(
    seconds: Int64 = 15,
    _ body: @escaping @Sendable (RawConnection) async throws -> Void
) async throws {
    let folder = try TestFolder()
    var configuration = StoreConfiguration(folder: folder.path, port: 0)
    configuration.headSeconds = seconds
    configuration.bodySeconds = seconds
    let ready = configuration
    let (addresses, announce) = AsyncStream.makeStream(of: String.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await StoreServer.run(ready) { announce.yield($0) } }
        group.addTask {
            for await address in addresses {
                let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
                try await body(RawConnection(port: port))
                return
            }
        }
        try await group.next()
        group.cancelAll()
    }
}

@Suite("A client that keeps no rules", .serialized, .timeLimit(.minutes(3)))
struct RawConnectionTests {
    private static let post = "POST /v1/carts HTTP/1.1\r\nHost: x\r\n"

    @Test(
        "an ambiguous or broken request is refused once, and the connection closed",
        arguments: [
            post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
            "GET /healthz HTTP/1.1\nHost: x\n\n",
            post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n",
            post + "Transfer-Encoding: chunked\r\n\r\nnothing\r\n",
        ])
    func broken(request: String) async throws {
        try await withRawStore { store in
            let answer = try await store.exchange(request)
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
        }
    }

    @Test("a head that does not come is not waited for")
    func slowHead() async throws {
        try await withRawStore(seconds: 1) { store in
            for part in ["", "GET /healthz HTTP/1.1\r\nHost: x\r\n"] {
                let answer = try await store.exchange(part)
                #expect(answer.isEmpty)
            }
        }
    }

    @Test("a body that does not come is not waited for")
    func slowBody() async throws {
        try await withRawStore(seconds: 1) { store in
            let head = Self.post + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
            let answer = try await store.exchange(head + "{")
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
        }
    }
}
