import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing
import ToteDeflate
import ToteMembers
import ToteMessages
import ToteStore
import ToteValues

@Suite("The store over HTTP")
struct ServerTests {
    private static let base = "http://store.test"

    private func withServer(
        clock: TestClock = TestClock(),
        _ body: @Sendable (any TestClientProtocol, TestClock) async throws -> Void
    ) async throws {
        let folder = try TestFolder()
        let services = try await StoreServices.open(
            StoreConfiguration(folder: folder.path, demo: true, publicURL: Self.base),
            world: clock.world, bench: PasswordBench(rounds: 16))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await StoreServer.application(services, logger: logger).test(.router) { client in
            try await body(client, clock)
        }
    }

    private static func headers(
        _ fields: KeyValuePairs<String, String>
    ) -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }

    private static func json(_ response: TestResponse) throws -> JSONValue {
        try StrictJSON.parse(Array(response.body.readableBytesView))
    }

    private static func text(_ response: TestResponse) -> String {
        String(buffer: response.body)
    }

    private static func form(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    /// The form of the page: its cookie and its token.
    private static func openForm(
        _ client: any TestClientProtocol, code: String
    ) async throws -> (cookie: String, token: String) {
        let page = try await client.execute(uri: "/activate?user_code=" + code, method: .get)
        #expect(page.status == .ok)
        let cookie = try #require(page.headers[.setCookie]).prefix { $0 != ";" }
        let token = try #require(
            text(page).firstMatch(of: /name="csrf" value="([^"]+)"/)?.1)
        return (String(cookie), String(token))
    }

    private static let formHeader = ("Content-Type", "application/x-www-form-urlencoded")

    @Test("a device signs in over HTTP and asks who it is")
    func wholeFlow() async throws {
        try await withServer { client, clock in
            let key = try DeviceKey.make(world: .system)
            let asked = try await client.execute(
                uri: "/v1/oauth/device_authorization", method: .post,
                headers: Self.headers([Self.formHeader.0: Self.formHeader.1]),
                body: Self.form("client_id=tote&scope=trip"))
            let codes = try DeviceAuthorizationAnswer(json: JSONField(try Self.json(asked)))
            let (cookie, token) = try await Self.openForm(client, code: codes.userCode)
            let approved = try await client.execute(
                uri: "/activate", method: .post,
                headers: Self.headers([
                    Self.formHeader.0: Self.formHeader.1, "Cookie": cookie,
                    "Origin": Self.base,
                ]),
                body: Self.form(
                    "csrf=\(token)&user_code=\(codes.userCode)&member=ada"
                        + "&password=correct-horse-ada&action=approve"))
            #expect(approved.status == .ok)
            #expect(Self.text(approved).contains("Thank you, Ada"))
            let redeemed = try await client.execute(
                uri: "/v1/oauth/token", method: .post,
                headers: Self.headers([
                    Self.formHeader.0: Self.formHeader.1,
                    "DPoP": try key.proof(
                        method: "POST", url: Self.base + "/v1/oauth/token", now: clock.now,
                        jti: "1"),
                ]),
                body: Self.form(
                    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                        + "&client_id=tote&device_code=\(codes.deviceCode)"))
            #expect(redeemed.status == .ok)
            #expect(redeemed.headers[.cacheControl] == "no-store")
            let tokens = try TokenAnswer(json: JSONField(try Self.json(redeemed)))
            let me = try await Self.me(client, key, tokens.accessToken, clock)
            #expect(me.status == .ok)
            let view = try MemberView(json: JSONField(try Self.json(me)))
            #expect(view.name == "Ada" && view.tier == .gold)
            clock.advance(seconds: 700)
            let late = try await Self.me(client, key, tokens.accessToken, clock)
            #expect(late.status == .unauthorized)
            #expect(try Self.json(late)["code"] == .string("unauthorised"))
        }
    }

    private static func me(
        _ client: any TestClientProtocol, _ key: DeviceKey, _ token: String, _ clock: TestClock
    ) async throws -> TestResponse {
        let proof = try key.proof(
            method: "GET", url: base + "/v1/members/me", accessToken: token, now: clock.now,
            jti: Hex.encode(World.system.randomBytes(8)))
        return try await client.execute(
            uri: "/v1/members/me", method: .get,
            headers: headers(["Authorization": "DPoP " + token, "DPoP": proof]))
    }

    @Test("an approval without the form's own token or from another site is refused")
    func crossSite() async throws {
        try await withServer { client, _ in
            let (cookie, token) = try await Self.openForm(client, code: "")
            let (foreign, _) = try await Self.openForm(client, code: "")
            let cases: [KeyValuePairs<String, String>] = [
                [Self.formHeader.0: Self.formHeader.1],
                [Self.formHeader.0: Self.formHeader.1, "Cookie": foreign],
                [
                    Self.formHeader.0: Self.formHeader.1, "Cookie": cookie,
                    "Origin": "http://evil.example",
                ],
            ]
            for fields in cases {
                let answer = try await client.execute(
                    uri: "/activate", method: .post, headers: Self.headers(fields),
                    body: Self.form(
                        "csrf=\(token)&user_code=BBBB-BBBB&member=ada&password=x&action=approve"))
                #expect(answer.status == .forbidden)
            }
        }
    }

    @Test("the page keeps scripts, frames and other sites out")
    func pageHeaders() async throws {
        try await withServer { client, _ in
            let page = try await client.execute(
                uri: "/activate?user_code=%3Cscript%3E", method: .get)
            let policy = page.headers[HTTPField.Name.contentSecurityPolicy] ?? ""
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!Self.text(page).contains("<script"))
            #expect(page.headers[.setCookie]?.contains("HttpOnly") == true)
            // Under `no-referrer` a browser names `null` as the form's origin, which is refused.
            let referrer = page.headers[try #require(HTTPField.Name("Referrer-Policy"))]
            #expect(referrer == "same-origin")
            #expect(!Self.text(page).contains("no-referrer"))
        }
    }

    @Test("what cannot be served is a problem without any inside")
    func problems() async throws {
        try await withServer { client, _ in
            let absent = try await client.execute(uri: "/v1/nothing", method: .get)
            #expect(absent.status == .notFound)
            #expect(absent.headers[.contentType] == "application/problem+json")
            let problem = try Problem(json: JSONField(try Self.json(absent)))
            #expect(problem.code == "notFound" && problem.requestID?.count == 16)
            let nobody = try await client.execute(uri: "/v1/members/me", method: .get)
            #expect(nobody.status == .unauthorized)
            let bearer = try await client.execute(
                uri: "/v1/members/me", method: .get,
                headers: Self.headers(["Authorization": "Bearer x"]))
            #expect(bearer.status == .unauthorized)
            let long = try await client.execute(
                uri: "/healthz?" + String(repeating: "x", count: 3000), method: .get)
            #expect(long.status.code == 414)
        }
    }

    @Test("long answers are deflated for those who take it, and for nobody else (SYNC-51)")
    func deflated() async throws {
        try await withServer { client, _ in
            func catalogue(_ coding: String?) async throws -> TestResponse {
                try await client.execute(
                    uri: "/v1/catalogue", method: .get,
                    headers: coding.map { Self.headers(["Accept-Encoding": $0]) } ?? [:])
            }
            let plain = try await catalogue(nil)
            let bytes = Array(plain.body.readableBytesView)
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(bytes.count > 20_000)
            for coding in ["deflate", "gzip, Deflate;q=0.5", "br , deflate ;q=1"] {
                let packed = try await catalogue(coding)
                #expect(packed.headers[.contentEncoding] == "deflate")
                #expect(packed.headers[.vary] == "accept-encoding")
                let small = Array(packed.body.readableBytesView)
                #expect(3 * small.count < bytes.count)
                #expect(try Deflate.inflated(small, limit: bytes.count) == bytes)
            }
            for coding in ["gzip", "identity", "deflate;q=0", "deflate; q=0.000", "*"] {
                let answer = try await catalogue(coding)
                #expect(answer.headers[.contentEncoding] == nil)
                #expect(Array(answer.body.readableBytesView) == bytes)
            }
            let short = try await client.execute(
                uri: "/v1/no/such", method: .get,
                headers: Self.headers(["Accept-Encoding": "deflate"]))
            #expect(short.headers[.contentEncoding] == nil)
        }
    }

    @Test("oversized, compressed and foreign bodies are refused before they are read")
    func bodies() async throws {
        try await withServer { client, _ in
            let route = "/v1/oauth/token"
            let huge = try await client.execute(
                uri: route, method: .post,
                headers: Self.headers([Self.formHeader.0: Self.formHeader.1]),
                body: ByteBuffer(repeating: 0x61, count: 256 * 1024 + 1))
            #expect(huge.status.code == 413)
            let packed = try await client.execute(
                uri: route, method: .post,
                headers: Self.headers([
                    Self.formHeader.0: Self.formHeader.1, "Content-Encoding": "gzip",
                ]), body: Self.form("a=b"))
            #expect(packed.status.code == 415)
            for type in ["text/plain", "application/json", ""] {
                let foreign = try await client.execute(
                    uri: route, method: .post, headers: Self.headers(["Content-Type": type]),
                    body: Self.form("a=b"))
                #expect(foreign.status.code == 415)
            }
            let utf16 = try await client.execute(
                uri: route, method: .post,
                headers: Self.headers([
                    "Content-Type": "application/x-www-form-urlencoded; charset=utf-16"
                ]), body: Self.form("a=b"))
            #expect(utf16.status.code == 415)
        }
    }

    @Test("an OAuth mistake is answered as OAuth says")
    func oauthErrors() async throws {
        try await withServer { client, _ in
            let cases = [
                ("", "invalid_request"), ("client_id=tote", "invalid_request"),
                ("client_id=tote&client_id=tote", "invalid_request"),
                ("client_id=tote&grant_type=password", "unsupported_grant_type"),
                (
                    "client_id=tote&grant_type=refresh_token&refresh_token=x",
                    "invalid_dpop_proof"
                ),
            ]
            for (body, expected) in cases {
                let answer = try await client.execute(
                    uri: "/v1/oauth/token", method: .post,
                    headers: Self.headers([Self.formHeader.0: Self.formHeader.1]),
                    body: Self.form(body))
                #expect(answer.status == .badRequest)
                #expect(try Self.json(answer)["error"] == .string(expected), "\(body)")
            }
        }
    }

    @Test("the authority describes itself")
    func metadata() async throws {
        try await withServer { client, _ in
            let answer = try await client.execute(
                uri: "/.well-known/oauth-authorization-server", method: .get)
            let json = try Self.json(answer)
            #expect(json["issuer"] == .string(Self.base))
            #expect(json["token_endpoint"] == .string(Self.base + "/v1/oauth/token"))
            let health = try await client.execute(uri: "/healthz", method: .get)
            #expect(health.status == .ok)
        }
    }
}
