import ToteValues

// A grey picture that frames without a code are drawn on, and what happens to it on its way through
// a camera.

struct Drawing {
    var pixels: [UInt8]
    let width: Int
    let height: Int

    init(_ width: Int, _ height: Int, grey: UInt8 = 255) {
        self.width = width
        self.height = height
        pixels = [UInt8](repeating: grey, count: width * height)
    }

    /// A size that cameras and crops have: mostly small, so that many fit into a minute.
    init(_ chance: inout SeededChance) {
        switch chance.number(0...19) {
        case 0: self.init(640, 480)
        case 1: self.init(480, 640)
        default: self.init(chance.number(40...320), chance.number(24...240))
        }
    }

    subscript(x: Int, y: Int) -> UInt8 {
        get { pixels[y * width + x] }
        set { pixels[y * width + x] = newValue }
    }

    mutating func fill(_ grey: (_ x: Int, _ y: Int) -> UInt8) {
        for y in 0..<height {
            for x in 0..<width { self[x, y] = grey(x, y) }
        }
    }

    mutating func rectangle(x: Int, y: Int, width: Int, height: Int, grey: UInt8) {
        for row in max(y, 0)..<max(min(y + height, self.height), max(y, 0)) {
            for column in max(x, 0)..<max(min(x + width, self.width), max(x, 0)) {
                self[column, row] = grey
            }
        }
    }

    /// Less contrast, blur and noise, each in some of the frames.
    mutating func weather(_ chance: inout SeededChance) {
        if chance.isOne(in: 3) {
            let low = chance.number(0...120)
            let range = chance.number(20...(255 - low))
            for index in pixels.indices {
                pixels[index] = UInt8(low + Int(pixels[index]) * range / 255)
            }
        }
        if chance.isOne(in: 3) {
            for _ in 0..<chance.number(1...4) { blur() }
        }
        if chance.isOne(in: 3) {
            let reach = chance.number(2...40)
            for index in pixels.indices {
                let grey = Int(pixels[index]) + chance.number(-reach...reach)
                pixels[index] = UInt8(min(max(grey, 0), 255))
            }
        }
    }

    /// Mean of 3 × 3 inside the rim.
    mutating func blur() {
        guard width > 2, height > 2 else { return }
        let old = pixels
        for y in 1..<height - 1 {
            for x in 1..<width - 1 {
                let above = (y - 1) * width + x
                let here = above + width
                let below = here + width
                var sum = 4
                for middle in [above, here, below] {
                    sum += Int(old[middle - 1]) + Int(old[middle]) + Int(old[middle + 1])
                }
                pixels[here] = UInt8(sum / 9)
            }
        }
    }
}
