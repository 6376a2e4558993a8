// The symbol characters of a Code 128 on one scan line (ISO/IEC 15417). Three bars and three spaces
// make eleven modules. Distances between like edges are compared first: ink spread and blur move
// them together. The check character decides whether it was right.

enum Code128Line {
    static let startA = 103
    private static let stop = [2, 3, 3, 1, 1, 1, 2]
    /// Elements of one character.
    private static let span = 6

    /// Start character and data, without check and stop; `nil` if no whole symbol is on the line.
    static func characters(in widths: [Int]) -> [Int]? {
        guard widths.count >= 3 * span + stop.count else { return nil }
        // A bar is at every other place.
        for start in stride(from: 0, through: widths.count - 3 * span - 1, by: 2) {
            if let found = symbol(widths[start...]) { return found }
        }
        return nil
    }

    private static func symbol(_ widths: ArraySlice<Int>) -> [Int]? {
        var characters: [Int] = []
        var rest = widths
        while rest.count > span {
            if characters.count > 2, isStop(rest) { return checked(characters) }
            let found = rest.prefix(span).withContiguousStorageIfAvailable(character) ?? nil
            let isStart = found.map { $0 >= startA } ?? false
            guard let found, isStart == characters.isEmpty else { return nil }
            characters.append(found)
            rest = rest.dropFirst(span)
        }
        return nil
    }

    /// Modulo 103: the start counts once, the data by their places (ISO/IEC 15417, A.1).
    private static func checked(_ characters: [Int]) -> [Int]? {
        guard let check = characters.last else { return nil }
        let data = characters.dropLast()
        let sum = data.enumerated().reduce(0) { $0 + $1.element * max($1.offset, 1) }
        return sum % startA == check ? Array(data) : nil
    }

    private static func isStop(_ widths: ArraySlice<Int>) -> Bool {
        guard widths.count >= stop.count else { return false }
        let total = widths.prefix(stop.count).reduce(0, +)
        return zip(widths, stop).allSatisfy { width, modules in
            // Within one module of the thirteen.
            abs(13 * width - modules * total) < total
        }
    }

    /// The nearest character, unless it is further than half a module at each edge.
    private static func character(_ widths: UnsafeBufferPointer<Int>) -> Int? {
        let total = widths.reduce(0, +)
        var best = Int.max
        var value: Int?
        for (candidate, pattern) in Code128Patterns.all.enumerated() {
            var distance = 0
            for place in 0..<span - 1 {
                let modules = pattern[place] + pattern[place + 1]
                distance += abs(11 * (widths[place] + widths[place + 1]) - modules * total)
                distance += abs(11 * widths[place] - pattern[place] * total) / 4
                if distance >= best { break }
            }
            if distance < best { (best, value) = (distance, candidate) }
        }
        return best < 3 * total ? value : nil
    }
}
