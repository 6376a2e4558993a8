// Reed–Solomon over GF(256) with x⁸ + x⁵ + x³ + x² + 1 and roots α¹…αⁿ (ISO/IEC 16022, Annex E):
// syndromes, Berlekamp–Massey, Chien's search, Forney's values. O(words · check words).

enum ReedSolomon {
    private static let polynomial = 0x12D

    private static let powers: [Int] = {
        var powers = [1]
        while powers.count < 510 {
            let next = powers[powers.count - 1] << 1
            powers.append(next > 255 ? next ^ polynomial : next)
        }
        return powers
    }()

    private static let logarithms: [Int] = {
        var logarithms = [Int](repeating: 0, count: 256)
        for exponent in 0..<255 { logarithms[powers[exponent]] = exponent }
        return logarithms
    }()

    private static func product(_ a: Int, _ b: Int) -> Int {
        a == 0 || b == 0 ? 0 : powers[logarithms[a] + logarithms[b]]
    }

    /// `b` is not 0.
    private static func quotient(_ a: Int, _ b: Int) -> Int {
        a == 0 ? 0 : powers[logarithms[a] + 255 - logarithms[b]]
    }

    /// Value at `x` of a polynomial with its lowest coefficient first.
    private static func value(_ polynomial: [Int], at x: Int) -> Int {
        polynomial.reversed().reduce(0) { product($0, x) ^ $1 }
    }

    /// Puts right up to half as many words as there are check words, which come last.
    ///
    /// - Returns: how many were wrong; `nil` if too many.
    static func correct(_ words: inout [Int], checkWords: Int) -> Int? {
        let received = Array(words.reversed())
        let syndromes = (1...checkWords).map { value(received, at: powers[$0]) }
        guard syndromes.contains(where: { $0 != 0 }) else { return 0 }
        let locator = locator(of: syndromes)
        let count = locator.count - 1
        guard 2 * count <= checkWords, words.count < 256 else { return nil }
        let places = words.indices.filter { value(locator, at: powers[255 - $0]) == 0 }
        guard places.count == count else { return nil }
        let evaluator = evaluator(syndromes, locator)
        for place in places {
            let inverse = powers[255 - place]
            // The formal derivative keeps the odd powers.
            let slope = locator.indices.filter { $0 % 2 == 1 }.reduce(0) {
                $0 ^ product(locator[$1], power(inverse, $1 - 1))
            }
            guard slope != 0 else { return nil }
            let error = quotient(value(evaluator, at: inverse), slope)
            words[words.count - 1 - place] ^= error
        }
        let mended = Array(words.reversed())
        let isRight = (1...checkWords).allSatisfy { value(mended, at: powers[$0]) == 0 }
        return isRight ? count : nil
    }

    private static func power(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { value, _ in product(value, base) }
    }

    /// Berlekamp and Massey: the shortest recurrence of the syndromes, lowest coefficient first.
    private static func locator(of syndromes: [Int]) -> [Int] {
        var (current, previous) = ([1], [1])
        var (length, shift, lastGap) = (0, 1, 1)
        for step in syndromes.indices {
            let gap = (0...length).reduce(0) {
                $1 < current.count ? $0 ^ product(current[$1], syndromes[step - $1]) : $0
            }
            guard gap != 0 else {
                shift += 1
                continue
            }
            let old = current
            let factor = quotient(gap, lastGap)
            let size = max(current.count, previous.count + shift)
            current += [Int](repeating: 0, count: size - current.count)
            for (place, coefficient) in previous.enumerated() {
                current[place + shift] ^= product(factor, coefficient)
            }
            if 2 * length <= step {
                (length, previous, lastGap, shift) = (step + 1 - length, old, gap, 1)
            } else {
                shift += 1
            }
        }
        while current.count > 1, current.last == 0 { current.removeLast() }
        return current
    }

    /// Syndromes times locator, modulo x to the number of syndromes.
    private static func evaluator(_ syndromes: [Int], _ locator: [Int]) -> [Int] {
        syndromes.indices.map { place in
            (0...min(place, locator.count - 1)).reduce(0) {
                $0 ^ product(locator[$1], syndromes[place - $1])
            }
        }
    }
}
