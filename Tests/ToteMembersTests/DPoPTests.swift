import Crypto
import Testing
import ToteMembers
import ToteValues

@Suite("Proof of possession")
struct DPoPTests {
    private let now = Moment(unixSeconds: 1_795_251_600)
    private let url = "https://store.example/v1/oauth/token"

    private func key(_ byte: UInt8 = 9) throws -> DeviceKey {
        try DeviceKey(rawRepresentation: [UInt8](repeating: byte, count: 32))
    }

    private func proof(accessToken: String? = nil) throws -> String {
        try key().proof(
            method: "POST", url: url + "?a=1#b", accessToken: accessToken, now: now, jti: "id1")
    }

    /// A proof with header or payload members replaced and signed again by the same key.
    private func forged(
        header: [String: JSONValue] = [:], payload: [String: JSONValue] = [:]
    ) throws -> String {
        let token = try #require(CompactJWS(text: try proof()))
        let input = CompactJWS.signingInput(
            header: replaced(token.header, by: header),
            payload: replaced(token.payload, by: payload))
        return input + "." + Base64URL.encode(try key().signature(over: Array(input.utf8)))
    }

    private func replaced(_ json: JSONValue, by changes: [String: JSONValue]) -> JSONValue {
        guard case .object(let members) = json else { return json }
        let kept = members.filter { changes[$0.name] == nil }
        return .object(kept + changes.filter { $0.value != .null }.map { JSONMember($0, $1) })
    }

    @Test("the thumbprint is the one of RFC 8037 appendix A.3")
    func thumbprint() throws {
        let raw = try #require(Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        let key = try DeviceKey(rawRepresentation: raw)
        #expect(key.x == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        #expect(key.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test("a proof reads back and matches its request only")
    func matches() throws {
        let read = try #require(DPoPProof(text: try proof(accessToken: "token")))
        #expect(read.key.thumbprint == (try key().thumbprint))
        #expect(read.matches(method: "POST", urls: [url], accessToken: "token", now: now))
        #expect(!read.matches(method: "GET", urls: [url], accessToken: "token", now: now))
        #expect(!read.matches(method: "POST", urls: [url + "s"], accessToken: "token", now: now))
        #expect(!read.matches(method: "POST", urls: [url], accessToken: "other", now: now))
    }

    @Test("a proof holds for sixty seconds both ways", arguments: [-61, -60, 0, 60, 61])
    func window(seconds: Int64) throws {
        let read = try #require(DPoPProof(text: try proof()))
        let then = now.adding(seconds: seconds)
        #expect(
            read.matches(method: "POST", urls: [url], accessToken: nil, now: then)
                == (abs(seconds) <= 60))
    }

    @Test("a proof without the token's hash does not carry a token")
    func missingHash() throws {
        let read = try #require(DPoPProof(text: try proof()))
        #expect(!read.matches(method: "POST", urls: [url], accessToken: "token", now: now))
    }

    @Test("a forged header is refused although the signature is right")
    func headers() throws {
        let jwk = try #require(try CompactJWS(text: proof())?.header["jwk"])
        let private_ = replaced(jwk, by: ["d": .string("AAAA")])
        let cases: [[String: JSONValue]] = [
            ["alg": .string("none")], ["alg": .string("HS256")], ["alg": .string("ES256")],
            ["typ": .string("JWT")], ["typ": .null], ["jwk": private_], ["jwk": .null],
            ["crit": .array([.string("x")])], ["jku": .string("http://evil.example")],
        ]
        for header in cases {
            #expect(DPoPProof(text: try forged(header: header)) == nil, "\(header)")
        }
        #expect(DPoPProof(text: try forged()) != nil)
    }

    @Test("a payload with a missing or strange claim is refused")
    func payloads() throws {
        let cases: [[String: JSONValue]] = [
            ["jti": .null], ["jti": .string("")], ["iat": .string("1795251600")],
            ["iat": .otherNumber("1e9")], ["htm": .null], ["htu": .integer(1)],
        ]
        for payload in cases {
            #expect(DPoPProof(text: try forged(payload: payload)) == nil, "\(payload)")
        }
    }

    @Test("an extreme time overflows nothing")
    func extremeTime() throws {
        let far = try forged(payload: ["iat": .integer(-9_007_199_254_740_991)])
        let read = try #require(DPoPProof(text: far))
        #expect(!read.matches(method: "POST", urls: [url], accessToken: nil, now: now))
    }

    @Test("a changed character anywhere is refused")
    func flips() throws {
        let text = Array(try proof().utf8)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == 0x41 ? 0x42 : 0x41
            #expect(DPoPProof(text: String(decoding: changed, as: UTF8.self)) == nil, "\(index)")
        }
    }

    @Test(
        "a text that is no compact token is refused",
        arguments: ["", ".", "..", "a.b", "e30.e30.AA.AA", "e30=.e30.AA", "e30.e30.A+", "é.e30.AA"])
    func malformed(text: String) {
        #expect(DPoPProof(text: text) == nil)
        #expect(CompactJWS(text: text) == nil)
    }

    @Test("more than 8 KiB is not even looked at")
    func tooLong() {
        #expect(CompactJWS(text: "e30." + String(repeating: "A", count: 8192) + ".AA") == nil)
    }

    @Test("an ES256 proof of a P-256 key is read")
    func p256() throws {
        let key = try P256.Signing.PrivateKey(
            rawRepresentation: [UInt8](repeating: 7, count: 32))
        let point = Array(key.publicKey.rawRepresentation)
        let jwk = PublicJWK.p256(x: Array(point.prefix(32)), y: Array(point.suffix(32)))
        let header = JSONValue.object([
            "alg": .string("ES256"), "jwk": jwk.json, "typ": .string("dpop+jwt"),
        ])
        let payload = JSONValue.object([
            "htm": .string("GET"), "htu": .string(url), "iat": .integer(now.unixSeconds),
            "jti": .string("x"),
        ])
        let input = CompactJWS.signingInput(header: header, payload: payload)
        let signature = try key.signature(for: Array(input.utf8)).rawRepresentation
        let text = input + "." + Base64URL.encode(signature)
        #expect(DPoPProof(text: text)?.key == jwk)
    }
}
