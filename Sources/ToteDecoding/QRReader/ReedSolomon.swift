// Reed–Solomon over GF(256) with x⁸ + x⁴ + x³ + x² + 1, roots 2⁰, 2¹ … (ISO/IEC 18004 clause 7.5
// and annex B). Berlekamp–Massey finds the error locator, a search its roots, Forney's formula the
// values; a corrected block must have no syndrome left. Cost: block length × check codewords.

struct ReedSolomon: Sendable {
    /// Check codewords of a block.
    let checks: Int
    /// Check codewords that are kept back from correction.
    let spare: Int

    init(checks: Int, spare: Int = 0) {
        self.checks = checks
        self.spare = spare
    }

    /// Corrects a block, data first. `erasures` are places whose codeword is not known.
    ///
    /// - Returns: codewords changed by errors that nobody knew of, or `nil` if there are more than
    ///   the checks bear; the block is then as it was.
    func correct(_ block: inout [UInt8], erasures: [Int] = []) -> Int? {
        guard block.count > checks, block.count <= 255, erasures.count <= checks - spare else {
            return nil
        }
        let syndromes = syndromes(of: block)
        if syndromes.allSatisfy({ $0 == 0 }) { return 0 }
        let known = erasureLocator(erasures, length: block.count)
        guard let locator = locator(syndromes, known, erasures: erasures.count) else { return nil }
        let errors = locator.count - 1 - erasures.count
        guard 2 * errors + erasures.count <= checks - spare else { return nil }
        var mended = block
        guard mend(&mended, syndromes, locator) else { return nil }
        guard self.syndromes(of: mended).allSatisfy({ $0 == 0 }) else { return nil }
        block = mended
        return errors
    }

    private func syndromes(of block: [UInt8]) -> [UInt8] {
        (0..<checks).map { power in
            let root = GF256.power(power)
            return block.reduce(0) { GF256.times($0, root) ^ $1 }
        }
    }

    /// Π (1 − x·2^place), lowest coefficient first.
    private func erasureLocator(_ erasures: [Int], length: Int) -> [UInt8] {
        erasures.reduce([1]) { product, place in
            let root = GF256.power(length - 1 - place)
            var next = product + [0]
            for index in product.indices { next[index + 1] ^= GF256.times(product[index], root) }
            return next
        }
    }

    /// Berlekamp–Massey, begun with the known locator.
    private func locator(_ syndromes: [UInt8], _ known: [UInt8], erasures: Int) -> [UInt8]? {
        var locator = known
        var previous = known
        var length = erasures
        for step in erasures..<checks {
            previous.insert(0, at: 0)
            var discrepancy: UInt8 = 0
            for index in locator.indices where index <= step {
                discrepancy ^= GF256.times(locator[index], syndromes[step - index])
            }
            guard discrepancy != 0 else { continue }
            let kept = locator
            let reach = max(locator.count, previous.count)
            locator += [UInt8](repeating: 0, count: reach - locator.count)
            for index in previous.indices {
                locator[index] ^= GF256.times(discrepancy, previous[index])
            }
            if 2 * length <= step + erasures {
                length = step + 1 + erasures - length
                let inverse = GF256.inverse(discrepancy)
                previous = kept.map { GF256.times($0, inverse) }
            }
        }
        while locator.count > 1, locator.last == 0 { locator.removeLast() }
        return locator.count - 1 == length ? locator : nil
    }

    /// `false` unless the locator has as many roots in the block as its degree.
    private func mend(_ block: inout [UInt8], _ syndromes: [UInt8], _ locator: [UInt8]) -> Bool {
        let evaluator = evaluator(syndromes, locator)
        var roots = 0
        for place in block.indices {
            let exponent = block.count - 1 - place
            let x = GF256.power(255 - exponent)
            guard GF256.value(locator, at: x) == 0 else { continue }
            roots += 1
            // The derivative keeps the odd terms: divided by x they are a polynomial in x².
            let odd = stride(from: 1, to: locator.count, by: 2).map { locator[$0] }
            let slope = GF256.value(odd, at: GF256.times(x, x))
            guard slope != 0 else { return false }
            let above = GF256.times(GF256.power(exponent), GF256.value(evaluator, at: x))
            block[place] ^= GF256.times(above, GF256.inverse(slope))
        }
        return roots == locator.count - 1
    }

    /// Syndromes × locator, without the terms from `checks` on.
    private func evaluator(_ syndromes: [UInt8], _ locator: [UInt8]) -> [UInt8] {
        (0..<min(checks, locator.count)).map { power in
            (0...power).reduce(0) { $0 ^ GF256.times(locator[$1], syndromes[power - $1]) }
        }
    }
}

enum GF256 {
    private static let powers: [UInt8] = {
        var value = 1
        return (0..<510).map { _ in
            defer { value = value & 0x80 == 0 ? value << 1 : value << 1 ^ 0x11D }
            return UInt8(value)
        }
    }()

    private static let logarithms: [Int] = {
        var table = [Int](repeating: 0, count: 256)
        for exponent in 0..<255 { table[Int(powers[exponent])] = exponent }
        return table
    }()

    /// 2 to the exponent, 0 ..< 510.
    static func power(_ exponent: Int) -> UInt8 { powers[exponent] }

    static func times(_ a: UInt8, _ b: UInt8) -> UInt8 {
        a == 0 || b == 0 ? 0 : powers[logarithms[Int(a)] + logarithms[Int(b)]]
    }

    /// Of anything but 0.
    static func inverse(_ a: UInt8) -> UInt8 { powers[255 - logarithms[Int(a)]] }

    /// A polynomial, lowest coefficient first.
    static func value(_ polynomial: [UInt8], at x: UInt8) -> UInt8 {
        polynomial.reversed().reduce(0) { times($0, x) ^ $1 }
    }
}
