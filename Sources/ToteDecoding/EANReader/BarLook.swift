/// How bars look from end to end, at thirty-two places: mean 0, length 1.
struct BarLook {
    private var samples = SIMD32<Float>()
    private static let count = 32

    init(_ profile: BarProfile, _ span: BarSpan) {
        let step = (span.right - span.left) / Float(Self.count)
        var before = profile.sum(upTo: span.left)
        let mean = (profile.sum(upTo: span.right) - before) / Float(Self.count)
        for index in 0..<Self.count {
            let next = profile.sum(upTo: span.left + Float(index + 1) * step)
            samples[index] = next - before - mean
            before = next
        }
        let squares = (samples * samples).sum()
        if squares > 0 { samples *= 1 / squares.squareRoot() }
    }

    /// 1 for the same bars, about 0 for others.
    func likeness(to other: BarLook) -> Float { (samples * other.samples).sum() }
}
