extension GreyImage {
    /// The picture that a ladder step hands to zbar; `nil` if the frame is too small for it.
    package func prepared(for step: LadderStep) -> GreyImage? {
        switch step {
        case .sparse, .full: self
        case .adaptive: thresholded(window: 31, offset: 5)
        case .half: halved()
        case .inverted: inverted()
        case .turned45: turned45()
        case .doubleAdaptive: doubled().thresholded(window: 51, offset: 5)
        case .doubleEqualised: doubled().equalised(tiles: 8, clip: 3)
        }
    }

    /// Pixels that the step will hand to zbar; known before it is prepared.
    package func workPixels(for step: LadderStep) -> Int {
        switch step {
        case .sparse, .full, .adaptive, .inverted: count
        case .half: count / 4
        case .turned45: (width + height) * (width + height) / 2
        case .doubleAdaptive, .doubleEqualised: 4 * count
        }
    }
}
