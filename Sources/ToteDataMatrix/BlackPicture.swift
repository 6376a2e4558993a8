// A picture of black and white, and the pieces of black in it: runs of each row are joined with
// those of the row above that they touch (union–find). O(pixels).

struct BlackPicture {
    private let isBlack: [Bool]
    private let width: Int
    private let height: Int

    init(_ isBlack: [Bool], width: Int) {
        self.isBlack = isBlack
        self.width = width
        height = isBlack.count / width
    }

    func pieces() -> [Piece] {
        var boxes: [Piece] = []
        var parents: [Int] = []
        var above: [(range: Range<Int>, piece: Int)] = []
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index {
                parents[index] = parents[parents[index]]
                index = parents[index]
            }
            return index
        }
        for y in 0..<height {
            var row: [(range: Range<Int>, piece: Int)] = []
            var touched = 0
            for run in runs(ofRow: y) {
                let own = boxes.count
                parents.append(own)
                boxes.append(
                    Piece(left: run.lowerBound, top: y, right: run.upperBound - 1, bottom: y))
                while touched < above.count, above[touched].range.upperBound <= run.lowerBound {
                    touched += 1
                }
                var next = touched
                while next < above.count, above[next].range.lowerBound < run.upperBound {
                    let (one, other) = (root(above[next].piece), root(own))
                    if one != other {
                        parents[other] = one
                        boxes[one].join(boxes[other])
                    }
                    next += 1
                }
                row.append((run, own))
            }
            above = row
        }
        return parents.indices.filter { parents[$0] == $0 }.map { boxes[$0] }
    }

    private func runs(ofRow y: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for x in 0..<width {
            let isBlack = isBlack[y * width + x]
            if isBlack, start == nil { start = x }
            if !isBlack, let first = start {
                runs.append(first..<x)
                start = nil
            }
        }
        if let start { runs.append(start..<width) }
        return runs
    }

    /// Pixels along a side of an upright rectangle.
    private func line(from start: PixelPlace, to end: PixelPlace) -> [Bool] {
        let steps = max(abs(end.x - start.x), abs(end.y - start.y))
        let across = (end.x - start.x).signum()
        let down = (end.y - start.y).signum()
        return (0...steps).map {
            isBlack[(start.y + $0 * down) * width + start.x + $0 * across]
        }
    }

    /// Nineteen of twenty pixels are black.
    func isSolid(from start: PixelPlace, to end: PixelPlace) -> Bool {
        let line = line(from: start, to: end)
        return 20 * line.count { $0 } >= 19 * line.count
    }

    /// Changes between black and white along a line, and one.
    func runs(from start: PixelPlace, to end: PixelPlace) -> Int {
        let line = line(from: start, to: end)
        return 1 + zip(line, line.dropFirst()).count { $0 != $1 }
    }
}
