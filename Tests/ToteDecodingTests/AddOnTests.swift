import Testing
import ToteDecoding
import ToteValues

@Suite("Add-ons beside a code")
struct AddOnTests {
    private static let book = TestPicture.checked("978030640615")
    private static let asked = DecodingProfile(addOns: .read())

    /// A code with an add-on `gap` modules right of it, 3 px a module, 40 modules of white around.
    private func page(
        _ code: String, _ addOn: String, gap: Int = 9, isLeft: Bool = false, margin: Int = 40
    ) -> Canvas {
        let extra = TestPicture.addOn(addOn)
        var page = Canvas(3 * (40 + 95 + gap + extra.count + margin), 160)
        let main = isLeft ? 40 + extra.count + gap : 40
        page.draw(TestPicture.ean13(code), x: 3 * main, y: 30, module: 3, height: 100)
        let side = isLeft ? 40 : 40 + 95 + gap
        page.draw(extra, x: 3 * side, y: 50, module: 3, height: 80)
        return page
    }

    private func addOn(_ page: Canvas, _ profile: DecodingProfile = asked) throws -> String? {
        let frame = try #require(page.frame)
        let symbols = try SymbolDecoder().decode(frame, profile: profile).symbols
        #expect(symbols.count == 1)
        #expect(symbols.first?.bytes.count == 13)
        #expect(symbols.first?.aim.text == "]E0")
        return symbols.first?.addOn.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "two and five digits are returned apart from the code", arguments: ["05", "52495", "90000"])
    func reads(_ digits: String) throws {
        #expect(try addOn(page(Self.book, digits)) == digits)
    }

    @Test("the code lies upside down or on its side", arguments: [1, 2, 3])
    func turned(quarters: Int) throws {
        var turned = page(Self.book, "52495")
        for _ in 0..<quarters { turned = turned.quarterTurned() }
        #expect(try addOn(turned) == "52495")
    }

    @Test("nobody asked: nothing is read")
    func ignored() throws {
        #expect(try addOn(page(Self.book, "52495"), .retail) == nil)
    }

    @Test("only the prefixes asked for are looked at")
    func prefixes() throws {
        let magazine = page("4190566906901", "01")
        #expect(try addOn(magazine) == nil)
        #expect(try addOn(magazine, DecodingProfile(addOns: .read(prefixes: ["419"]))) == "01")
        #expect(try addOn(magazine, DecodingProfile(addOns: .read(prefixes: [""]))) == "01")
    }

    @Test("left of the code or far from it stands something else")
    func elsewhere() throws {
        #expect(try addOn(page(Self.book, "52495", isLeft: true)) == nil)
        #expect(try addOn(page(Self.book, "05", gap: 35)) == nil)
    }

    @Test("five digits that the picture's rim cuts are not two")
    func cut() throws {
        let whole = page(Self.book, "52495")
        // Code, white, and four modules less than a third digit: what is there is a perfect EAN-2.
        #expect(try addOn(whole.cropped(to: 3 * (40 + 95 + 9 + 20))) == nil)
    }

    @Test("a code without an add-on has none")
    func none() throws {
        var page = Canvas(600, 160)
        page.draw(TestPicture.ean13(Self.book), x: 120, y: 30, module: 3, height: 100)
        #expect(try addOn(page) == nil)
    }
}

extension TestPicture {
    /// The modules of an EAN-2 or EAN-5 (ISO/IEC 15420 annex A).
    static func addOn(_ text: String) -> [Bool] {
        let left = [
            "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111",
            "0111011", "0110111", "0001011",
        ]
        let two = ["LL", "LG", "GL", "GG"]
        let five = [
            "GGLLL", "GLGLL", "GLLGL", "GLLLG", "LGGLL", "LLGGL", "LLLGG", "LGLGL", "LGLLG",
            "LLGLG",
        ]
        let digits = text.compactMap(\.wholeNumberValue)
        let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 3 : 9) }
        let sides = digits.count == 2 ? two[(digits[0] * 10 + digits[1]) % 4] : five[sum % 10]
        let coded = zip(digits, sides).map { digit, side in
            let code = left[digit]
            return side == "L"
                ? code : String(code.reversed().map { $0 == "1" ? "0" : "1" })
        }
        return ("1011" + coded.joined(separator: "01")).map { $0 == "1" }
    }
}

extension Canvas {
    /// A quarter to the right.
    fileprivate func quarterTurned() -> Canvas {
        var turned = Canvas(height, width)
        for y in 0..<height {
            for x in 0..<width {
                turned.pixels[x * height + height - 1 - y] = pixels[y * width + x]
            }
        }
        return turned
    }

    fileprivate func cropped(to newWidth: Int) -> Canvas {
        var cropped = Canvas(newWidth, height)
        for y in 0..<height {
            for x in 0..<newWidth { cropped.pixels[y * newWidth + x] = pixels[y * width + x] }
        }
        return cropped
    }
}
