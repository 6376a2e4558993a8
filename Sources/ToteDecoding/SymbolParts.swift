// A message in several QR codes (structured append, ISO/IEC 18004 clause 8; PUR-5). Parts of one
// message have one count and one parity. They are joined when all are there and the parity fits
// what was joined; until then it is told which are missing. Never a guess.

public import ToteValues

/// Collects the parts of messages as they come, in any order, from one picture or many.
public struct SymbolParts: Sendable {
    /// What a part made.
    public enum Outcome: Hashable, Sendable {
        /// The whole message, as if one symbol carried it.
        case whole(Symbol)
        /// Numbers of the parts that are still to come, rising.
        case missing([Int])
    }

    private struct Message: Hashable {
        let count: Int
        let parity: UInt8
        var parts: [Int: Symbol] = [:]

        var missing: [Int] { (1...count).filter { parts[$0] == nil } }
    }

    /// Messages that wait for parts; who shows more loses the oldest.
    private static let mostMessages = 8
    /// The newest last.
    private var messages: [Message] = []

    public init() {}

    /// Takes a symbol; one that is no part is whole by itself. A part that comes with other bytes
    /// than before begins its message anew: it is another message.
    public mutating func take(_ symbol: Symbol) -> Outcome {
        guard let part = symbol.part else { return .whole(symbol) }
        var message = Message(count: part.count, parity: part.parity)
        let known = messages.firstIndex { $0.count == part.count && $0.parity == part.parity }
        if let known {
            let old = messages.remove(at: known)
            let isOther = old.parts[part.number].map { $0.bytes != symbol.bytes } ?? false
            if !isOther { message = old }
        }
        message.parts[part.number] = symbol
        messages.append(message)
        messages.removeFirst(max(0, messages.count - Self.mostMessages))
        let missing = message.missing
        guard missing.isEmpty else { return .missing(missing) }
        guard let whole = Symbol(joining: (1...part.count).compactMap { message.parts[$0] }) else {
            // Parts of two messages that look alike: only the newest can be trusted.
            messages[messages.count - 1].parts = [part.number: symbol]
            return .missing((1...part.count).filter { $0 != part.number })
        }
        return .whole(whole)
    }

    /// Parts that are all there, as one symbol in the place of the first; what lacks others stays.
    static func joined(_ symbols: [Symbol]) -> [Symbol] {
        guard symbols.contains(where: { $0.part != nil }) else { return symbols }
        var collection = SymbolParts()
        var result: [Symbol] = []
        for symbol in symbols {
            guard case .whole(let whole) = collection.take(symbol) else {
                result.append(symbol)
                continue
            }
            let isJoined = symbol.part != nil
            let first = result.firstIndex { isJoined && $0.part.isSibling(of: symbol.part) }
            result.removeAll { isJoined && $0.part.isSibling(of: symbol.part) }
            result.insert(whole, at: first ?? result.endIndex)
        }
        return result
    }
}

extension SymbolPart? {
    fileprivate func isSibling(of other: SymbolPart?) -> Bool {
        guard let self, let other else { return false }
        return self.count == other.count && self.parity == other.parity
    }
}

extension Symbol {
    /// - Parameter parts: all of a message, in order; `nil` where the parity says otherwise.
    fileprivate init?(joining parts: [Symbol]) {
        guard let first = parts.first, let part = first.part else { return nil }
        let bytes = parts.flatMap(\.bytes)
        guard bytes.reduce(0, ^) == part.parity else { return nil }
        let box = Box(around: parts.flatMap(\.quad.corners))
        var quality = first.quality
        quality.votes = parts.reduce(0) { $0 + $1.quality.votes }
        self.init(
            symbology: first.symbology, aim: first.aim, bytes: bytes,
            quad: Quad(
                topLeft: PicturePoint(x: box.left, y: box.top),
                topRight: PicturePoint(x: box.right, y: box.top),
                bottomRight: PicturePoint(x: box.right, y: box.bottom),
                bottomLeft: PicturePoint(x: box.left, y: box.bottom)),
            quality: quality)
    }
}
