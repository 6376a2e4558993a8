import Testing
import ToteCarts
import TotePayments
import ToteStore
import ToteValues

@Suite("The sandbox provider")
struct SandboxProviderTests {
    @Test("a repeated key is answered as the first time; with another body it is refused")
    func idempotent() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let first = try await shop.sandbox.authorise(request("k1", 1000))
        #expect(try await shop.sandbox.authorise(request("k1", 1000)) == first)
        #expect(await refuses { try await shop.sandbox.authorise(request("k1", 1001)) })
    }

    @Test("over-capture, a second capture, capture of a void and over-refund are refused")
    func strict() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let sandbox = shop.sandbox
        _ = try await sandbox.authorise(request("k1", 1000))
        #expect(await refuses { try await sandbox.capture(capture("c0", "k1", 1001)) })
        #expect(await refuses { try await sandbox.capture(capture("c0", "k1", 0)) })
        #expect(try await sandbox.capture(capture("c1", "k1", 1000)) == .captured(1000))
        #expect(await refuses { try await sandbox.capture(capture("c2", "k1", 1000)) })
        #expect(
            await refuses {
                try await sandbox.void(VoidRequest(key: key("v1"), authorisation: key("k1")))
            })
        #expect(await refuses { try await sandbox.refund(refund("r1", "k1", 1001)) })
        #expect(try await sandbox.refund(refund("r1", "k1", 600)) == .refunded(600))
        #expect(await refuses { try await sandbox.refund(refund("r2", "k1", 401)) })
        #expect(try await sandbox.capturedTotal() == 400)
        _ = try await sandbox.authorise(request("k2", 500))
        _ = try await sandbox.void(VoidRequest(key: key("v2"), authorisation: key("k2")))
        #expect(await refuses { try await sandbox.capture(capture("c3", "k2", 500)) })
        #expect(await refuses { try await sandbox.capture(capture("c4", "k9", 500)) })
    }

    @Test("the last four digits decide; a text that is no token is refused")
    func tokens() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let outcomes: [(String, ProviderOutcome)] = [
            ("sb_visa_0002", .declined(.insufficientFunds)), ("sb_visa_0069", .declined(.expired)),
            ("sb_visa_0005", .declined(.notAllowed)), ("sb_visa_0041", .declined(.doNotRetry)),
        ]
        for (token, expected) in outcomes {
            #expect(try await shop.sandbox.authorise(request(token, 1, token: token)) == expected)
        }
        for token in ["", "visa", "sb_visa_42", "sb__4242", "sb_visa_abcd"] {
            #expect(
                await refuses {
                    try await shop.sandbox.authorise(request("x", 1, token: token))
                })
        }
    }

    @Test("a lost request was never seen, a lost reply was")
    func lost() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        shop.sandbox.inject(.dropRequest, on: .authorise)
        #expect(await refuses { try await shop.sandbox.authorise(request("k1", 10)) })
        #expect(try await shop.sandbox.status(of: key("k1")) == .neverSeen)
        shop.sandbox.inject(.dropReply, on: .authorise)
        #expect(await refuses { try await shop.sandbox.authorise(request("k1", 10)) })
        guard case .known(.authorised) = try await shop.sandbox.status(of: key("k1")) else {
            Issue.record("not in the book")
            return
        }
    }

    private func key(_ text: String) -> ProviderKey { ProviderKey(text: text) }

    private func euro(_ minor: Int64) -> Money { Money(minor: minor, currency: .euro) }

    private func request(
        _ name: String, _ minor: Int64, token: String = "sb_visa_4242"
    ) -> AuthorisationRequest {
        AuthorisationRequest(
            key: key(name), token: token, amount: euro(minor), kind: .newCard,
            cart: SettlementFixture.cart, ordinal: 1)
    }

    private func capture(_ name: String, _ authorisation: String, _ minor: Int64) -> CaptureRequest
    {
        CaptureRequest(key: key(name), authorisation: key(authorisation), amount: euro(minor))
    }

    private func refund(_ name: String, _ authorisation: String, _ minor: Int64) -> RefundRequest {
        RefundRequest(key: key(name), authorisation: key(authorisation), amount: euro(minor))
    }

    private func refuses(_ work: () async throws -> ProviderOutcome) async -> Bool {
        (try? await work()) == nil
    }
}
