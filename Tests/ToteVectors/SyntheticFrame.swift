// Frames that hold no barcode, drawn from a seed (DEC-18): what a camera sees between codes, and
// what looks like a code without being one. Integer arithmetic only, so that a seed names the same
// frame on every machine. The kinds take turns; a drawing is then faded, blurred and roughened as
// the seed says.

package import ToteValues

package struct SyntheticFrame {
    package enum Kind: String, CaseIterable, Sendable {
        case plain, noise, grain, bars, turnedBars, text, gradient, checkerboard, strip, blocks
        case fragments, wrongDigits

        /// Plain frames and strips are extremes of their own. A blurred code whose check digit is
        /// wrong is a damaged code, not none: nobody can know which of its digits is the wrong one.
        var isLeftAsDrawn: Bool { self == .plain || self == .strip || self == .wrongDigits }
    }

    package let seed: UInt64
    package let kind: Kind
    package let frame: Frame

    /// `nil` never happens: every drawing keeps to the sides of a frame.
    package init?(seed: UInt64) {
        self.seed = seed
        kind = Kind.allCases[Int(seed % UInt64(Kind.allCases.count))]
        var drawing = Self.drawing(kind, seed: seed)
        if !kind.isLeftAsDrawn {
            var chance = SeededChance(seed: seed ^ 0x5EED)
            drawing.weather(&chance)
        }
        guard
            let frame = Frame(
                pixels: drawing.pixels, width: drawing.width, height: drawing.height,
                stride: drawing.width, origin: FrameOrigin(source: .memory))
        else { return nil }
        self.frame = frame
    }

    private static func drawing(_ kind: Kind, seed: UInt64) -> Drawing {
        var chance = SeededChance(seed: seed)
        switch kind {
        case .plain: return .plain(&chance)
        case .noise: return .noise(&chance)
        case .grain: return .grain(&chance)
        case .bars: return .bars(&chance, isTurned: false)
        case .turnedBars: return .bars(&chance, isTurned: true)
        case .text: return .text(&chance)
        case .gradient: return .gradient(&chance)
        case .checkerboard: return .checkerboard(&chance)
        case .strip: return .strip(&chance)
        case .blocks: return .blocks(&chance)
        case .fragments: return .retailBars(&chance, isWhole: false)
        case .wrongDigits: return .retailBars(&chance, isWhole: true)
        }
    }
}
