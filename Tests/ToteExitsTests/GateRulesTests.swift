import Crypto
import Testing
import ToteExits
import TotePayments
import ToteValues

@Suite("The gate")
struct GateRulesTests {
    @Test("a good pass opens")
    func opens() throws {
        let decision = GateRules.decide(
            Sample.passText, view: try Sample.view(), now: Sample.issuedAt)
        guard case .open(let pass, .captured) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(pass.pieces == 3)
    }

    @Test("each of the 816 one-bit flips is refused")
    func bitFlips() throws {
        let bytes = try #require(Base45.decode(Sample.passText))
        let view = try Sample.view()
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(Sample.refusal(Base45.encode(changed), view) != nil, "bit \(bit)")
        }
        #expect(bytes.count * 8 == 816)
    }

    @Test("each of the 102 truncations, each cut of the text and an appended byte are refused")
    func truncations() throws {
        let bytes = try #require(Base45.decode(Sample.passText))
        let view = try Sample.view()
        for length in 0..<bytes.count {
            let text = Base45.encode(Array(bytes.prefix(length)))
            #expect(Sample.refusal(text, view) == .notAPass, "\(length) bytes")
        }
        for length in 0..<Sample.passText.utf8.count {
            let text = String(Sample.passText.prefix(length))
            #expect(Sample.refusal(text, view) != nil, "\(length) characters")
        }
        #expect(Sample.refusal(Base45.encode(bytes + [0]), view) == .notAPass)
    }

    @Test("nonsense is refused by name: empty, a mebibyte, a GTIN, a space before, lower case")
    func nonsense() throws {
        let view = try Sample.view()
        #expect(Sample.refusal("", view) == .notAPass)
        #expect(Sample.refusal(String(repeating: "A", count: 1 << 20), view) == .tooLong)
        #expect(Sample.refusal("4006381333931", view) != nil)
        #expect(Sample.refusal(" " + Sample.passText, view) == .notAPass)
        #expect(Sample.refusal(Sample.passText.lowercased(), view) == .notAPass)
        #expect(Sample.refusal(":::", view) == .notAPass)
        let till = "TILL1 1/1 0199c0de\n3 4006381333931\n"
        #expect(Sample.refusal(till, view) == .wrongPurpose(.tillHandOver))
    }

    @Test("two codes in view are one too many")
    func severalCodes() throws {
        let view = try Sample.view()
        let texts = [Sample.passText, Sample.nothingText]
        #expect(
            GateRules.decide(texts: texts, view: view, now: Sample.issuedAt)
                == .refuse(.severalCodes))
        #expect(
            GateRules.decide(texts: [], view: view, now: Sample.issuedAt) == .refuse(.notAPass))
    }

    @Test("no code of one purpose passes another reader, not even with its first byte (CODE-6)")
    func interchange() throws {
        let seeds: [FrameKind: UInt8] = [.exitPass: 0x11, .tillHandOver: 0x12, .spotCheck: 0x13]
        let keySet = try Sample.keySet()
        for made in FrameKind.allCases {
            let code = try PurposeCode(
                signing: Sample.payload(made), with: Sample.key(seeds[made] ?? 0))
            for reader in FrameKind.allCases {
                let expected: GateRefusal? =
                    made == reader ? nil : .wrongPurpose(made.codeKind.purpose)
                #expect(refusal(code.text, reader, keySet) == expected)
                var bytes = code.bytes
                bytes[0] = reader.rawValue
                let overwritten = refusal(Base45.encode(bytes), reader, keySet)
                #expect(overwritten == (made == reader ? nil : .badSignature))
            }
        }
    }

    @Test("one key under two purposes still does not let one code pass as the other")
    func sharedKey() throws {
        let code = try PurposeCode(signing: Sample.payload(.tillHandOver), with: Sample.key(0x11))
        var bytes = code.bytes
        bytes[0] = FrameKind.exitPass.rawValue
        #expect(try Sample.refusal(Base45.encode(bytes), Sample.view()) == .badSignature)
    }

    @Test("codes of the other kinds are told apart by their first byte")
    func otherKinds() throws {
        let view = try Sample.view()
        for kind in CodeKind.allCases where kind != .exitPass {
            let bytes = [kind.rawValue] + [UInt8](repeating: 9, count: kind.length - 1)
            let text = Base45.encode(bytes)
            let expected: GateRefusal =
                text.utf8.count > 4096 ? .tooLong : .wrongPurpose(kind.purpose)
            #expect(Sample.refusal(text, view) == expected)
        }
        for byte in UInt8(0x04)...0x0F {
            #expect(Sample.refusal(Base45.encode([byte, 0]), view) == .newerVersion)
        }
        for byte in [UInt8(0x00), 0x10, 0x23, 0xFF] {
            #expect(Sample.refusal(Base45.encode([byte, 0]), view) == .notAPass)
        }
    }

    @Test("keys: unknown number, another store's key, outside its window (BAD-113)")
    func keys() throws {
        var view = try Sample.view()
        let unlisted = try Sample.text(Sample.payload(keyNumber: 8))
        #expect(Sample.refusal(unlisted, view) == .unknownKey)
        let foreign = try Sample.text(Sample.payload(), seed: 0x33)
        #expect(Sample.refusal(foreign, view) == .badSignature)
        view.keySet.keys[0].notBefore = Sample.issuedAt.adding(seconds: 1)
        #expect(Sample.refusal(Sample.passText, view) == .keyNotValid)
        view.keySet.keys[0].notBefore = Sample.issuedAt
        #expect(Sample.refusal(Sample.passText, view) == nil)
        view.keySet.keys[0].notAfter = Sample.issuedAt
        #expect(Sample.refusal(Sample.passText, view) == nil)
        view.keySet.keys[0].notAfter = Sample.issuedAt.adding(seconds: -1)
        #expect(Sample.refusal(Sample.passText, view) == .keyNotValid)
    }

    @Test("another store, a refused basis, pieces that do not fit, a wrong TTL")
    func fields() throws {
        var view = try Sample.view()
        view.store = 43
        #expect(Sample.refusal(Sample.passText, view) == .wrongStore)
        let changes: [(inout PurposePayload) -> Void] = [
            { $0.basis = .refused }, { $0.pieces = 0 }, { $0.basis = .nothingBought },
            { $0.ttlSeconds = 119 }, { $0.ttlSeconds = 1801 },
        ]
        for change in changes {
            var payload = Sample.payload()
            change(&payload)
            #expect(try Sample.refusal(Sample.text(payload), Sample.view()) == .malformed)
        }
        for ttl in [UInt16(120), 1800] {
            var payload = Sample.payload()
            payload.ttlSeconds = ttl
            #expect(try Sample.refusal(Sample.text(payload), Sample.view()) == nil)
        }
    }

    struct Edge: Sendable, CustomTestStringConvertible {
        let seconds: Int64
        let expected: GateRefusal?
        var testDescription: String { "\(seconds) s" }
    }

    @Test(
        "time: 60 seconds of skew on both sides and not one more",
        arguments: [
            Edge(seconds: -61, expected: .notYetValid), Edge(seconds: -60, expected: nil),
            Edge(seconds: 0, expected: nil), Edge(seconds: 600, expected: nil),
            Edge(seconds: 660, expected: nil), Edge(seconds: 661, expected: .expired),
        ])
    func skew(edge: Edge) throws {
        let now = Sample.issuedAt.adding(seconds: edge.seconds)
        #expect(try Sample.refusal(Sample.passText, Sample.view(), now: now) == edge.expected)
    }

    @Test("a gate that does not trust its clock asks an associate")
    func clock() throws {
        var view = try Sample.view()
        view.clock.signedTimeAt = nil
        #expect(Sample.refusal(Sample.passText, view) == .clockUnsure)
        view.clock.signedTimeAt = Sample.issuedAt.adding(seconds: -24 * 3600)
        #expect(Sample.refusal(Sample.passText, view) == nil)
        view.clock.signedTimeAt = Sample.issuedAt.adding(seconds: -24 * 3600 - 1)
        #expect(Sample.refusal(Sample.passText, view) == .clockUnsure)
        view.clock = GateClock(
            highestSeen: Sample.issuedAt.adding(seconds: 60), signedTimeAt: Sample.issuedAt)
        #expect(Sample.refusal(Sample.passText, view) == nil)
        view.clock.highestSeen = Sample.issuedAt.adding(seconds: 61)
        #expect(Sample.refusal(Sample.passText, view) == .clockUnsure)
    }

    @Test("withdrawn and used passes stay out; the use names time and gate")
    func revokedAndUsed() throws {
        var view = try Sample.view()
        let bytes = try #require(Base45.decode(Sample.passText))
        let code = try #require(PurposeCode(bytes: bytes))
        let pass = try #require(ExitPass(code))
        let use = PassUse(at: Sample.issuedAt, gate: "g1")
        view.consumed = { $0 == pass.id ? use : nil }
        let refused = GateRefusal.alreadyUsed(at: Sample.issuedAt, gate: "g1")
        #expect(Sample.refusal(Sample.passText, view) == refused)
        view.revoked = [pass.id]
        #expect(Sample.refusal(Sample.passText, view) == .revoked)
    }

    @Test("a signature whose S is not below L is refused though it fits the equation (step 5)")
    func malleability() throws {
        let bytes = try #require(Base45.decode(Sample.passText))
        let order: [UInt8] = [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9,
            0xDE, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ]
        var changed = bytes
        var carry = 0
        for index in 0..<32 {
            let sum = Int(bytes[70 + index]) + Int(order[index]) + carry
            changed[70 + index] = UInt8(sum & 255)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(try Sample.refusal(Base45.encode(changed), Sample.view()) == .badSignature)
    }

    @Test("every refusal has a sentence and a next step, and blames nobody")
    func words() {
        let refusals: [GateRefusal] = [
            .severalCodes, .tooLong, .notAPass, .newerVersion, .unknownKey, .badSignature,
            .keyNotValid, .wrongStore, .malformed, .clockUnsure, .notYetValid, .expired, .revoked,
            .alreadyUsed(at: Sample.issuedAt, gate: "g1"),
        ]
        for refusal in refusals + CodePurpose.allCases.map({ .wrongPurpose($0) }) {
            #expect(refusal.sentence.hasSuffix("."))
            #expect(!refusal.nextStep.sentence.isEmpty)
            #expect(!refusal.code.isEmpty && !refusal.code.contains("("))
        }
    }

    private func refusal(
        _ text: String, _ kind: FrameKind, _ keySet: GateKeySet
    ) -> GateRefusal? {
        do {
            _ = try PurposeCodeReader.read(text, as: kind, keySet: keySet, store: 42)
            return nil
        } catch { return error }
    }
}
