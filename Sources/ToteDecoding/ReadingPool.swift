// Readings of all steps so far. Votes of one code on one place add up over the steps.

import ToteValues

package struct ReadingPool: Sendable {
    package private(set) var readings: [Reading] = []

    package init() {}

    package mutating func add(_ reading: Reading) {
        guard let index = readings.firstIndex(where: { $0.isSame(as: reading) }) else {
            readings.append(reading)
            return
        }
        var known = readings[index]
        known.votes += reading.votes
        known.lines += reading.lines
        known.step = reading.step
        known.isGS1 = known.isGS1 || reading.isGS1
        known.isAIM = known.isAIM || reading.isAIM
        known.points += reading.points
        known.readers.formUnion(reading.readers)
        // Of two turned quads or two boxes the larger saw more of the symbol.
        let isLarger = reading.quad.box.longerSide > known.quad.box.longerSide
        if reading.isTurned == known.isTurned ? isLarger : reading.isTurned {
            known.quad = reading.quad
            known.isTurned = reading.isTurned
        }
        known.orientation = known.orientation ?? reading.orientation
        readings[index] = known
    }

    /// The bars of this reading were seen to be no code.
    package mutating func deny(_ claim: Reading) {
        for index in readings.indices where readings[index].isSame(as: claim) {
            readings[index].isDenied = true
        }
    }
}
