import Testing
import ToteDecoding
import ToteValues

@Suite("A code out of focus")
struct EANReaderTests {
    private let text = "4006381333931"

    private func texts(_ image: GreyImage) -> [String] {
        EANReader().read(image).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test(
        "an EAN-13 is read though its narrow bars have run into one another",
        arguments: [0.3, 1, 1.5, 2])
    func reads(blur: Double) throws {
        let finds = EANReader().read(BlurredBars(text, blur: blur).image())
        let find = try #require(finds.first)
        #expect(finds.count == 1)
        #expect(find.symbology == .ean13)
        #expect(find.bytes == Array(text.utf8))
        #expect(find.votes >= 3)
        #expect(find.orientation == 0)
    }

    @Test("a pixel a module is enough")
    func small() {
        var bars = BlurredBars("0012345678905")
        bars.pixelsPerModule = 1
        #expect(texts(bars.image()) == ["0012345678905"])
    }

    @Test("bars may lean, bend, stand upside down and be faint", arguments: 0..<4)
    func hardships(index: Int) {
        var bars = BlurredBars(text, blur: 1)
        switch index {
        case 0: bars.lean = 0.15
        case 1: bars.bend = 1.5
        case 2: bars.modules.reverse()
        default: (bars.black, bars.white, bars.grain) = (110, 160, 3)
        }
        let finds = EANReader().read(bars.image())
        #expect(finds.map(\.bytes) == [Array(text.utf8)])
        #expect(finds.first?.orientation == (index == 2 ? 180 : 0))
    }

    @Test(
        "bars whose digits make no code deny the code that lines saw, be they read either way up",
        arguments: [0.3, 1], [false, true])
    func denial(blur: Double, isReversed: Bool) throws {
        func testimony(of drawn: String, to claim: String) -> String {
            var bars = BlurredBars(drawn, blur: blur)
            if isReversed { bars.modules.reverse() }
            switch EANReader().testimony(on: bars.image(), of: Array(claim.utf8)) {
            case .code(let find): return String(decoding: find.bytes, as: UTF8.self)
            case .denial: return "denial"
            case .silence: return "silence"
            }
        }
        #expect(testimony(of: "4006381333937", to: text) == "denial")
        #expect(testimony(of: "4006881333931", to: text) == "denial")
        #expect(testimony(of: text, to: text) == text)
        #expect(testimony(of: text, to: "4006381333948") == text)
    }

    @Test("where nothing is plain the witness is silent")
    func silence() {
        var bars = BlurredBars("4006381333937", blur: 3)
        bars.grain = 12
        for image in [bars.image(), GreyImage(pixels: [1, 2], width: 2, height: 1)] {
            guard case .silence = EANReader().testimony(on: image, of: Array(text.utf8)) else {
                Issue.record("the witness speaks")
                return
            }
        }
    }

    @Test("the ends of a code are told in pixels")
    func ends() throws {
        let find = try #require(EANReader().read(BlurredBars(text, blur: 1).image()).first)
        let left = find.points.map(\.x).min() ?? 0
        let right = find.points.map(\.x).max() ?? 0
        #expect(abs(left - 20) < 2)
        #expect(abs(right - 210) < 2)
        #expect(find.points.allSatisfy { (0...56).contains($0.y) })
    }

    @Test("an EAN-8 and a UPC-E are read a little out of focus")
    func shortCodes() {
        #expect(
            texts(BlurredBars(modules: Self.modules(Self.ean8), blur: 0.8).image()) == ["96385074"])
        #expect(
            texts(BlurredBars(modules: Self.modules(Self.upcE), blur: 0.8).image()) == ["01234565"])
    }

    private static func modules(_ text: String) -> [Bool] { text.map { $0 == "1" } }

    /// 96385074: `9638` of set A, `5074` of set C.
    private static let ean8 =
        "101" + "0001011" + "0101111" + "0111101" + "0110111" + "01010"
        + "1001110" + "1110010" + "1000100" + "1011100" + "101"
    /// 01234565: `123456` with the parities of check digit 5, BAABBA.
    private static let upcE =
        "101" + "0110011" + "0010011" + "0111101" + "0011101" + "0111001" + "0101111" + "010101"
}

@Suite("What is no code, out of focus")
struct EANReaderRefusalTests {
    @Test("a digit that breaks the check digit is not mended", arguments: [0.3, 1, 1.5, 2])
    func wrongCheckDigit(blur: Double) {
        #expect(EANReader().read(BlurredBars("4006381333932", blur: blur).image()).isEmpty)
    }

    @Test("bars in no order are no code", arguments: 0..<12)
    func randomBars(seed: Int) {
        let modules = BlurredBars.random(55 + 5 * seed, seed: UInt64(seed))
        let bars = BlurredBars(modules: modules, blur: [0.5, 1, 1.5, 2][seed % 4])
        #expect(EANReader().read(bars.image()).isEmpty)
    }

    @Test("even stripes, grain and nothing at all are no code")
    func empty() {
        let stripes = (0..<95).map { $0 % 2 == 0 }
        #expect(EANReader().read(BlurredBars(modules: stripes, blur: 0.5).image()).isEmpty)
        #expect(EANReader().read(BlurredBars(modules: stripes, blur: 1.3).image()).isEmpty)
        var chance = SeededChance(seed: 3)
        let grain = (0..<200 * 60).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        #expect(EANReader().read(GreyImage(pixels: grain, width: 200, height: 60)).isEmpty)
        let flat = [UInt8](repeating: 127, count: 200 * 60)
        #expect(EANReader().read(GreyImage(pixels: flat, width: 200, height: 60)).isEmpty)
    }

    @Test(
        "pictures of any shape are borne",
        arguments: [(0, 0), (1, 1), (8, 8), (45, 24), (46, 25), (5000, 8), (4096, 24), (3, 4000)])
    func shapes(width: Int, height: Int) {
        var chance = SeededChance(seed: UInt64(width + height))
        let pixels = (0..<width * height).map { index in
            index / 3 % 5 < 2 ? UInt8(truncatingIfNeeded: chance.next()) : UInt8(255)
        }
        #expect(EANReader().read(GreyImage(pixels: pixels, width: width, height: height)).isEmpty)
    }
}
