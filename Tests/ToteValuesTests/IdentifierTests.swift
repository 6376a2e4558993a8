import Testing
import ToteValues

@Suite("Identifiers")
struct IdentifierTests {
    private static let world = World(
        now: { Moment(milliseconds: 1_795_250_000_000) }, uptimeMilliseconds: { 0 },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        })

    @Test("hexadecimal identifiers read back, and only in their one form (SYNC-1)")
    func hexadecimal() throws {
        let text = "00112233445566778899aabbccddeeff"
        #expect(try #require(DeviceID(text: text)).text == text)
        #expect(DeviceID(bytes: [UInt8](0..<16))?.text == "000102030405060708090a0b0c0d0e0f")
        for wrong in [
            text.uppercased(), String(text.dropLast()), text + "0", "0x" + text.dropFirst(2),
            "+" + text.dropFirst(), " " + text.dropFirst(), "", "０" + text.dropFirst(),
        ] { #expect(DeviceID(text: wrong) == nil, "\(wrong)") }
        #expect(Incarnation(text: "0123456789abcdef")?.raw == 0x0123_4567_89AB_CDEF)
        #expect(Incarnation(text: "0123456789ABCDEF") == nil)
        #expect(Epoch(bytes: [1, 2, 3]) == nil)
    }

    @Test("a cart is a lowercase UUID of version 7 or 8")
    func carts() throws {
        let cart = Self.world.newCartID()
        #expect(CartID(text: cart.text) == cart)
        #expect(Array(cart.text)[14] == "7")
        #expect("89ab".contains(Array(cart.text)[19]))
        #expect(CartID(bytes: cart.bytes) == cart)
        let text = cart.text
        var four = Array(text)
        four[14] = "4"
        for wrong in [
            text.uppercased(), String(four), text.replacing("-", with: ""), "{\(text)}",
            text.replacing("-", with: "_"), "urn:uuid:" + text,
        ] where wrong != text { #expect(CartID(text: wrong) == nil, "\(wrong)") }
    }

    @Test("carts of later moments sort later")
    func cartOrder() {
        var later = Self.world
        later.now = { Moment(milliseconds: 1_795_250_000_001) }
        #expect(Self.world.newCartID() < later.newCartID())
    }

    @Test("dots and cursors read back, and only in their one form")
    func dots() throws {
        let text = "00112233445566778899aabbccddeeff.0123456789abcdef.18446744073709551615"
        let dot = try #require(Dot(text: text))
        #expect(dot.text == text)
        #expect(dot.bytes.count == 32)
        for sequence in ["0", "01", "+1", "-1", "1e3", "", "18446744073709551616", "1 ", "٣"] {
            let wrong = "00112233445566778899aabbccddeeff.0123456789abcdef." + sequence
            #expect(Dot(text: wrong) == nil, "\(wrong)")
        }
        #expect(Dot(text: text + ".1") == nil)
        let cursor = "0123456789abcdef.0.00112233445566778899aabbccddeeff"
        #expect(Cursor(text: cursor)?.text == cursor)
        #expect(Cursor(text: cursor.replacing(".0.", with: ".9223372036854775808.")) == nil)
        #expect(Cursor(text: cursor.replacing(".0.", with: ".-1.")) == nil)
    }

    @Test("Base45 follows the examples of RFC 9285")
    func base45() {
        for (plain, encoded) in [
            ("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"),
            ("ietf!", "QED8WEX0"),
            ("", ""),
        ] {
            #expect(Base45.encode(Array(plain.utf8)) == encoded)
            #expect(Base45.decode(encoded) == Array(plain.utf8))
        }
        #expect(Base45.decode("FGW") == [255, 255])
        for wrong in ["GGW", ":::", "A", "AAAA", "::", "5F", "bb8", "BB8\n", "Ä00", "BB_"] {
            #expect(Base45.decode(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Base45 reads back any bytes")
    func base45RoundTrip() {
        var generator = SeededChance(seed: 45)
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = Base45.encode(bytes)
            #expect(Base45.decode(text) == bytes)
            #expect(text.utf8.count == length / 2 * 3 + length % 2 * 2)
        }
    }

    @Test("a kind is known by its byte and its exact length (CODE-5)")
    func kinds() {
        for kind in CodeKind.allCases {
            var bytes = [UInt8](repeating: 0, count: kind.length)
            bytes[0] = kind.rawValue
            #expect(CodeKind.kind(ofText: Base45.encode(bytes)) == kind)
            #expect(CodeKind.kind(ofText: Base45.encode(bytes + [0])) == nil)
            #expect(CodeKind.kind(ofText: Base45.encode(bytes.dropLast())) == nil)
        }
        #expect(CodeKind.kind(ofText: "4006381333931") == nil)
        #expect(CodeKind.kind(ofText: "") == nil)
        let domains = CodeKind.allCases.compactMap(\.signatureDomain)
        #expect(Set(domains).count == domains.count)
        #expect(signatureDomain("exit-pass") == Array("tote/exit-pass/1".utf8) + [0])
    }

    @Test("chance is within its bound and reaches every value")
    func chance() {
        var seen: Set<UInt64> = []
        for _ in 0..<1000 { seen.insert(Self.world.chance(below: 7)) }
        #expect(seen == Set(0..<7))
        #expect(Self.world.chance(below: 1) == 0)
        #expect(Self.world.chance(below: 0) == 0)
    }

    @Test("symbologies and identifiers have names that read back")
    func symbologies() {
        for symbology in Symbology.known { #expect(Symbology(name: symbology.name) == symbology) }
        #expect(Symbology(name: "maxiCode") == .unknown("maxiCode"))
        #expect(SymbologyIdentifier(text: "]C1")?.text == "]C1")
        for wrong in ["C1", "]C", "]C12", "]é1", "]1C", "]C-", ""] {
            #expect(SymbologyIdentifier(text: wrong) == nil, "\(wrong)")
        }
    }

    @Test("a frame holds the pixels it claims, or does not exist")
    func frames() {
        let origin = FrameOrigin(source: .memory)
        func frame(_ count: Int, _ width: Int, _ height: Int, _ stride: Int) -> Frame? {
            Frame(
                pixels: [UInt8](repeating: 0, count: count), width: width, height: height,
                stride: stride, origin: origin)
        }
        #expect(frame(12, 4, 3, 4) != nil)
        #expect(frame(12, 2, 3, 5) != nil)
        #expect(frame(11, 4, 3, 4) == nil)
        #expect(frame(12, 4, 3, 3) == nil)
        #expect(frame(0, 0, 1, 0) == nil)
        #expect(frame(1, 1, 0, 1) == nil)
        #expect(frame(16_385, 16_385, 1, 16_385) == nil)
        #expect(frame(4, 1, 2, .max) == nil)
    }
}
