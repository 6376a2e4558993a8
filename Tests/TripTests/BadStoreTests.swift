import Foundation
import Testing
import ToteValues

@Suite("A store that talks nonsense", .enabled(if: Program.areBuilt))
struct BadStoreTests {
    static let nonsense: [(String, String)] = [
        ("no HTTP at all", "\u{0}\u{1}\u{2}hello\r\n\r\n"),
        (
            "a web page",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"
        ),
        (
            "half a JSON object",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\":"
        ),
        (
            "another JSON object",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
        ),
        ("a body that never comes", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        ("a server error", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
        ("nothing", ""),
    ]

    @Test("is not believed, crashes nothing and says which store", arguments: nonsense)
    func firstContact(name: String, answer: String) async throws {
        let socket = try LoopbackSocket()
        socket.answerEverything(with: Array(answer.utf8))
        let device = try Device(store: "http://127.0.0.1:\(socket.port)")
        let outcome = try await device.tote("cart", "--json")
        #expect([65, 69, 75].contains(outcome.status), "\(name): \(outcome.status) \(outcome.err)")
        #expect(outcome.refusal != nil)
        #expect(outcome.out.isEmpty)
    }

    @Test("leaves the cart of a device that knew a good store as it was", arguments: nonsense)
    func later(name: String, answer: String) async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let before = try await device.json("cart")
        let socket = try LoopbackSocket()
        socket.answerEverything(with: Array(answer.utf8))
        let status = try await Program.tote.run(
            ["sync", "--json", "--store", "http://127.0.0.1:\(socket.port)"],
            environment: device.environment)
        #expect([0, 65, 69, 75, 78].contains(status.status), "\(name): \(status.err)")
        let after = try await device.json("cart")
        #expect(after["lines"] == before["lines"])
        #expect(after["total"] == before["total"])
    }
}
