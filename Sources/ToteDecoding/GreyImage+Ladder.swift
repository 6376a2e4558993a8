extension GreyImage {
    /// The cut of a region that a step looks at.
    package func cut(_ region: BarRegion, for step: LadderStep) -> GreyImage {
        switch step {
        case .cropAdaptive: rectified(region, .plain).widened().thresholded(window: 51, offset: 5)
        case .cropEqualised: rectified(region, .calm).doubled().equalised(tiles: 8, clip: 3)
        case .cropInverted: rectified(region, .plain).inverted()
        default: rectified(region, .plain)
        }
    }
}

extension Rectification {
    /// More lines of bars tell nothing new.
    static let plain = Rectification(scale: 1, lines: 64, samples: 1)
    /// Grain averaged away.
    static let calm = Rectification(scale: 1, lines: 32, samples: 4)
}
