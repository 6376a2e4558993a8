import ToteValues

enum TestPicture {
    static func frame(
        _ pixels: [UInt8], _ width: Int, _ height: Int, stride: Int? = nil
    ) -> Frame? {
        Frame(
            pixels: pixels, width: width, height: height, stride: stride ?? width,
            origin: FrameOrigin(source: .memory))
    }

    /// The modules of an EAN-13, `true` is a bar (GS1 General Specifications 5.2.1).
    static func ean13(_ text: String) -> [Bool] {
        let left = [
            "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111",
            "0111011", "0110111", "0001011",
        ]
        let parities = [
            "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
            "LGLGGL", "LGGLGL",
        ]
        let digits = text.compactMap(\.wholeNumberValue)
        var modules = "101"
        for (digit, side) in zip(digits[1...6], parities[digits[0]]) {
            let code = left[digit]
            modules += side == "L" ? code : String(inverted(code).reversed())
        }
        modules += "01010"
        for digit in digits[7...] { modules += inverted(left[digit]) }
        return (modules + "101").map { $0 == "1" }
    }

    private static func inverted(_ code: String) -> String {
        String(code.map { $0 == "1" ? "0" : "1" })
    }

    /// 12 digits with their check digit.
    static func checked(_ digits: String) -> String {
        let sum = digits.compactMap(\.wholeNumberValue).enumerated()
            .reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
        return digits + String((10 - sum % 10) % 10)
    }
}

/// A white picture that bars are drawn on.
struct Canvas {
    var pixels: [UInt8]
    let width: Int
    let height: Int

    init(_ width: Int, _ height: Int) {
        self.width = width
        self.height = height
        pixels = [UInt8](repeating: 255, count: width * height)
    }

    mutating func draw(_ modules: [Bool], x: Int, y: Int, module: Int = 1, height: Int) {
        for (index, isBar) in modules.enumerated() where isBar {
            for row in y..<y + height {
                for column in 0..<module { pixels[row * width + x + index * module + column] = 0 }
            }
        }
    }

    var frame: Frame? { TestPicture.frame(pixels, width, height) }
}
