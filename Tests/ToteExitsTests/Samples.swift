import Crypto
import ToteExits
import TotePayments
import ToteValues

/// The worked pass of `exits.md` section 2.
enum Sample {
    static let issuedAt = Moment(unixSeconds: 1_795_284_000)
    static let lines = [
        BasketLine(article: "04012345000016", pieces: 1, weightGrams: 0, net: 1290),
        BasketLine(article: "04012345000023", pieces: 1, weightGrams: 0, net: 849),
        BasketLine(article: "plu:4011", pieces: 1, weightGrams: 742, net: 148),
    ]
    static let passText =
        "%50M4ISW3FEKXS9+GI:QMQ7RYFU000.00XNDC$RFD0%P2X1J0-D Q6300/7G+28BWM-HS3-OODHPMHPCRCPC."
        + "Z2.S7YSM 7TVFSW/2$V4XX4XNQCAWQLPCVT+V5B9CW+TI T0-PLSIX1T ZQF2U7-N5DP"
    static let nothingText =
        "%50H00PE4XS8-.C4CHCQLK+PS9U000.00XNDC$RFD0ESTWUC76J.SQ88GA:68*S5UQ XFF%FP-0KIO7RS+$"
        + "OUQBDJAG/32A8VEW+0W$Z8DRC199AC3%GV%V9+WTT%20P0KJKN8FS8JGPC1ONBH7$3H1.F"

    static func key(_ byte: UInt8 = 0x11) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: byte, count: 32))
    }

    static func payload(_ kind: FrameKind = .exitPass, keyNumber: UInt8 = 7) -> PurposePayload {
        PurposePayload(
            kind: kind, keyNumber: keyNumber,
            identifier: Bytes16(high: 0x8f2c_1d77_a0b9_4c3e, low: 0x915a_b2c4_d6e8_f013), store: 42,
            issuedAt: 1_795_284_000, ttlSeconds: 600, basketHash: BasketHash(lines),
            basis: .captured, pieces: 3)
    }

    /// A key of its own for each purpose; number 7 throughout.
    static func keySet() throws -> GateKeySet {
        let seeds: [(KeyPurpose, UInt8)] = [
            (.exitPass, 0x11), (.tillHandOver, 0x12), (.spotCheck, 0x13), (.receipt, 0x22),
        ]
        return GateKeySet(
            store: 42, version: 3, issuedAt: issuedAt,
            keys: try seeds.map { purpose, seed in
                GateKey(
                    purpose: purpose, number: 7,
                    publicKey: Array(try key(seed).publicKey.rawRepresentation),
                    notBefore: issuedAt.adding(seconds: -86_400),
                    notAfter: issuedAt.adding(seconds: 86_400))
            })
    }

    static func view() throws -> GateView {
        GateView(
            store: 42, keySet: try keySet(),
            clock: GateClock(highestSeen: nil, signedTimeAt: issuedAt))
    }

    static func refusal(
        _ text: String, _ view: GateView, now: Moment = issuedAt
    ) -> GateRefusal? {
        guard case .refuse(let refusal) = GateRules.decide(text, view: view, now: now) else {
            return nil
        }
        return refusal
    }

    static func text(_ payload: PurposePayload, seed: UInt8 = 0x11) throws -> String {
        try PurposeCode(signing: payload, with: key(seed)).text
    }
}
