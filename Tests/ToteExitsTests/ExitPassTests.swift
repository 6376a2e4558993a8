import Crypto
import Testing
import ToteExits
import TotePayments
import ToteValues

@Suite("Exit passes")
struct ExitPassTests {
    @Test("the basket hash is that of CODE-3, and of an empty basket")
    func basketHash() {
        #expect(
            Hex.encode(BasketHash.fullHash(Sample.lines))
                == "145d96996e0a342c53fee49e751505cd77f53e86e7d34ef986d31509348c2951")
        #expect(BasketHash([]).text == "ea5f64529760d2c0")
    }

    @Test("the worked pass is reproduced byte for byte, signature and text included")
    func workedPass() throws {
        let key = try Sample.key()
        #expect(
            Hex.encode(key.publicKey.rawRepresentation)
                == "d04ab232742bb4ab3a1368bd4615e4e6d0224ab71a016baf8520a332c9778737")
        let code = try PurposeCode(signing: Sample.payload(), with: key)
        #expect(
            Hex.encode(code.payload.bytes)
                == "01078f2c1d77a0b94c3e915ab2c4d6e8f0130000002a6b01dc200258145d96996e0a342c0003")
        #expect(
            Hex.encode(code.signature)
                == "7ff63fcab3b1e0a2c51088da8a70d7c8635d16233c75b314e6c4e03e1781253c"
                + "2592d1d6feeec98ceae42d28608cec8debcbccf69363e5b3d3f5edb7bd2bc80f")
        #expect(code.text == Sample.passText)
        #expect(code.text.utf8.count == 153)
        #expect(PurposeCode(bytes: code.bytes) == code)
    }

    @Test("the worked pass for nothing bought is reproduced, and opens")
    func workedNothingBought() throws {
        var payload = Sample.payload()
        payload.identifier = Bytes16(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)
        payload.basketHash = BasketHash([])
        payload.basis = .nothingBought
        payload.pieces = 0
        #expect(Array(payload.bytes.suffix(2)) == [0x80, 0x00])
        let text = try Sample.text(payload)
        #expect(text == Sample.nothingText)
        #expect(try Sample.refusal(text, Sample.view()) == nil)
    }

    @Test("a code of another purpose is no exit pass")
    func otherPurpose() throws {
        let ticket = try PurposeCode(signing: Sample.payload(.spotCheck), with: Sample.key())
        #expect(ExitPass(ticket) == nil)
        let code = try PurposeCode(signing: Sample.payload(), with: Sample.key())
        let pass = try #require(ExitPass(code))
        #expect(pass.expiresAt == Sample.issuedAt.adding(seconds: 600))
    }

    @Test("a key set is believed only with the root's signature, for this store, and never older")
    func keySet() throws {
        let root = try Sample.key(0x44)
        let set = try Sample.keySet()
        let signed = try SignedKeySet(signing: set, with: root)
        let wire = try SignedKeySet(json: JSONField(StrictJSON.parse(signed.json.canonical)))
        #expect(try wire.verified(root: root.publicKey, store: 42) == set)
        #expect(keySetError(wire, root: try Sample.key(0x45), store: 42) == .badSignature)
        #expect(keySetError(wire, root: root, store: 43) == .wrongStore)
        var newer = set
        newer.version = 4
        #expect(keySetError(wire, root: root, store: 42, held: newer) == .older)
        let forged = SignedKeySet(
            document: signed.document.replacing("\"version\":3", with: "\"version\":9"),
            signature: signed.signature)
        #expect(keySetError(forged, root: root, store: 42) == .badSignature)
    }

    private func keySetError(
        _ signed: SignedKeySet, root: Curve25519.Signing.PrivateKey, store: UInt32,
        held: GateKeySet? = nil
    ) -> KeySetError? {
        do {
            _ = try signed.verified(root: root.publicKey, store: store, held: held)
            return nil
        } catch { return error }
    }
}
