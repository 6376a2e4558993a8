// Reed–Solomon over GF(256), roots 2ᵇ, 2ᵇ⁺¹ …: QR codes have b = 0 (ISO/IEC 18004 clause 7.5 and
// annex B), Data Matrix b = 1 (ISO/IEC 16022 annex E). Berlekamp–Massey finds the error locator, a
// search its roots, Forney's formula the values; a corrected block must have no syndrome left.
// Cost: block length × check codewords.

package struct ReedSolomon: Sendable {
    let field: GF256
    /// Exponent b of the first root, 0 or 1.
    let firstRoot: Int
    /// Check codewords of a block.
    let checks: Int
    /// Check codewords that are kept back from correction.
    let spare: Int

    package init(_ field: GF256, firstRoot: Int, checks: Int, spare: Int = 0) {
        self.field = field
        self.firstRoot = firstRoot
        self.checks = checks
        self.spare = spare
    }

    /// Corrects a block, data first.
    ///
    /// - Returns: how many codewords were wrong, or `nil` if more than the checks bear; the block
    ///   is then as it was.
    package func correct(_ block: inout [UInt8]) -> Int? {
        guard block.count > checks, block.count <= 255 else { return nil }
        let syndromes = syndromes(of: block)
        if syndromes.allSatisfy({ $0 == 0 }) { return 0 }
        let locator = locator(syndromes)
        let errors = locator.count - 1
        guard errors > 0, 2 * errors <= checks - spare else { return nil }
        var mended = block
        guard mend(&mended, syndromes, locator),
            self.syndromes(of: mended).allSatisfy({ $0 == 0 })
        else { return nil }
        block = mended
        return errors
    }

    private func syndromes(of block: [UInt8]) -> [UInt8] {
        (firstRoot..<firstRoot + checks).map { power in
            let root = field.power(power)
            return block.reduce(0) { field.times($0, root) ^ $1 }
        }
    }

    /// Berlekamp–Massey: the shortest recurrence that makes the syndromes, lowest term first.
    private func locator(_ syndromes: [UInt8]) -> [UInt8] {
        var locator: [UInt8] = [1]
        var previous: [UInt8] = [1]
        var length = 0
        for step in 0..<checks {
            previous.insert(0, at: 0)
            var discrepancy: UInt8 = 0
            for index in locator.indices where index <= step {
                discrepancy ^= field.times(locator[index], syndromes[step - index])
            }
            guard discrepancy != 0 else { continue }
            let kept = locator
            locator += [UInt8](repeating: 0, count: max(0, previous.count - locator.count))
            for index in previous.indices {
                locator[index] ^= field.times(discrepancy, previous[index])
            }
            if 2 * length <= step {
                length = step + 1 - length
                let inverse = field.inverse(discrepancy)
                previous = kept.map { field.times($0, inverse) }
            }
        }
        while locator.count > 1, locator.last == 0 { locator.removeLast() }
        return locator
    }

    /// `false` unless the locator has as many roots in the block as its degree.
    private func mend(_ block: inout [UInt8], _ syndromes: [UInt8], _ locator: [UInt8]) -> Bool {
        let evaluator = evaluator(syndromes, locator)
        var roots = 0
        for place in block.indices {
            let exponent = block.count - 1 - place
            let x = field.power(255 - exponent)
            guard field.value(locator, at: x) == 0 else { continue }
            roots += 1
            // The derivative keeps the odd terms: divided by x they are a polynomial in x².
            let odd = stride(from: 1, to: locator.count, by: 2).map { locator[$0] }
            let slope = field.value(odd, at: field.times(x, x))
            guard slope != 0 else { return false }
            let above = field.times(
                field.power(exponent * (1 - firstRoot)), field.value(evaluator, at: x))
            block[place] ^= field.times(above, field.inverse(slope))
        }
        return roots == locator.count - 1
    }

    /// Syndromes × locator, without the terms from `checks` on.
    private func evaluator(_ syndromes: [UInt8], _ locator: [UInt8]) -> [UInt8] {
        (0..<min(checks, locator.count)).map { power in
            (0...power).reduce(0) { $0 ^ field.times(locator[$1], syndromes[power - $1]) }
        }
    }
}
