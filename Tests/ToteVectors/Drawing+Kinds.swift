import ToteValues

// The kinds of frames without a code.

extension Drawing {
    static func plain(_ chance: inout SeededChance) -> Drawing {
        Drawing(
            chance.number(1...320), chance.number(1...240),
            grey: [0, 255, UInt8(chance.number(0...255))][chance.number(0...2)])
    }

    static func noise(_ chance: inout SeededChance) -> Drawing {
        var drawing = Drawing(&chance)
        let isBlackWhite = chance.isOne(in: 2)
        for index in drawing.pixels.indices {
            let grey = UInt8(truncatingIfNeeded: chance.next())
            drawing.pixels[index] = isBlackWhite ? (grey < 128 ? 0 : 255) : grey
        }
        return drawing
    }

    /// Noise of larger cells, longer one way than the other: gravel, cloth, grass.
    static func grain(_ chance: inout SeededChance) -> Drawing {
        var drawing = Drawing(&chance)
        let (cellWidth, cellHeight) = (chance.number(1...8), chance.number(1...24))
        let columns = drawing.width / cellWidth + 1
        let rows = drawing.height / cellHeight + 1
        let cells = (0..<columns * rows).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        drawing.fill { x, y in cells[y / cellHeight * columns + x / cellWidth] }
        return drawing
    }

    /// Bars of 1 to 4 modules, as every linear code has, upright or at any angle.
    static func bars(_ chance: inout SeededChance, isTurned: Bool) -> Drawing {
        var drawing = Drawing(&chance)
        let module = chance.number(1...4)
        let widest = chance.number(2...4)
        var line: [UInt8] = []
        while line.count < 2 * (drawing.width + drawing.height) {
            let grey: UInt8 = line.last == 0 ? 255 : 0
            line += [UInt8](repeating: grey, count: module * chance.number(1...widest))
        }
        let across = isTurned ? chance.number(-64...64) : 64
        let down = isTurned ? chance.number(-64...64) : 0
        let middle = line.count / 2
        drawing.fill { x, y in line[(middle + (x * across + y * down) / 64) % line.count] }
        return drawing
    }

    /// Lines of words of black strokes on 5 × 7 cells.
    static func text(_ chance: inout SeededChance) -> Drawing {
        var drawing = Drawing(&chance)
        let dot = chance.number(1...3)
        for top in stride(from: 2 * dot, to: drawing.height, by: 10 * dot) {
            for left in stride(from: 2 * dot, to: drawing.width, by: 6 * dot)
            where !chance.isOne(in: 6) {
                for cell in 0..<35 where chance.isOne(in: 2) {
                    drawing.rectangle(
                        x: left + cell % 5 * dot, y: top + cell / 5 * dot, width: dot, height: dot,
                        grey: 0)
                }
            }
        }
        return drawing
    }

    static func gradient(_ chance: inout SeededChance) -> Drawing {
        var drawing = Drawing(&chance)
        let (across, down) = (chance.number(-40...40), chance.number(-40...40))
        let step = chance.number(1...64)
        drawing.fill { x, y in
            let grey = (x * across + y * down) / 8
            return UInt8(truncatingIfNeeded: grey / step * step)
        }
        return drawing
    }

    static func checkerboard(_ chance: inout SeededChance) -> Drawing {
        var drawing = Drawing(&chance)
        let (cellWidth, cellHeight) = (chance.number(1...20), chance.number(1...20))
        drawing.fill { x, y in (x / cellWidth + y / cellHeight) % 2 == 0 ? 0 : 255 }
        return drawing
    }

    /// One to eight px thin and as long as a frame may be.
    static func strip(_ chance: inout SeededChance) -> Drawing {
        let longest = 16384
        let thin = chance.isOne(in: 2) ? 1 : chance.number(2...8)
        let isUpright = chance.isOne(in: 2)
        var drawing = Drawing(isUpright ? thin : longest, isUpright ? longest : thin)
        let widest = chance.number(1...9)
        var left = 0
        var grey: UInt8 = 0
        for index in drawing.pixels.indices {
            if left == 0 {
                left = chance.number(1...widest) * (isUpright ? thin : 1)
                grey = grey == 0 ? 255 : 0
            }
            drawing.pixels[index] = grey
            left -= 1
        }
        return drawing
    }

    /// Square blocks with finder patterns strewn in: a QR that says nothing.
    static func blocks(_ chance: inout SeededChance) -> Drawing {
        var drawing = Drawing(&chance)
        let cell = chance.number(1...8)
        let columns = drawing.width / cell + 1
        let cells = (0..<columns * (drawing.height / cell + 1)).map { _ in chance.isOne(in: 2) }
        drawing.fill { x, y in cells[y / cell * columns + x / cell] ? 0 : 255 }
        for _ in 0..<chance.number(0...5) {
            let (x, y) = (chance.number(0...drawing.width), chance.number(0...drawing.height))
            for (inset, grey) in [(-1, 255), (0, 0), (1, 255), (2, 0)] as [(Int, UInt8)] {
                let side = (7 - 2 * inset) * cell
                drawing.rectangle(
                    x: x + inset * cell, y: y + inset * cell, width: side, height: side, grey: grey)
            }
        }
        return drawing
    }
}
