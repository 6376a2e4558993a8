// zbar drops FNC4 and FNC3 of a Code 128 and says nothing: `Grüße` becomes `Gr|_e`, a command to
// the scanner becomes data. So some lines of what it read are read again, by ourselves: characters
// of the upper half are put right, a symbol meant for the scanner is none. Where our plainer reader
// sees no whole symbol, zbar's word stands. A few dozen µs for a symbol.

import ToteValues

enum Code128Check {
    private static let linesTried = 5

    /// The find with its true bytes; `nil` if it is no data.
    static func checked(_ find: Find, on image: GreyImage) -> Find? {
        guard find.symbology == .code128 else { return find }
        for line in lines(through: find, of: image) {
            guard let text = text(on: line), text.bytes.map({ $0 & 0x7F }) == find.bytes else {
                continue
            }
            if text.isForScanner { return nil }
            var found = find
            found.bytes = text.bytes
            return found
        }
        return find
    }

    private static func text(on line: [UInt8]) -> Code128Text? {
        let characters =
            Code128Line.characters(in: LineEdges(line).widths)
            ?? Code128Line.characters(in: LineEdges(line.reversed()).widths)
        return characters.flatMap { Code128Text($0) }
    }

    /// zbar tells where lines ended; some rows, or columns where it read downwards.
    private static func lines(through find: Find, of image: GreyImage) -> [[UInt8]] {
        let isUpright = find.orientation.map { $0 % 180 == 90 } ?? false
        let places = find.points.map { Int(isUpright ? $0.x : $0.y) }
        let count = isUpright ? image.width : image.height
        let step = max(1, places.count / linesTried)
        return stride(from: step / 2, to: places.count, by: step).map { places[$0] }
            .filter { (0..<count).contains($0) }
            .map { isUpright ? image.column($0) : image.row($0) }
    }
}

extension GreyImage {
    fileprivate func row(_ y: Int) -> [UInt8] { Array(pixels[y * width..<(y + 1) * width]) }

    fileprivate func column(_ x: Int) -> [UInt8] { (0..<height).map { pixels[$0 * width + x] } }
}
