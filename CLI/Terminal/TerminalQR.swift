/// Draws a QR code in text, two modules a character, or as a picture. The quiet zone of four
/// light modules is always part of it: without it, scanners do not find the code.
public enum TerminalQR {
    public static let quietZone = 4

    /// Half-block rows for a terminal of that background; all rows are equally wide.
    public static func rows(_ symbol: QRSymbol, background: TerminalBackground) -> [String] {
        let edges = -quietZone..<(symbol.side + quietZone)
        return stride(from: edges.lowerBound, to: edges.upperBound, by: 2).map { y in
            String(
                edges.map { x in
                    let upper = !symbol.isDark(x: x, y: y)
                    let lower = y + 1 < edges.upperBound && !symbol.isDark(x: x, y: y + 1)
                    return character(upper, lower, background, isLast: y + 1 >= edges.upperBound)
                })
        }
    }

    /// On a dark background ink is light; on a light one it is dark. Below the last module there
    /// is no ink.
    private static func character(
        _ upperIsLight: Bool, _ lowerIsLight: Bool, _ background: TerminalBackground, isLast: Bool
    ) -> Character {
        let isDark = background == .dark
        let upper = isDark ? upperIsLight : !upperIsLight
        let lower = isLast ? false : isDark ? lowerIsLight : !lowerIsLight
        switch (upper, lower) {
        case (true, true): return "█"
        case (true, false): return "▀"
        case (false, true): return "▄"
        case (false, false): return " "
        }
    }

    /// A binary PBM picture (P4), `scale` px a module.
    public static func pbm(_ symbol: QRSymbol, scale: Int) -> [UInt8] {
        let side = (symbol.side + 2 * quietZone) * scale
        var bytes = Array("P4\n\(side) \(side)\n".utf8)
        for y in 0..<side {
            for group in stride(from: 0, to: side, by: 8) {
                var byte: UInt8 = 0
                for bit in 0..<8 where group + bit < side {
                    if isDark(symbol, group + bit, y, scale) { byte |= 0x80 >> UInt8(bit) }
                }
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// A binary PGM picture (P5), `scale` px a module, black 0 and white 255.
    public static func pgm(_ symbol: QRSymbol, scale: Int) -> [UInt8] {
        let side = (symbol.side + 2 * quietZone) * scale
        let pixels = (0..<side * side).map { index -> UInt8 in
            isDark(symbol, index % side, index / side, scale) ? 0 : 255
        }
        return Array("P5\n\(side) \(side)\n255\n".utf8) + pixels
    }

    private static func isDark(_ symbol: QRSymbol, _ x: Int, _ y: Int, _ scale: Int) -> Bool {
        symbol.isDark(x: x / scale - quietZone, y: y / scale - quietZone)
    }
}
