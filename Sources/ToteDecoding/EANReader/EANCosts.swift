// The error shares of several rows, added up, and the two best valid codes by them.
//
// The first digit of an EAN-13 lies in the sets of the left six; for each of its ten values Viterbi
// runs over digit and running check sum, keeping the two best ways to each. Values that cannot
// reach the two best any more, by their best without a check sum, are left out.

struct EANCosts {
    struct Path {
        var digits: [Int]
        var cost: Float
    }

    let layout: EANLayout
    private var single: [Float]
    private var touching: [Float]
    private var overGuard: [Float]
    /// Samples, all rows.
    private(set) var samples: Float = 0

    init(_ layout: EANLayout) {
        let width = EANPatterns.alternatives
        self.layout = layout
        single = [Float](repeating: 0, count: layout.digitStarts.count * width)
        touching = [Float](repeating: 0, count: width * width)
        overGuard = touching
    }

    /// A row weighs by its noise. `work` holds its samples.
    mutating func add(_ fit: EANFit, _ work: EANWorkspace) {
        let templates = EANTemplates.all[fit.blur]
        work.fillSingle(fit, templates)
        let weight = 1 / max(fit.noise, 1e-6)
        for index in single.indices { single[index] += weight * work.single[index] }
        for index in touching.indices {
            touching[index] += weight * templates.touching[index]
            overGuard[index] += weight * templates.overGuard[index]
        }
        samples += Float(layout.samples)
    }

    /// The two best codes with right sets and check digit, the better one first.
    func best() -> [Path] {
        var best: [Path] = []
        for (sets, sum) in variants() {
            let bound = best.count == 2 ? best[1].cost : .infinity
            guard run(sets, modulus: 1, start: 0).first.map({ $0.cost < bound }) ?? false else {
                continue
            }
            best += run(sets, modulus: layout.kind == .upcE ? 1 : 10, start: sum)
            best.sort { $0.cost < $1.cost }
            // Without a check sum the second may be the same code with another set of digits.
            if best.count > 2 { best.removeSubrange(2...) }
        }
        return best
    }

    /// First alternative of each digit, and what is in the check sum before the first.
    private func variants() -> [(sets: [Int], sum: Int)] {
        let count = layout.digitStarts.count
        func sets(_ parity: UInt8) -> [Int] {
            (0..<count).map { digit in
                guard digit < layout.leftDigits else { return 20 }
                return Int(parity >> (layout.leftDigits - 1 - digit) & 1) * 10
            }
        }
        switch layout.kind {
        case .ean13: return (0..<10).map { (sets(EANPatterns.leadingParity[$0]), $0) }
        case .ean8: return [(sets(0), 0)]
        case .upcE:
            return EANPatterns.checkParity.flatMap { [(sets($0), 0), (sets(~$0 & 0x3F), 0)] }
        }
    }

    private func run(_ sets: [Int], modulus: Int, start: Int) -> [Path] {
        let count = sets.count
        let width = EANPatterns.alternatives
        let states = 10 * modulus * 2
        var costs = [Float](repeating: .infinity, count: count * states)
        var from = [UInt8](repeating: 0, count: count * states)
        func weight(_ digit: Int) -> Int { (count - digit) & 1 == 1 ? 1 : 3 }
        for value in 0..<10 {
            let sum = (start + weight(0) * value) % modulus
            costs[(value * modulus + sum) * 2] = single[sets[0] + value]
        }
        for digit in 1..<count {
            let table = digit == layout.leftDigits ? overGuard : touching
            for value in 0..<10 {
                let second = sets[digit] + value
                let own = single[digit * width + second]
                for sum in 0..<modulus {
                    let before = (sum + 10 * modulus - weight(digit) * value) % modulus
                    var first = Float.infinity
                    var next = Float.infinity
                    var firstFrom: UInt8 = 0
                    var nextFrom: UInt8 = 0
                    for old in 0..<10 {
                        let pair = table[second * width + sets[digit - 1] + old] + own
                        let at = (digit - 1) * states + (old * modulus + before) * 2
                        for rank in 0..<2 {
                            let cost = costs[at + rank] + pair
                            if cost < first {
                                next = first
                                nextFrom = firstFrom
                                first = cost
                                firstFrom = UInt8(2 * old + rank)
                            } else if cost < next {
                                next = cost
                                nextFrom = UInt8(2 * old + rank)
                            }
                        }
                    }
                    let at = digit * states + (value * modulus + sum) * 2
                    costs[at] = first
                    costs[at + 1] = next
                    from[at] = firstFrom
                    from[at + 1] = nextFrom
                }
            }
        }
        var ends: [(value: Int, rank: Int, cost: Float)] = []
        for value in 0..<10 {
            for rank in 0..<2 {
                ends.append((value, rank, costs[(count - 1) * states + value * modulus * 2 + rank]))
            }
        }
        ends.sort { $0.cost < $1.cost }
        return ends.prefix(2).filter { $0.cost < .infinity }.map { end in
            var digits = sets
            var value = end.value
            var rank = end.rank
            var sum = 0
            for digit in stride(from: count - 1, through: 0, by: -1) {
                digits[digit] += value
                let back = from[digit * states + (value * modulus + sum) * 2 + rank]
                sum = (sum + 10 * modulus - weight(digit) * value) % modulus
                value = Int(back / 2)
                rank = Int(back & 1)
            }
            return Path(digits: digits, cost: end.cost)
        }
    }
}
