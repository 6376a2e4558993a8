import ToteDecoding
import ToteValues

/// Bars as a camera sees them: out of focus, leaning, grainy, with the square root of the light.
struct BlurredBars {
    var modules: [Bool]
    /// Radius of the spot, modules.
    var blur = 0.3
    var pixelsPerModule = 2.0
    /// Columns to the right for each row down.
    var lean = 0.0
    /// Modules that the middle stands off.
    var bend = 0.0
    var grain = 0
    var black = 40.0
    var white = 210.0
    var height = 56
    var quiet = 10

    func image(seed: UInt64 = 1) -> GreyImage {
        let width = Int(Double(modules.count + 2 * quiet) * pixelsPerModule)
        let levels = profile()
        var chance = SeededChance(seed: seed)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            let shift = lean * (Double(y) - Double(height) / 2)
            for x in 0..<width {
                let place = (Double(x) + 0.5 - shift) / pixelsPerModule
                let t = (place - Double(quiet)) / Double(modules.count) * 2 - 1
                let at = (place + bend * (1 - t * t)) * Double(Self.steps)
                let dark = levels[min(max(Int(at), 0), levels.count - 1)]
                let light = white * white + dark * (black * black - white * white)
                let noise = grain > 0 ? Int(chance.next() % UInt64(2 * grain + 1)) - grain : 0
                pixels.append(UInt8(min(max(Int(light.squareRoot()) + noise, 0), 255)))
            }
        }
        return GreyImage(pixels: pixels, width: width, height: height)
    }

    private static let steps = 16

    /// Darkness at sixteenths of a module, spread by the spot and by a pixel.
    private func profile() -> [Double] {
        let sharp = (0..<(modules.count + 2 * quiet) * Self.steps).map { step -> Double in
            let module = step / Self.steps - quiet
            return modules.indices.contains(module) && modules[module] ? 1 : 0
        }
        let radius = blur * Double(Self.steps)
        let spot = (-Int(radius) - 1...Int(radius) + 1).map { x in
            max(0, radius * radius - Double(x * x)).squareRoot()
        }
        let pixel = [Double](repeating: 1, count: max(1, Int(Double(Self.steps) / pixelsPerModule)))
        return Self.spread(Self.spread(sharp, spot), pixel)
    }

    private static func spread(_ levels: [Double], _ spot: [Double]) -> [Double] {
        let sum = spot.reduce(0, +)
        guard sum > 0 else { return levels }
        return levels.indices.map { index in
            var level = 0.0
            for (offset, weight) in spot.enumerated() {
                let at = min(max(index + offset - spot.count / 2, 0), levels.count - 1)
                level += weight * levels[at]
            }
            return level / sum
        }
    }
}

extension BlurredBars {
    init(_ text: String, blur: Double = 0.3) {
        self.init(modules: TestPicture.ean13(text), blur: blur)
    }

    /// Bars and spaces of one to four modules in no order.
    static func random(_ count: Int, seed: UInt64) -> [Bool] {
        var chance = SeededChance(seed: seed)
        var modules: [Bool] = []
        while modules.count < count {
            let isBar = !(modules.last ?? false)
            modules += Array(repeating: isBar, count: Int(chance.next() % 4) + 1)
        }
        return modules.last == true ? modules : modules.dropLast() + [true]
    }
}
