// Codabar (EN 798, ANSI/AIM BC3) that zbar loses where widths drift, as in a picture taken aslant.
// Rows are averaged in bundles; each bundle is read on its own, character by character, in both
// directions. Codabar has no check digit, so bundles must agree and none may say otherwise.
// Cost: one pass over the pixels, and nothing where no start character stands behind white.

import ToteValues

package struct CodabarReader: Sendable {
    private static let bundleRows = 4
    /// Start, stop and three more: less is believed by nobody.
    private static let fewestCharacters = 5

    package init() {}

    /// - Parameter image: bars about upright.
    package func read(_ image: GreyImage) -> [Find] {
        var votes: [[UInt8]: Int] = [:]
        for top in stride(from: 0, through: image.height - Self.bundleRows, by: Self.bundleRows) {
            let widths = LineEdges(image.mean(rows: top..<top + Self.bundleRows)).widths
            guard let text = Self.text(in: widths) ?? Self.text(in: widths.reversed())
            else { continue }
            votes[text, default: 0] += 1
        }
        guard let (text, count) = votes.max(by: { $0.value < $1.value }), votes.count == 1
        else { return [] }
        return [
            Find(
                symbology: .codabar, bytes: text, votes: count,
                points: [
                    PicturePoint(x: 0, y: 0), PicturePoint(x: Double(image.width), y: 0),
                    PicturePoint(x: Double(image.width), y: Double(image.height)),
                    PicturePoint(x: 0, y: Double(image.height)),
                ])
        ]
    }

    /// The first symbol on a line, from start to stop character.
    private static func text(in widths: [Int]) -> [UInt8]? {
        var first = 0
        while first + CodabarCharacter.elements <= widths.count {
            if let text = symbol(widths, from: first) { return text }
            first += 2
        }
        return nil
    }

    private static func symbol(_ widths: [Int], from first: Int) -> [UInt8]? {
        guard var last = CodabarCharacter(widths, at: first), last.isEnd,
            last.isWhite(before: first, widths)
        else { return nil }
        var text = [last.value]
        var place = first + CodabarCharacter.elements
        while place < widths.count {
            guard last.isGap(widths[place]), let next = CodabarCharacter(widths, at: place + 1),
                next.isLike(last)
            else { return nil }
            text.append(next.value)
            place += 1 + CodabarCharacter.elements
            if next.isEnd {
                let isWhole = next.isWhite(before: place + 1, widths)
                return isWhole && text.count >= fewestCharacters ? text : nil
            }
            last = next
        }
        return nil
    }
}

extension GreyImage {
    /// The mean of some rows, column by column.
    fileprivate func mean(rows: Range<Int>) -> [UInt8] {
        (0..<width).map { x in
            let sum = rows.reduce(0) { $0 + Int(pixels[$1 * width + x]) }
            return UInt8(sum / rows.count)
        }
    }
}
