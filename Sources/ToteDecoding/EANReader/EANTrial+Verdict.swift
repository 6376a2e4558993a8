// Whether the rows of a track give one code and no other.

import ToteValues

extension EANTrial {
    func verdict(_ rows: [Row]) -> Find? {
        guard rows.count >= rule.votes else { return nil }
        var costs = EANCosts(track.layout)
        for row in rows {
            row.fit.prepare(row.profile, work)
            costs.add(row.fit, work)
        }
        let paths = costs.best()
        guard paths.count == 2, let text = EANText.text(paths[0].digits, track.layout)
        else { return nil }
        let agreeing = rows.compactMap { agreed($0, paths[0].digits) }
        guard agreeing.count >= rule.votes else { return nil }
        let (good, bad) = errors(agreeing, rival: paths[1].digits)
        guard good > 0,
            rule.allows(
                votes: agreeing.count, error: good,
                ratio: 1 + (paths[1].cost - paths[0].cost) / costs.samples, refitRatio: bad / good)
        else { return nil }
        return Find(
            symbology: track.layout.symbology, bytes: text, votes: agreeing.count,
            points: agreeing.flatMap { ends(of: $0) },
            orientation: agreeing[0].fit.b < 0 ? 180 : 0)
    }

    /// Most rows come to the same digits, none of them to a code; those digits explain the rows
    /// well, and the claimed ones so much worse as a rival of a code must.
    func deny(_ claim: [Int], _ rows: [Row]) -> Bool {
        guard !rows.contains(where: \.fit.isValid) else { return false }
        let alike = Dictionary(grouping: rows, by: \.fit.digits).values
        guard let most = alike.max(by: { $0.count < $1.count }), most.count >= rule.votes,
            2 * most.count > rows.count
        else { return false }
        let (own, claimed) = errors(most, rival: claim)
        return own > 0 && rule.denies(error: own, ratio: claimed / own)
    }

    /// The row at its best place for these digits, if it gives them freely there.
    private func agreed(_ row: Row, _ digits: [Int]) -> Row? {
        if row.fit.digits == digits { return row }
        var row = row
        guard row.fit.settle(row.profile, work, digits: digits, rounds: 3),
            row.fit.decode(work) == digits
        else { return nil }
        return row
    }

    /// Mean errors of some rows, and of the same with the rival's digits.
    private func errors(_ rows: [Row], rival: [Int]) -> (good: Float, bad: Float) {
        var good: Float = 0
        var bad: Float = 0
        var count: Float = 0
        for row in rows.prefix(Self.enough) {
            var other = row.fit
            guard other.settle(row.profile, work, digits: rival, rounds: 3) else { continue }
            good += row.fit.error
            bad += other.error
            count += 1
        }
        return count > 0 ? (good / count, bad / count) : (0, 0)
    }

    private func ends(of row: Row) -> [PicturePoint] {
        let y = Double(row.profile.row)
        let share = Float(track.layout.modules) / Float(track.layout.modules + 2 * EANLayout.quiet)
        let half = abs(row.fit.b) * share
        return [row.fit.a - half, row.fit.a + half].map { PicturePoint(x: Double($0), y: y) }
    }
}
