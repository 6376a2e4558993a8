// From codewords to bytes (ISO/IEC 16022, 5.2). A word that no encoder may write makes the whole
// symbol invalid: that is half of our guard against finding codes where none are.

package struct DataMatrixText {
    package private(set) var bytes: [UInt8] = []
    /// FNC1 first: GS1. Second: an industry's own.
    package private(set) var isGS1 = false
    package private(set) var isAIM = false

    private var words: ArraySlice<Int>
    private let start: Int
    private var isUpper = false
    private var trailer: [UInt8] = []

    /// `nil` if the words say nothing or what no encoder may say.
    package init?(_ dataWords: [Int]) {
        words = dataWords[...]
        start = dataWords.startIndex
        guard decode(), !bytes.isEmpty else { return nil }
        bytes += trailer
    }

    private mutating func decode() -> Bool {
        while let word = words.popFirst() {
            switch word {
            case 1...128: append(word - 1)
            case 129: return isPadded()
            case 130...229: bytes += [UInt8(0x30 + (word - 130) / 10), UInt8(0x30 + word % 10)]
            case 230, 239, 238:
                guard decodeTriples(word) else { return false }
            case 231:
                guard decodeBase256() else { return false }
            case 232: takeFNC1()
            case 235: isUpper = true
            case 236, 237:
                guard words.startIndex == start + 1 else { return false }
                bytes += Array("[)>\u{1E}0\(word - 231)\u{1D}".utf8)
                trailer = [0x1E, 0x04]
            case 240: decodeEdifact()
            case 241:
                // Only the character sets whose bytes we hand on as they are: ISO 8859-1, UTF-8.
                guard let set = words.popFirst(), [4, 27, 28].contains(set) else { return false }
            default: return false
            }
        }
        return true
    }

    private mutating func append(_ value: Int) {
        bytes.append(UInt8(truncatingIfNeeded: isUpper ? value + 128 : value))
        isUpper = false
    }

    private mutating func takeFNC1() {
        switch words.startIndex - 1 - start {
        case 0: isGS1 = true
        case 1: isAIM = true
        default: bytes.append(29)
        }
    }

    /// After the first pad each further one is drawn from its place (Annex B.1). 254 is written as
    /// 0 by some.
    private func isPadded() -> Bool {
        words.indices.allSatisfy { index in
            let value = 129 + (149 * (index - start + 1)) % 253 + 1
            return words[index] % 254 == value % 254
        }
    }

    /// A byte string; its bytes are veiled by their places (Annex B.2).
    private mutating func decodeBase256() -> Bool {
        func unveiled(_ word: Int, at index: Int) -> Int {
            (word - ((149 * (index - start + 1)) % 255 + 1) + 256) & 0xFF
        }
        let first = words.startIndex
        guard let head = words.popFirst() else { return false }
        var count = unveiled(head, at: first)
        if count >= 250 {
            let second = words.startIndex
            guard let tail = words.popFirst() else { return false }
            count = 250 * (count - 249) + unveiled(tail, at: second)
        } else if count == 0 {
            count = words.count
        }
        guard count <= words.count else { return false }
        for index in words.startIndex..<words.startIndex + count {
            bytes.append(UInt8(unveiled(words[index], at: index)))
        }
        words = words.dropFirst(count)
        return true
    }

    /// Four characters in three words, 31 ends it; a rest of one or two words is ASCII.
    private mutating func decodeEdifact() {
        while words.count > 2 {
            let packed = words.prefix(3).reduce(0) { $0 << 8 | $1 }
            for place in 0..<4 {
                let value = packed >> (18 - 6 * place) & 0x3F
                if value == 31 {
                    words = words.dropFirst(min(place + 1, 3))
                    return
                }
                bytes.append(UInt8(value < 32 ? value + 64 : value))
            }
            words = words.dropFirst(3)
        }
    }
}

extension DataMatrixText {
    /// C40, Text and X12: three values in two words until 254.
    private mutating func decodeTriples(_ latch: Int) -> Bool {
        var set = 0
        while words.count > 1 {
            if words.first == 254 {
                words.removeFirst()
                return true
            }
            let pair = words.prefix(2).reduce(0) { $0 << 8 | $1 } - 1
            words = words.dropFirst(2)
            guard (0..<64000).contains(pair) else { return false }
            for value in [pair / 1600, pair / 40 % 40, pair % 40] {
                guard take(value, latch, &set) else { return false }
            }
        }
        // A single word left is ASCII, or the end of this mode.
        if words.first == 254 { words.removeFirst() }
        return true
    }

    /// - Parameter set: 0, or the set 1…3 that the value before shifted to.
    private mutating func take(_ value: Int, _ latch: Int, _ set: inout Int) -> Bool {
        if latch == 238 { return takeX12(value) }
        let current = set
        set = 0
        switch (current, value) {
        case (0, 0...2): set = value + 1
        case (0, 3): append(32)
        case (0, 4...13): append(value + 44)
        case (0, _): append(value + (latch == 230 ? 51 : 83))
        case (1, 0...31): append(value)
        case (2, _): return takePunctuation(value)
        case (3, _): return takeThird(value, isText: latch == 239)
        default: return false
        }
        return true
    }

    private mutating func takePunctuation(_ value: Int) -> Bool {
        switch value {
        case 0...14: append(value + 33)
        case 15...21: append(value + 43)
        case 22...26: append(value + 69)
        case 27: bytes.append(29)
        case 30: isUpper = true
        default: return false
        }
        return true
    }

    private mutating func takeThird(_ value: Int, isText: Bool) -> Bool {
        guard value < 32 else { return false }
        let isLetter = isText && (1...26).contains(value)
        append(value + (isLetter ? 64 : 96))
        return true
    }

    private mutating func takeX12(_ value: Int) -> Bool {
        let signs: [UInt8] = [13, 42, 62, 32]
        switch value {
        case 0...3: bytes.append(signs[value])
        case 4...13: bytes.append(UInt8(value + 44))
        default: bytes.append(UInt8(value + 51))
        }
        return true
    }
}
