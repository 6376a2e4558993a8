// DataBar Expanded and Expanded Stacked (ISO/IEC 24724 7.2.1, 7.2.6 to 7.2.8): the check character
// tells how many characters there are, that tells which finder patterns stand in which order, and
// each character is known by the pattern beside it, in whatever row it stands. Of stacked rows with
// an even number of pairs every second one runs backwards.

import ToteValues

enum ExpandedSequence {
    static let modulus = 211
    private static let fewest = 4
    private static let most = 22

    /// Finder patterns of 2, 3 … 11 pairs, those with ′ mirrored (7.2.7).
    private static let orders: [[(number: Int, isMirrored: Bool)]] = [
        "A A'", "A B' B", "A C' B D'", "A E' B D' C", "A E' B D' D F'", "A E' B D' E F' F",
        "A A' B B' C C' D D'", "A A' B B' C C' D E' E", "A A' B B' C C' D E' F F'",
        "A A' B B' C D' D E' E F' F",
    ].map { order in
        order.split(separator: " ").map { name in
            (Int(name.utf8.first ?? 0) - Int(UInt8(ascii: "A")), name.utf8.count > 1)
        }
    }

    static func finds(_ sightings: [DataBarSighting]) -> [Find] {
        let seen = sightings.filter { $0.finder.family == .expanded }
        return seen.filter { $0.isCheckCharacter }.compactMap { find($0, among: seen) }
    }

    private static func find(
        _ check: DataBarSighting, among seen: [DataBarSighting]
    ) -> Find? {
        let count = check.value / modulus + fewest
        guard count <= most else { return nil }
        var characters: [DataBarSighting] = []
        for place in 1..<count {
            guard let character = character(at: place, of: count, check, among: seen) else {
                return nil
            }
            characters.append(character)
        }
        let sum = characters.reduce(0) { $0 + $1.check }
        guard sum % modulus == check.value % modulus,
            let bytes = ExpandedContent.bytes(of: characters.map(\.value))
        else { return nil }
        let votes = characters.reduce(check.votes) { min($0, $1.votes) }
        return Find(
            symbology: .dataBarExpanded, bytes: bytes, isGS1: true, votes: votes,
            points: DataBarSighting.corners(of: characters + [check]),
            orientation: check.finder.isReversed ? 180 : 0)
    }

    /// The character at a place; of those that many rows agree on, the one that stands in line with
    /// the first character, and the nearest if there are more symbols in view.
    private static func character(
        at place: Int, of count: Int, _ check: DataBarSighting, among seen: [DataBarSighting]
    ) -> DataBarSighting? {
        let pattern = orders[(count + 1) / 2 - 2][place / 2]
        let possible = seen.filter { sighting in
            sighting.finder.number == pattern.number
                && sighting.finder.isMirrored == pattern.isMirrored
                && sighting.isSecond == (place % 2 == 1) && sighting.hasSize(of: check)
        }
        let most = possible.map(\.votes).max() ?? 0
        return possible.filter { 2 * $0.votes >= most }
            .min { $0.strangeness(to: check) < $1.strangeness(to: check) }
    }
}

extension DataBarSighting {
    /// Finder patterns of one row stand 49 modules apart, more or less by a twentieth for
    /// perspective. Other rows may begin elsewhere.
    private func isAligned(with check: DataBarSighting) -> Bool {
        guard sharesRows(with: check) else { return true }
        let pitch = 49 * check.module
        let across = abs(centre - check.centre)
        let off = min(across % pitch, pitch - across % pitch)
        return off <= 4 * check.module + across / 20
    }

    /// Whether it is out of line, and how far away it is.
    fileprivate func strangeness(to check: DataBarSighting) -> (Int, Int) {
        let distance = abs(centre - check.centre) + rowsApart(check) * DataBarRow.unit
        return (isAligned(with: check) ? 0 : 1, distance)
    }

    /// Rows between the two, px.
    private func rowsApart(_ other: DataBarSighting) -> Int {
        max(0, max(top, other.top) - min(bottom, other.bottom))
    }
}
