// Modules that are the same in every symbol of a version: finder, timing and alignment patterns
// (ISO/IEC 18004 clause 6.3).

/// Where the patterns stand that are the same in every symbol of a version.
struct QRPatterns: Sendable {
    enum Module: UInt8 {
        case data, light, dark
        /// Format and version information.
        case information
    }

    let version: QRVersion
    private var modules: [Module]

    init(_ version: QRVersion) {
        self.version = version
        let side = version.dimension
        modules = [Module](repeating: .data, count: side * side)
        for index in 8..<side - 8 {
            set(index, 6, index % 2 == 0)
            set(6, index, index % 2 == 0)
        }
        setFinder(3, 3)
        setFinder(side - 4, 3)
        setFinder(3, side - 4)
        setAlignmentPatterns()
        setInformation()
    }

    /// Modules of known shade that have it, of a thousand.
    func likeness(of matrix: QRMatrix) -> Int {
        var known = 0
        var right = 0
        for (index, module) in modules.enumerated() where module == .dark || module == .light {
            known += 1
            if (matrix.darkness[index] > 0) == (module == .dark) { right += 1 }
        }
        return 1000 * right / known
    }

    subscript(x: Int, y: Int) -> Module { modules[y * version.dimension + x] }

    private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
        modules[y * version.dimension + x] = isDark ? .dark : .light
    }

    /// With the light separator around it.
    private mutating func setFinder(_ centreX: Int, _ centreY: Int) {
        let range = 0..<version.dimension
        for y in centreY - 4...centreY + 4 where range.contains(y) {
            for x in centreX - 4...centreX + 4 where range.contains(x) {
                let ring = max(abs(x - centreX), abs(y - centreY))
                set(x, y, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func setAlignmentPatterns() {
        let centres = version.alignmentCentres
        guard let last = centres.last else { return }
        for centreY in centres {
            for centreX in centres where max(centreX, centreY) > 6 {
                if min(centreX, centreY) == 6 && max(centreX, centreY) == last { continue }
                for y in centreY - 2...centreY + 2 {
                    for x in centreX - 2...centreX + 2 {
                        set(x, y, max(abs(x - centreX), abs(y - centreY)) != 1)
                    }
                }
            }
        }
    }

    private mutating func setInformation() {
        let side = version.dimension
        for index in 0..<9 {
            if index != 6 {
                modules[8 * side + index] = .information
                modules[index * side + 8] = .information
            }
        }
        for index in side - 8..<side {
            modules[8 * side + index] = .information
            modules[index * side + 8] = .information
        }
        set(8, side - 8, true)
        guard version.hasVersionInformation else { return }
        for index in 0..<18 {
            modules[(index / 3) * side + side - 11 + index % 3] = .information
            modules[(side - 11 + index % 3) * side + index / 3] = .information
        }
    }
}
