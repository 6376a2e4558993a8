// Joins bar-like blocks of like direction to groups and lays a turned rectangle around each.

import ToteValues

struct BarRegionGroups {
    /// Blocks this far apart (in steps of 4 px) are neighbours: a wide bar or space of 11 px has
    /// no slope in it.
    private static let reach = 2
    /// cos² 30° in quarters: neighbours may differ by 15°, whose double is 30°.
    private static let alike = 3.0 / 4
    /// Fewer blocks are no group (DEC-11).
    static let fewestBlocks = 3

    struct Group {
        var blocks: [Int32] = []
        /// Sum of the doubled directions, and of their lengths.
        var x = 0.0
        var y = 0.0
        var strength = 0.0
    }

    private var isTaken: [UInt8] = []

    mutating func groups(of blocks: BarRegionBlocks) -> [Group] {
        isTaken.resize(to: blocks.x.count)
        for index in isTaken.indices { isTaken[index] = 0 }
        var groups: [Group] = []
        for index in blocks.x.indices where isTaken[index] == 0 {
            guard blocks.x[index] != 0 || blocks.y[index] != 0 else { continue }
            let group = grown(from: index, in: blocks)
            if group.blocks.count >= Self.fewestBlocks { groups.append(group) }
        }
        return groups
    }

    private mutating func grown(from start: Int, in blocks: BarRegionBlocks) -> Group {
        var group = Group()
        group.blocks.append(Int32(truncatingIfNeeded: start))
        isTaken[start] = 1
        var next = 0
        while next < group.blocks.count {
            let index = Int(group.blocks[next])
            next += 1
            let x = Double(blocks.x[index])
            let y = Double(blocks.y[index])
            group.x += x
            group.y += y
            group.strength += (x * x + y * y).squareRoot()
            let column = index % blocks.width
            let row = index / blocks.width
            for other in max(0, row - Self.reach)...min(blocks.height - 1, row + Self.reach) {
                for side in max(0, column - Self.reach)...min(blocks.width - 1, column + Self.reach)
                {
                    let neighbour = other &* blocks.width &+ side
                    guard isTaken[neighbour] == 0 else { continue }
                    let dx = Double(blocks.x[neighbour])
                    let dy = Double(blocks.y[neighbour])
                    let dot = x * dx + y * dy
                    guard dot > 0, dot * dot >= Self.alike * (x * x + y * y) * (dx * dx + dy * dy)
                    else { continue }
                    isTaken[neighbour] = 1
                    group.blocks.append(Int32(truncatingIfNeeded: neighbour))
                }
            }
        }
        return group
    }
}
