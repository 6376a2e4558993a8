// From frames to scans (VID-1 to VID-4). Each key is `unseen`, `voting` or `held`:
//   unseen → voting   a reading with too few votes; its votes count for 1.0 s
//   → held            one frame accepts it, or the votes of two frames suffice: `scanned`, once
//   held → unseen     0.8 s and 3 frames without it
// The watch keeps a clock of its own that runs from frame to frame and stands still while no
// frame comes or time goes backwards, so that neither makes a second scan. Cost: linear in the
// readings of the last second, of which there are some dozens.

public import ToteValues

/// Tells one pass over a code from the next. Pure: frames in, events out. One for each camera.
public struct ScanWatch: Sendable {
    /// Names the article of a code, usually its GTIN-14; `nil` where it has none.
    public typealias ArticleName =
        @Sendable (
            _ symbology: Symbology, _ aim: SymbologyIdentifier, _ bytes: [UInt8]
        ) -> String?

    /// A key is free again after so long without it, milliseconds of decoded frames …
    public static let rearmMilliseconds: Int64 = 800
    /// … and after so many decoded frames without it.
    public static let rearmFrames = 3
    /// A longer time between two frames is a pause, milliseconds: nothing is known about it.
    public static let pauseMilliseconds: Int64 = 2000

    private struct Hold {
        let key: ScanKey
        let symbol: Symbol
        var lastSeen: Int64
        var framesWithout = 0
        var largestCount = 1
    }

    private let articleName: ArticleName
    private var lastFrame: (sequence: UInt64, at: Moment)?
    private var clock: Int64 = 0
    private var votes = VoteWindow()
    private var parts = SymbolParts()
    /// Parts that were told of and still lack others.
    private var waiting: Set<SymbolPart> = []
    /// In the order of their scans.
    private var holds: [Hold] = []

    /// - Parameter articleName: without it each code stands for itself.
    public init(articleName: @escaping ArticleName = { _, _, _ in nil }) {
        self.articleName = articleName
    }

    /// What was scanned last, while it is held: "same again?" may be offered for it. Two equal
    /// packs one after the other cannot be told from one that stays, so the shopper is asked.
    public var sameAgain: Symbol? { holds.last?.symbol }

    /// - Parameters:
    ///   - sequence: number of the frame in its stream, rising over reconnections too; a frame
    ///     that is not newer than the last one is not looked at.
    ///   - moment: when it was taken.
    ///   - symbols: accepted in it.
    ///   - rejected: those refused for want of votes may be confirmed by a later frame.
    public mutating func take(
        sequence: UInt64, at moment: Moment, symbols: [Symbol], rejected: [Candidate] = []
    ) -> [ScanEvent] {
        guard advance(to: moment, sequence: sequence) else { return [] }
        let (symbols, partEvents) = collect(symbols)
        let sightings = sightings(symbols, rejected)
        release(unless: Set(sightings.map(\.key)))
        votes.add(sightings, at: clock)
        return sightings.compactMap { scan($0) } + counts(symbols) + partEvents
    }

    /// A part in view stands for its whole message once all parts were seen; before that it is
    /// told of once.
    private mutating func collect(_ symbols: [Symbol]) -> ([Symbol], [ScanEvent]) {
        var whole: [Symbol] = []
        var events: [ScanEvent] = []
        for symbol in symbols {
            switch parts.take(symbol) {
            case .whole(let joined):
                if let part = symbol.part {
                    waiting = waiting.filter { $0.parity != part.parity || $0.count != part.count }
                    if whole.contains(where: { $0.bytes == joined.bytes }) { continue }
                }
                whole.append(joined)
            case .missing(let numbers):
                guard let part = symbol.part, waiting.insert(part).inserted else { continue }
                events.append(.partOf(symbol, missing: numbers))
            }
        }
        return (whole, events)
    }

    /// False for a frame that was seen before.
    private mutating func advance(to moment: Moment, sequence: UInt64) -> Bool {
        guard let last = lastFrame else {
            lastFrame = (sequence, moment)
            return true
        }
        guard sequence > last.sequence else { return false }
        lastFrame = (sequence, moment)
        let (step, isOverflow) = moment.milliseconds.subtractingReportingOverflow(
            last.at.milliseconds)
        if !isOverflow, (0...Self.pauseMilliseconds).contains(step) {
            clock += step
        } else {
            votes.removeAll()
        }
        return true
    }

    private func sightings(_ symbols: [Symbol], _ rejected: [Candidate]) -> [Sighting] {
        let accepted = symbols.map { symbol in
            Sighting(symbol, key: key(symbol.symbology, symbol.aim, symbol.bytes))
        }
        // A bad frame may hold any number of wrong candidates.
        let others = rejected.prefix(AcceptanceRules.largestSymbolCount).map { candidate in
            Sighting(candidate, key: key(candidate.symbology, candidate.aim, candidate.bytes))
        }
        return accepted + others
    }

    private func key(
        _ symbology: Symbology, _ aim: SymbologyIdentifier, _ bytes: [UInt8]
    ) -> ScanKey {
        articleName(symbology, aim, bytes).map(ScanKey.article) ?? .code(symbology, bytes)
    }

    /// A trace of a held code, even one that is not believed, keeps it held.
    private mutating func release(unless inView: Set<ScanKey>) {
        for index in holds.indices.reversed() {
            guard !inView.contains(holds[index].key) else {
                holds[index].lastSeen = clock
                holds[index].framesWithout = 0
                continue
            }
            holds[index].framesWithout += 1
            guard holds[index].framesWithout >= Self.rearmFrames,
                clock - holds[index].lastSeen >= Self.rearmMilliseconds
            else { continue }
            votes.remove(holds[index].key)
            holds.remove(at: index)
        }
    }

    private mutating func scan(_ sighting: Sighting) -> ScanEvent? {
        guard !holds.contains(where: { $0.key == sighting.key }),
            let symbol = votes.confirmed(sighting)
        else { return nil }
        holds.append(Hold(key: sighting.key, symbol: symbol, lastSeen: clock))
        return .scanned(sighting.key, symbol)
    }

    /// Held codes that stand several times in this frame.
    private mutating func counts(_ symbols: [Symbol]) -> [ScanEvent] {
        holds.indices.compactMap { index in
            let hold = holds[index]
            let same = symbols.filter {
                $0.symbology == hold.symbol.symbology && $0.bytes == hold.symbol.bytes
            }
            let count = Self.countApart(same)
            guard count > hold.largestCount else { return nil }
            holds[index].largestCount = count
            return .severalInView(hold.key, hold.symbol, count: count)
        }
    }

    /// How many of equal symbols lie apart (DEC-8).
    private static func countApart(_ symbols: [Symbol]) -> Int {
        var apart: [Reading] = []
        for reading in symbols.map({ Reading(place: $0) })
        where !apart.contains(where: { $0.isSame(as: reading) }) {
            apart.append(reading)
        }
        return apart.count
    }
}
