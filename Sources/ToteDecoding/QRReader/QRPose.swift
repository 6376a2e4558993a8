// Where a symbol may lie: its size and its plane. Several are proposed for three finder patterns,
// and scored by how many modules of the timing and alignment patterns have their shade; only the
// best are worth sampling whole.

struct QRPose: Sendable {
    let version: QRVersion
    let plane: QRPlane
    /// Modules of known shade that have it, of a thousand.
    let score: Int
}

struct QRPoses {
    /// Share of a count of modules by which it may be wrong, on top of half a version.
    private static let wrongCount = 0.08
    /// Timing modules that must have their shade, of a thousand; chance gives 500.
    static let leastTiming = 700

    /// Of the 12 sides of three finders, those that must be straight and lie along the symbol.
    /// Codes on cloth have 8 and more, three textures that look alike 4.
    private static let leastSides = 6

    let triple: QRTriple
    let walk: ShadeWalk
    let darkShade: UInt8
    private let frames: [QROutline]

    init?(_ triple: QRTriple, _ walk: ShadeWalk) {
        self.triple = triple
        self.walk = walk
        darkShade = triple.isInverted ? 0 : 1
        let (a, b, c) = (triple.a, triple.b, triple.c)
        guard let aRight = Self.step(a, to: b, walk), let aDown = Self.step(a, to: c, walk),
            let bRight = Self.step(b, to: a, walk), let cDown = Self.step(c, to: a, walk)
        else { return nil }
        // B is seen from A: its rows run on along the same line, its columns like those of A.
        let scaleB = Self.ratio(bRight, aRight)
        let scaleC = Self.ratio(cDown, aDown)
        let sides: [(QRFinder, Way, Way)] = [
            (a, aRight, aDown),
            (b, Way(x: -bRight.x, y: -bRight.y), Way(x: aDown.x * scaleB, y: aDown.y * scaleB)),
            (c, Way(x: aRight.x * scaleC, y: aRight.y * scaleC), Way(x: -cDown.x, y: -cDown.y)),
        ]
        var frames: [QROutline] = []
        for (finder, right, down) in sides {
            let outline = QROutline(finder, right: right, down: down, walk)
            guard outline.straightSides > 0 else { return nil }
            frames.append(outline)
        }
        guard frames.reduce(0, { $0 + $1.straightSides }) >= Self.leastSides else { return nil }
        self.frames = frames
    }

    /// A module of one finder towards another, px.
    private static func step(
        _ one: QRFinder, to other: QRFinder, _ walk: ShadeWalk
    ) -> Way? {
        let x = other.x - one.x
        let y = other.y - one.y
        let distance = (x * x + y * y).squareRoot()
        guard distance > 0, let module = walk.module(of: one, x / distance, y / distance) else {
            return nil
        }
        return Way(x: x / distance * module, y: y / distance * module)
    }

    private static func ratio(_ one: Way, _ other: Way) -> Double {
        ((one.x * one.x + one.y * one.y) / (other.x * other.x + other.y * other.y)).squareRoot()
    }

    /// Best first.
    func best(_ count: Int) -> [QRPose] {
        var poses: [QRPose] = []
        for version in versions {
            for plane in planes(version) {
                let timing = timing(version, plane)
                guard timing >= Self.leastTiming else { continue }
                poses.append(QRPose(version: version, plane: plane, score: timing))
                if let fixed = withAlignment(version, plane) { poses.append(fixed) }
            }
        }
        return Array(poses.sorted { $0.score > $1.score }.prefix(count))
    }

    /// Nearest to the measured size first.
    private var versions: [QRVersion] {
        let measured = triple.dimension
        let room = 2 + measured * Self.wrongCount
        return (1...40).compactMap(QRVersion.init(number:))
            .filter { abs(Double($0.dimension) - measured) <= room }
            .sorted { abs(Double($0.dimension) - measured) < abs(Double($1.dimension) - measured) }
    }

    private func planes(_ version: QRVersion) -> [QRPlane] {
        [outlined(version).plane(), slanted(version).plane()].compactMap(\.self)
    }

    func fit(_ version: QRVersion) -> QRPlaneFit {
        let (b, c) = (triple.b, triple.c)
        let x = (b.x - c.x) / 2
        let y = (b.y - c.y) / 2
        return QRPlaneFit(
            dimension: version.dimension, x: (b.x + c.x) / 2, y: (b.y + c.y) / 2,
            size: (x * x + y * y).squareRoot())
    }

    /// From the corners of the finders.
    private func outlined(_ version: QRVersion) -> QRPlaneFit {
        var fit = fit(version)
        let far = Double(version.dimension - 7)
        for (frame, (u, v)) in zip(frames, [(0.0, 0.0), (far, 0.0), (0.0, far)]) {
            for (corner, (right, down)) in zip(frame.corners, [(0.0, 0.0), (7, 0), (7, 7), (0, 7)])
            {
                fit.add(u + right, v + down, at: corner.x, corner.y)
            }
        }
        return centred(fit, version)
    }

    func centred(_ fit: QRPlaneFit, _ version: QRVersion) -> QRPlaneFit {
        var fit = fit
        let far = Double(version.dimension) - 3.5
        fit.add(3.5, 3.5, at: triple.a.x, triple.a.y)
        fit.add(far, 3.5, at: triple.b.x, triple.b.y)
        fit.add(3.5, far, at: triple.c.x, triple.c.y)
        return fit
    }

    /// From the centres alone, as if the symbol were seen from far away.
    private func slanted(_ version: QRVersion) -> QRPlaneFit {
        var fit = centred(fit(version), version)
        let far = Double(version.dimension) - 3.5
        fit.add(
            far, far, at: triple.b.x + triple.c.x - triple.a.x,
            triple.b.y + triple.c.y - triple.a.y)
        return fit
    }

    func has(_ isDark: Bool, _ plane: QRPlane, _ u: Double, _ v: Double) -> Bool {
        guard let place = plane(u, v) else { return false }
        let shade = walk.at(place.x, place.y)
        return shade < 2 && (shade == darkShade) == isDark
    }

    /// Of a thousand.
    func timing(_ version: QRVersion, _ plane: QRPlane) -> Int {
        let last = version.dimension - 9
        var right = 0
        for index in 8...last {
            let isDark = index % 2 == 0
            let middle = Double(index) + 0.5
            if has(isDark, plane, middle, 6.5) { right += 1 }
            if has(isDark, plane, 6.5, middle) { right += 1 }
        }
        return 500 * right / (last - 7)
    }
}
