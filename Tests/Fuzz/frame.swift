import ToteDecoding
import ToteValues

/// Frames up to 256 × 256 px, decoded with everything asked for. Four bytes say how the rest
/// becomes a frame: width − 1, height − 1, kind of picture, and how it is decoded.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 4, let frame = FuzzFrame(bytes).frame else { return -1 }
    let profile = DecodingProfile(
        itfLengths: Set(2...30), addOns: bytes[3] & 1 == 0 ? .ignore : .read(prefixes: [""]),
        contentCheck: { _, bytes in bytes.count & 1 == 0 })
    let budget = bytes[3] & 2 == 0 ? WorkBudget.still : .video
    guard let result = try? SymbolDecoder().decode(frame, profile: profile, budget: budget) else {
        return 0
    }
    precondition(result.symbols.allSatisfy { !$0.bytes.isEmpty && $0.quality.votes > 0 })
    let points = result.symbols.flatMap(\.quad.corners) + result.rejected.flatMap(\.quad.corners)
    precondition(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    return 0
}

private struct FuzzFrame {
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
