// When a reading is believed (1.4). A pure function of all readings so far:
//   1. each reading must pass the check and length rule of its symbology,
//   2. short codes inside a longer one are parts of it,
//   3. bars are one code: of two readings on one place the symbology that checks itself better
//      stands, of two alike the one with three times the votes or neither (DEC-13),
//   4. what is left needs votes enough.
// Cost: quadratic in the readings of a frame, of which there are at most a few dozen.

import ToteValues

package struct AcceptanceRules: Sendable {
    /// What became of the readings of a frame.
    package struct Verdict: Sendable {
        package var accepted: [Accepted] = []
        package var rejected: [Candidate] = []
        /// Fails nothing but the count of votes: one more look may settle it.
        package var isCloseToMore: Bool { rejected.contains { $0.reason == .votes } }
    }

    package struct Accepted: Hashable, Sendable {
        package var reading: Reading
        package var rejectedRivals: Int
    }

    package static let largestSymbolCount = 64
    /// So many times the votes of what contradicts it.
    static let clearMajority = 3

    private let profile: DecodingProfile

    package init(profile: DecodingProfile) {
        self.profile = profile
    }

    package func judge(_ readings: [Reading]) -> Verdict {
        var verdict = Verdict()
        var valid: [Reading] = []
        for reading in readings {
            if let reason = formFault(reading) ?? reading.denial
                ?? partFault(reading, among: readings)
            {
                verdict.rejected.append(candidate(reading, reason))
            } else {
                valid.append(reading)
            }
        }
        for reading in valid {
            settle(reading, among: valid, into: &verdict)
        }
        verdict.accepted.sort { Self.stands($0.reading, before: $1.reading) }
        return verdict
    }

    private func settle(_ reading: Reading, among valid: [Reading], into verdict: inout Verdict) {
        let rivals = valid.filter { areRivals(reading, $0) }
        if isOutweighed(reading, by: rivals) {
            verdict.rejected.append(candidate(reading, .contradiction))
        } else if !hasVotes(reading) {
            verdict.rejected.append(candidate(reading, .votes))
        } else {
            let meant = meant(by: reading)
            verdict.accepted.append(Accepted(reading: meant, rejectedRivals: rivals.count))
        }
    }

    private func isOutweighed(_ reading: Reading, by rivals: [Reading]) -> Bool {
        rivals.contains { rival in
            switch (reading.isWitness, rival.isWitness) {
            case (true, false): false
            case (false, true): true
            default: reading.votes < Self.clearMajority * rival.votes
            }
        }
    }

    private func meant(by reading: Reading) -> Reading {
        guard profile.translatesCode39, reading.symbology == .code39,
            let bytes = FullASCII.translated(reading.bytes), bytes != reading.bytes
        else { return reading }
        var meant = reading
        meant.bytes = bytes
        meant.isTranslated = true
        return meant
    }

    private func candidate(_ reading: Reading, _ reason: Candidate.Reason) -> Candidate {
        Candidate(
            symbology: reading.symbology, aim: .of(reading), bytes: reading.bytes,
            quad: reading.quad, votes: reading.votes,
            votesNeeded: isOneSided(reading) ? nil : votesNeeded(reading), reason: reason)
    }

    /// Most votes first; equal votes by name and bytes, so that a result is always the same.
    private static func stands(_ one: Reading, before other: Reading) -> Bool {
        if one.votes != other.votes { return one.votes > other.votes }
        if one.symbology != other.symbology { return one.symbology.name < other.symbology.name }
        if one.bytes != other.bytes { return one.bytes.lexicographicallyPrecedes(other.bytes) }
        return (one.box.top, one.box.left) < (other.box.top, other.box.left)
    }
}

extension AcceptanceRules {
    private func hasVotes(_ reading: Reading) -> Bool {
        reading.votes >= votesNeeded(reading) && !isOneSided(reading) && !isThin(reading)
    }

    /// Scan lines that must agree.
    private func votesNeeded(_ reading: Reading) -> Int {
        switch reading.symbology {
        case .ean13, .code39, .codabar: 3
        case .ean8: 4
        case .upcE: 5
        case .dataBar: 2
        case .itf: reading.bytes.count == 14 ? 4 : 6
        case .code128:
            reading.isGS1 && profile.contentCheck(.code128, reading.bytes) ? 1 : 2
        default: 1
        }
    }

    /// The guard patterns of a UPC-E are weak: bars inside a UPC-A look like one, but only to lines
    /// of one direction, which end on one side. A UPC-E is at least 51 px wide.
    private func isOneSided(_ reading: Reading) -> Bool {
        reading.symbology == .upcE && reading.box.longerSide < 24
    }

