extension GreyImage {
    /// The picture that a step on the whole frame hands to zbar; `nil` if the frame is too small.
    package func prepared(for step: LadderStep) -> GreyImage? {
        switch step {
        case .adaptive, .matrixAdaptive: thresholded(window: 31, offset: 5)
        case .half: halved()
        case .matrixInverted: inverted()
        default: self
        }
    }

    /// The cut of a region that a step hands to zbar.
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
    /// As many lines as a symbol of a hand's breadth has on a phone's picture.
    static let plain = Rectification(scale: 1, lines: 64, samples: 1)
    /// Grain averaged away.
    static let calm = Rectification(scale: 1, lines: 32, samples: 4)
}
