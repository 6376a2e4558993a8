// The votes of the last second. A code that no frame accepts by itself is believed when the votes
// of two frames suffice and nothing else was read on its place with more than a third of its votes:
// the rule against contradictions (DEC-13, DEC-14), over frames.

import ToteValues

/// One reading of one frame.
struct Sighting: Sendable {
    let key: ScanKey
    /// Place, code and votes.
    let reading: Reading
    let aim: SymbologyIdentifier
    /// What its frame accepted.
    let symbol: Symbol?
    /// Votes that would be enough (1.4); `nil` where the form is wrong or votes do not help.
    let votesNeeded: Int?
    /// Speaks against other readings of its place.
    let isRival: Bool

    init(_ symbol: Symbol, key: ScanKey) {
        self.key = key
        reading = Reading(place: symbol)
        aim = symbol.aim
        self.symbol = symbol
        votesNeeded = symbol.quality.votes
        isRival = true
    }

    init(_ candidate: Candidate, key: ScanKey) {
        self.key = key
        reading = Reading(
            symbology: candidate.symbology, bytes: candidate.bytes, votes: max(0, candidate.votes),
            quad: candidate.quad)
        aim = candidate.aim
        symbol = nil
        votesNeeded = candidate.reason == .votes ? candidate.votesNeeded : nil
        isRival = candidate.reason == .votes || candidate.reason == .contradiction
    }
}

struct VoteWindow: Sendable {
    /// Votes count for so long, milliseconds of decoded frames …
    static let milliseconds: Int64 = 1000
    /// … and for no more frames than a camera makes in that time, should its clock stand still.
    static let frames = 60
    static let framesNeeded = 2

    private struct Ballot {
        let frame: Int
        let clock: Int64
        let sighting: Sighting
    }

    private var frame = 0
    private var ballots: [Ballot] = []

    mutating func add(_ sightings: [Sighting], at clock: Int64) {
        frame += 1
        ballots.removeAll {
            clock - $0.clock > Self.milliseconds || frame - $0.frame >= Self.frames
        }
        ballots += sightings.map { Ballot(frame: frame, clock: clock, sighting: $0) }
    }

    mutating func remove(_ key: ScanKey) {
        ballots.removeAll { $0.sighting.key == key }
    }

    mutating func removeAll() { ballots.removeAll() }

    /// The symbol to believe, once a sighting of the newest frame makes it certain.
    func confirmed(_ sighting: Sighting) -> Symbol? {
        let own = ballots.filter { $0.sighting.isSameCode(as: sighting) }
        let votes = own.reduce(0) { $0 + $1.sighting.reading.votes }
        if let symbol = sighting.symbol {
            // One frame is enough, unless the last second speaks of another right half.
            let against = against(sighting) { $0.sharesTail(with: sighting.reading) }
            return votes >= AcceptanceRules.clearMajority * against ? symbol : nil
        }
        guard let needed = sighting.votesNeeded, votes >= needed,
            Set(own.map(\.frame)).count >= Self.framesNeeded
        else { return nil }
        let against = against(sighting) {
            $0.sharesTail(with: sighting.reading) || $0.overlaps(sighting.reading)
        }
        guard votes >= AcceptanceRules.clearMajority * against else { return nil }
        return sighting.symbol(votes: votes, frames: Set(own.map(\.frame)).count)
    }

    /// Votes for other articles that cannot be true beside this one.
    private func against(_ sighting: Sighting, where excludes: (Reading) -> Bool) -> Int {
        ballots.reduce(0) { sum, ballot in
            let other = ballot.sighting
            guard other.isRival, other.key != sighting.key, excludes(other.reading) else {
                return sum
            }
            return sum + other.reading.votes
        }
    }
}

extension Sighting {
    /// The same bars, and counting: a reading that was contradicted has no vote of its own.
    fileprivate func isSameCode(as other: Sighting) -> Bool {
        votesNeeded != nil && reading.symbology == other.reading.symbology
            && reading.bytes == other.reading.bytes && aim == other.aim
    }

    /// A symbol that no single frame accepted.
    fileprivate func symbol(votes: Int, frames: Int) -> Symbol {
        Symbol(
            symbology: reading.symbology, aim: aim, bytes: reading.bytes, quad: reading.quad,
            quality: ReadQuality(votes: votes, step: "video", passes: frames, milliseconds: 0))
    }
}

extension Reading {
    /// Only what and where, for rules about places.
    init(place symbol: Symbol) {
        self.init(
            symbology: symbol.symbology, bytes: symbol.bytes, votes: max(0, symbol.quality.votes),
            quad: symbol.quad)
        part = symbol.part
    }
}