    /// An ITF without a check digit has nothing to tell a right line from a wrong one, so lines
    /// that read nothing count against it: of bars that can be read at all most lines agree.
    private func isThin(_ reading: Reading) -> Bool {
        reading.symbology == .itf && reading.bytes.count != 14
            && 3 * reading.votes < reading.lines
    }

    /// The check and length rule of the symbology.
    private func formFault(_ reading: Reading) -> Candidate.Reason? {
        let bytes = reading.bytes
        switch reading.symbology {
        case .ean13: return digits(bytes, count: 13)
        case .ean8: return digits(bytes, count: 8)
        case .upcE:
            guard bytes.count == 8 else { return .length }
            let isRight = CheckDigit.expandedUPCE(bytes).map { CheckDigit.holds($0) } ?? false
            return isRight ? nil : .checkDigit
        case .dataBar:
            guard bytes.count == 16, bytes.starts(with: "01".utf8) else { return .length }
            return CheckDigit.holds(bytes[2...]) ? nil : .checkDigit
        case .dataBarExpanded: return hasRightContent(reading) ? nil : .content
        case .code39: return bytes.count >= 3 ? nil : .length
        case .itf:
            guard profile.itfLengths.contains(bytes.count) else { return .length }
            return bytes.count == 14 ? digits(bytes, count: 14) : nil
        case .codabar: return bytes.count >= 5 ? nil : .length
        default: return bytes.isEmpty ? .length : nil
        }
    }

    /// zbar turns some contents of DataBar Expanded into others (DEC-15), and so may we: one reader
    /// is believed if what it says is an element string, two that agree are believed anyway.
    private func hasRightContent(_ reading: Reading) -> Bool {
        reading.readers == .both || profile.contentCheck(reading.symbology, reading.bytes)
    }

    private func digits(_ bytes: [UInt8], count: Int) -> Candidate.Reason? {
        guard bytes.count == count else { return .length }
        return CheckDigit.holds(bytes) ? nil : .checkDigit
    }

    /// EAN-8 and UPC-E are easily seen inside an EAN-13, a short ITF inside a long one.
    private func partFault(_ reading: Reading, among readings: [Reading]) -> Candidate.Reason? {
        let isPart = readings.contains { whole in
            switch (reading.symbology, whole.symbology) {
            case (.ean8, .ean13), (.upcE, .ean13): reading.touches(whole)
            case (.itf, .itf):
                whole.bytes.count > reading.bytes.count && whole.bytes.holds(reading.bytes)
            case (let part, let better):
                part.selfCheck < better.selfCheck && reading.sharesBars(with: whole)
                    && formFault(whole) == nil && hasVotes(whole)
            }
        }
        return isPart ? .contradiction : nil
    }

    private func areRivals(_ one: Reading, _ other: Reading) -> Bool {
        guard one.symbology == other.symbology else {
            return one.symbology.selfCheck == other.symbology.selfCheck
                && one.sharesBars(with: other)
        }
        return one.bytes != other.bytes && (one.overlaps(other) || one.sharesTail(with: other))
    }
}

extension Reading {
    /// What zbar's lines say, denied by who saw the whole.
    var denial: Candidate.Reason? { isDenied && !readers.contains(.own) ? .contradiction : nil }

    /// zbar's word alone.
    var wantsWitness: Bool {
        symbology == .ean13 && bytes.count == 13 && !readers.contains(.own)
    }

    /// Our reader of EAN gives a code only if no other valid code explains the picture nearly as
    /// well: where it contradicts zbar's lines, it has weighed their code and found it worse.
    var isWitness: Bool { symbology == .ean13 && readers.contains(.own) }

    /// DEC-14: the right half was read as it is, the left half was not; wherever the points lie,
    /// six equal last digits are taken for one symbol.
    func sharesTail(with other: Reading) -> Bool {
        symbology == .ean13 && other.symbology == .ean13 && bytes.count == 13
            && other.bytes.count == 13 && bytes.suffix(6) == other.bytes.suffix(6)
    }
}

extension [UInt8] {
    /// Whether the other stands somewhere in this, in one piece.
    fileprivate func holds(_ part: [UInt8]) -> Bool {
        guard !part.isEmpty, part.count <= count else { return part.isEmpty }
        return (0...count - part.count).contains { self[$0..<$0 + part.count].elementsEqual(part) }
    }
}
