// Three finder patterns that may belong to one symbol. On the line between two of them, a pattern
// is 7 modules wide; in perspective, modules grow along the line so that the count of modules
// between the centres is the distance over the geometric mean of both module sizes. The counts
// agree for all three pairs, along the diagonal too, whatever the tilt.

struct QRPair: Sendable {
    let first: Int
    let second: Int
    /// Modules between the centres.
    let modules: Double
}

/// A: top left, B: top right, C: bottom left, clockwise in the picture: A to B turns right to C.
struct QRTriple: Sendable {
    let a: QRFinder
    let b: QRFinder
    let c: QRFinder
    /// Modules between A and B, A and C.
    let across: Double
    let down: Double

    var isInverted: Bool { a.isInverted }
    /// Modules on a side, by the distances.
    var dimension: Double { (across + down) / 2 + 7 }
}

struct QRTriples {
    /// Of version 1 and version 40, with room for a wrong measure.
    private static let modules = 11.0...190.0
    /// Finders looked at, those that most rows saw.
    private static let mostFinders = 24
    /// The three counts of one symbol differ by less.
    private static let spread = 1.6
    /// The counts along both sides differ by less.
    private static let sideSpread = 1.3

    /// As indices of finders, likeliest first.
    private(set) var triples: [(Int, Int, Int)] = []
    private let finders: [QRFinder]
    private var pairs: [Int: Double] = [:]

    init(_ all: [QRFinder], _ walk: ShadeWalk) {
        finders = Array(all.sorted { $0.stands(before: $1) }.prefix(Self.mostFinders))
        var scored: [(triple: (Int, Int, Int), score: Double)] = []
        let count = finders.count
        for i in 0..<count {
            for j in i + 1..<max(count, i + 1) where finders[i].isInverted == finders[j].isInverted
            {
                if let modules = Self.modules(finders[i], finders[j], walk) {
                    pairs[i * count + j] = modules
                }
            }
        }
        for i in 0..<count {
            for j in i + 1..<max(count, i + 1) {
                guard let first = pairs[i * count + j] else { continue }
                for k in j + 1..<max(count, j + 1) {
                    guard let second = pairs[i * count + k], let third = pairs[j * count + k] else {
                        continue
                    }
                    let least = min(first, second, third)
                    let most = max(first, second, third)
                    if most < Self.spread * least { scored.append(((i, j, k), most / least)) }
                }
            }
        }
        triples = scored.sorted { $0.score < $1.score }.map(\.triple)
    }

    private static func modules(_ one: QRFinder, _ other: QRFinder, _ walk: ShadeWalk) -> Double? {
        let x = other.x - one.x
        let y = other.y - one.y
        let distance = (x * x + y * y).squareRoot()
        guard distance > 0,
            let first = walk.module(of: one, x / distance, y / distance),
            let second = walk.module(of: other, x / distance, y / distance),
            first < 3 * second, second < 3 * first
        else { return nil }
        let modules = distance / (first * second).squareRoot()
        return Self.modules.contains(modules) ? modules : nil
    }

    /// A triple with each of its patterns as the corner, the one nearest to a right angle first.
    func corners(of triple: (Int, Int, Int)) -> [QRTriple] {
        let (i, j, k) = triple
        let turns = [corner(i, j, k), corner(j, i, k), corner(k, i, j)].compactMap(\.self)
        return turns.sorted { $0.skew < $1.skew }.map(\.triple)
    }

    /// `nil` if the sides at this corner are not alike.
    private func corner(
        _ corner: Int, _ one: Int, _ other: Int
    ) -> (triple: QRTriple, skew: Double)? {
        let (first, second) = (distance(corner, one), distance(corner, other))
        guard max(first, second) < Self.sideSpread * min(first, second) else { return nil }
        let a = finders[corner]
        let b = finders[one]
        let c = finders[other]
        let (ux, uy) = (b.x - a.x, b.y - a.y)
        let (vx, vy) = (c.x - a.x, c.y - a.y)
        let dot = ux * vx + uy * vy
        let skew = dot * dot / ((ux * ux + uy * uy) * (vx * vx + vy * vy))
        let triple =
            ux * vy > uy * vx
            ? QRTriple(a: a, b: b, c: c, across: first, down: second)
            : QRTriple(a: a, b: c, c: b, across: second, down: first)
        return (triple, skew)
    }

    private func distance(_ i: Int, _ j: Int) -> Double {
        pairs[min(i, j) * finders.count + max(i, j)] ?? 0
    }
}
