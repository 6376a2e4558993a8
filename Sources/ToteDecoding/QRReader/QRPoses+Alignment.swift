// The bottom right alignment pattern (ISO/IEC 18004 clause 6.3.6), far from the three finder
// patterns: with it the tilt of the symbol is known best.

extension QRPoses {
    /// The same with the bottom right alignment pattern where it is seen.
    func withAlignment(_ version: QRVersion, _ plane: QRPlane) -> QRPose? {
        guard version.number > 1 else { return nil }
        let far = Double(version.dimension) - 6.5
        guard let place = alignment(plane, far, far, reach: 3 + version.dimension / 16) else {
            return nil
        }
        var fit = centred(fit(version), version)
        guard let seen = plane(place.u, place.v) else { return nil }
        fit.add(far, far, at: seen.x, seen.y)
        guard let fixed = fit.plane() else { return nil }
        let timing = timing(version, fixed)
        guard timing >= Self.leastTiming else { return nil }
        // Seeing it counts as much as a perfect timing pattern.
        return QRPose(version: version, plane: fixed, score: timing + 1000 * place.right / 25)
    }

    /// The place within `reach` modules that looks most like an alignment pattern.
    private func alignment(
        _ plane: QRPlane, _ u: Double, _ v: Double, reach: Int
    ) -> (u: Double, v: Double, right: Int)? {
        var best = 21
        var sum = (u: 0.0, v: 0.0, count: 0.0)
        for down in -2 * reach...2 * reach {
            for across in -2 * reach...2 * reach {
                let (x, y) = (u + Double(across) / 2, v + Double(down) / 2)
                let right = likeness(plane, x, y, least: best)
                if right > best {
                    best = right
                    sum = (0, 0, 0)
                }
                if right == best, best > 21 {
                    sum.u += x
                    sum.v += y
                    sum.count += 1
                }
            }
        }
        guard sum.count > 0 else { return nil }
        return (sum.u / sum.count, sum.v / sum.count, best)
    }

    /// Modules of an alignment pattern that have their shade; stops below `least`.
    private func likeness(_ plane: QRPlane, _ u: Double, _ v: Double, least: Int) -> Int {
        guard has(true, plane, u, v) else { return 0 }
        var right = 1
        var seen = 1
        for y in -2...2 {
            for x in -2...2 where x != 0 || y != 0 {
                seen += 1
                if has(max(abs(x), abs(y)) == 2, plane, u + Double(x), v + Double(y)) { right += 1 }
                if right + 25 - seen < least { return right }
            }
        }
        return right
    }
}
