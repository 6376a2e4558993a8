// One track of bars put to the test.

import ToteValues

struct EANTrial {
    let image: GreyImage
    let track: EANTrack
    let work: EANWorkspace

    /// Worse than this, after a few rounds, is no symbol.
    private static let hopeless: Float = 0.3
    private static let worst: Float = 0.2
    private static let mostBundles = 12

    init(image: GreyImage, track: EANTrack, work: EANWorkspace) {
        self.image = image
        self.track = track
        self.work = work
    }

    var stats: [(String, EANLayout.Kind, Int, Int, Float, Float, Float)] = []

    struct Row {
        var bundle: Int
        var profile: BarProfile
        var fit: EANFit
    }

    mutating func run(log: inout [String]?) -> Find? {
        let count = track.steps.count
        var rows: [Row] = []
        for start in [count / 2, count / 4, count * 3 / 4] {
            if let row = search(start, log: &log), row.fit.error < Self.hopeless {
                rows = follow(from: row, at: start)
                break
            }
        }
        guard rows.count >= 3 else { return nil }
        var costs = EANCosts(track.layout)
        for row in rows {
            row.fit.sample(row.profile, work)
            work.fillEdges(track.layout, row.fit.digits)
            _ = work.solve(track.layout, EANTemplates.all[row.fit.blur].kernel)
            costs.add(row.fit, work)
            if log != nil {
                log?.append(
                    "  row \(row.profile.row) err \(row.fit.error) blur \(row.fit.blur) ink \(row.fit.ink) dark \(row.fit.levels[2]) c \(row.fit.c/row.fit.module) rev \(row.fit.b < 0) \(row.fit.digits.map { "\($0 % 10)" }.joined()) \(EANText.text(row.fit.digits, track.layout).map { String(decoding: $0, as: UTF8.self) } ?? "-")"
                )
            }
        }
        let paths = costs.best()
        guard paths.count == 2 else { return nil }
        let winner = paths[0]
        let rival = paths[1]
        var good: Float = 0
        var bad: Float = 0
        var votes = 0
        var settled: [Row] = []
        for row in rows {
            var one = row.fit
            var two = row.fit
            guard one.settle(row.profile, work, digits: winner.digits, rounds: 3) else { continue }
            guard one.decode(work) == winner.digits else { continue }
            good += one.error
            votes += 1
            settled.append(Row(bundle: row.bundle, profile: row.profile, fit: one))
            _ = two.settle(row.profile, work, digits: rival.digits, rounds: 3)
            bad += two.error
        }
        guard let text = EANText.text(winner.digits, track.layout), good > 0 else { return nil }
        log?.append(
            "  votes \(votes) of \(rows.count) for \(String(decoding: text, as: UTF8.self)) err \(good / Float(max(1, votes))) ratio \(1 + (rival.cost - winner.cost) / costs.samples) refit \(bad / good) rival \(rival.digits.map { "\($0 % 10)" }.joined())"
        )
        stats.append(
            (
                String(decoding: text, as: UTF8.self), track.layout.kind, votes, rows.count,
                good / Float(max(1, votes)), 1 + (rival.cost - winner.cost) / costs.samples,
                bad / good
            ))
        let isEAN13 = track.layout.kind == .ean13
        guard votes >= (isEAN13 ? 3 : 5), bad >= (isEAN13 ? 1.2 : 1.5) * good,
            rival.cost - winner.cost >= (isEAN13 ? 0.3 : 0.6) * costs.samples,
            good <= (isEAN13 ? 0.15 : 0.05) * Float(votes)
        else { return nil }
        let points = settled.flatMap { row -> [PicturePoint] in
            let half =
                abs(row.fit.b) * Float(track.layout.modules)
                / Float(track.layout.modules + 2 * EANLayout.quiet)
            let y = Double(row.profile.row)
            return [
                PicturePoint(x: Double(row.fit.a - half), y: y),
                PicturePoint(x: Double(row.fit.a + half), y: y),
            ]
        }
        return Find(symbology: track.layout.symbology, bytes: text, votes: votes, points: points)
    }

    private func profile(_ step: Int) -> BarProfile? {
        let span = track.steps[step].span
        let margin = (span.right - span.left) / 6
        let left = max(0, Int(span.leftFoot - margin / 2))
        let right = min(image.width, Int(span.rightFoot + margin / 2) + 1)
        guard right - left > 40 else { return nil }
        let top = track.steps[step].bundle * EANReader.bundleRows
        return BarProfile(
            image, rows: top..<top + EANReader.bundleRows, columns: left..<right)
    }

    private func search(_ step: Int, log: inout [String]?) -> Row? {
        guard let profile = profile(step) else { return nil }
        let span = track.steps[step].span
        let module = (span.right - span.left) / Float(track.layout.modules)
        var starts: [(Float, Float)] = [(span.left, span.right)]
        let left = span.leftFoot + 1.5 * module
        let right = span.rightFoot - 1.5 * module
        if abs(left - span.left) > module { starts.append((left, span.right)) }
        if abs(right - span.right) > module { starts.append((span.left, right)) }
        if starts.count == 3 { starts.append((left, right)) }
        starts.append((span.left - 0.6 * module, span.right + 0.6 * module))
        var best: EANFit?
        for bend in [0, 1.5, -1.5, 3, -3] as [Float] {
            for isReversed in [false, true] {
                for blur in [12, 16] {
                    for (left, right) in starts {
                        var fit = EANFit(
                            track.layout, left: left, right: right, isReversed: isReversed,
                            blur: blur, bend: bend)
                        guard fit.run(profile, work, rounds: 4) else { continue }
                        if fit.error < best?.error ?? 2 { best = fit }
                    }
                }
            }
            if let best, best.error < 0.03 { break }
        }
        guard var fit = best else { return nil }
        log?.append(
            "  search row \(profile.row) err \(fit.error) lean \(profile.lean) starts \(starts.count)"
        )
        guard fit.error < Self.hopeless, fit.again(profile, work, rounds: 6) else { return nil }
        return Row(bundle: track.steps[step].bundle, profile: profile, fit: fit)
    }

    private func follow(from row: Row, at step: Int) -> [Row] {
        var rows: [Row] = [row]
        let stride = max(1, track.steps.count / Self.mostBundles)
        for way in [1, -1] {
            var last = row
            var lastStep = step
            var next = step + way * stride
            while track.steps.indices.contains(next) {
                if let profile = profile(next) {
                    var fit = last.fit
                    let down = profile.row - last.profile.row
                    fit.a +=
                        down
                        * (last.profile.lean + last.profile.twist * (fit.a - last.profile.middle))
                    fit.b += down * last.profile.twist * fit.b
                    if fit.again(profile, work, rounds: 6), fit.error < Self.worst {
                        let found = Row(
                            bundle: track.steps[next].bundle, profile: profile, fit: fit)
                        rows.append(found)
                        last = found
                        lastStep = next
                    }
                }
                next += way * stride
            }
            _ = lastStep
        }
        return rows
    }
}
