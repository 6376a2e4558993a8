import ToteValues

/// A frame of up to 256 × 256 px from the fuzzer's bytes. The first four say how the rest becomes
/// one: width − 1, height − 1, kind of picture, and what the target makes of it, of which the upper
/// half is how much longer than the picture a row is.
struct FuzzFrame {
    private let width: Int
    private let height: Int
    private let kind: UInt8
    private let shape: UInt8
    private let rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        width = Int(bytes[0]) + 1
        height = Int(bytes[1]) + 1
        kind = bytes[2]
        shape = bytes[3]
        rest = bytes[4...]
    }

    /// Rows may be longer than the picture is wide.
    private var stride: Int { width + Int(shape >> 4) }

    var frame: Frame? {
        let pixels: [UInt8]
        switch kind % 4 {
        case 0: pixels = (0..<stride * height).map { rest[rest.startIndex + $0 % rest.count] }
        case 1: pixels = stacked((0..<stride).map { rest[rest.startIndex + $0 % rest.count] })
        case 2: pixels = stacked(bars)
        default: pixels = blocks
        }
        let origin = FrameOrigin(source: .memory, x: 7, y: 9, scale: shape & 4 == 0 ? 1 : 4)
        return Frame(pixels: pixels, width: width, height: height, stride: stride, origin: origin)
    }

    private func stacked(_ row: [UInt8]) -> [UInt8] {
        Array((0..<height).map { _ in row }.joined())
    }

    /// Widths of spaces and bars in turn, as a linear code has them.
    private var bars: [UInt8] {
        var row: [UInt8] = []
        for (index, width) in rest.enumerated() where row.count < stride {
            row += [UInt8](repeating: index % 2 == 0 ? 240 : 20, count: Int(width % 32) + 1)
        }
        row += [UInt8](repeating: 240, count: max(0, stride - row.count))
        return Array(row.prefix(stride))
    }

    /// Bits as square modules of 2 to 5 px, a square of them, as a QR has them.
    private var blocks: [UInt8] {
        let side = 2 + Int(kind >> 2) % 4
        let columns = max(1, stride / side)
        return (0..<stride * height).map { index in
            let bit = index / stride / side * columns + min(columns - 1, index % stride / side)
            let byte = rest[rest.startIndex + bit / 8 % rest.count]
            return byte >> UInt8(bit % 8) & 1 == 1 ? 20 : 240
        }
    }
}
