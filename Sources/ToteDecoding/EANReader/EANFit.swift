// Fitting a blurred symbol to a profile by turns: the best digits for the present place and blur,
// then place, levels and blur for the present digits, until nothing changes. It is the deformable
// template of Gallo and Manduchi (2011) with neighbours blurred into one another.
// Cost: about 10 µs a round.

struct EANFit {
    let layout: EANLayout
    /// `x(t) = a + b·t + c·t²` px, t = −1 … 1 over the sampled modules; b < 0 reads right to left.
    var a: Float
    var b: Float
    var c: Float = 0
    /// Index into `EANTemplates.all`.
    var blur: Int
    var digits: [Int] = []
    /// White, its tilt, contrast (below 0), its tilt: `white + tilt·t + (contrast + …·t)·darkness`.
    var levels = SIMD4<Float>()
    /// Bars are wider than their modules by this much on either side, modules.
    var ink: Float = 0
    /// Squared error as a share of the variance: 1 − R².
    var error: Float = 1
    /// Mean squared error against the squared contrast.
    var noise: Float = 1

    private static let longestStep: Float = 0.7
    private static let leastContrast: Float = -1
    private static let stillStep: Float = 0.02

    init(
        _ layout: EANLayout, left: Float, right: Float, isReversed: Bool, blur: Int, bend: Float = 0
    ) {
        self.layout = layout
        self.blur = blur
        a = (left + right) / 2
        let half =
            (right - left) / 2 * Float(layout.modules + 2 * EANLayout.quiet)
            / Float(layout.modules)
        b = isReversed ? -half : half
        // A bend leaves the ends where they are.
        c = bend * module
        let end = (right - left) / 2 / half
        a -= c * end * end
    }

    /// To another row, along the bars.
    mutating func go(down: Float, along profile: BarProfile) {
        a += down * (profile.lean + profile.twist * (a - profile.middle))
        b += down * profile.twist * b
    }

    /// Whatever the picture, places stay numbers.
    private var isSound: Bool { abs(a) + abs(b) + abs(c) < 1e6 }

    /// Sets and check digit are right.
    var isValid: Bool { EANText.text(digits, layout) != nil }

    var module: Float { abs(b) * 2 / Float(layout.modules + 2 * EANLayout.quiet) }

    /// From nothing but a place and a blur.
    mutating func run(_ profile: BarProfile, _ work: EANWorkspace, rounds: Int) -> Bool {
        sample(profile, work)
        startLevels(work)
        return turn(profile, work, rounds: rounds, choosingBlur: false)
    }

    /// From what is known already.
    mutating func again(
        _ profile: BarProfile, _ work: EANWorkspace, rounds: Int, choosingBlur: Bool
    ) -> Bool {
        prepare(profile, work)
        return turn(profile, work, rounds: rounds, choosingBlur: choosingBlur)
    }

    /// Lets `work` hold the row and the model of the present digits.
    func prepare(_ profile: BarProfile, _ work: EANWorkspace) {
        sample(profile, work)
        work.fillEdges(layout, digits)
        work.fillModel(layout, EANTemplates.all[blur].kernel)
    }

    /// Turns until nothing changes.
    private mutating func turn(
        _ profile: BarProfile, _ work: EANWorkspace, rounds: Int, choosingBlur: Bool
    ) -> Bool {
        for round in 0..<rounds {
            let path = decode(work)
            let isSame = path == digits
            digits = path
            let isChoosing = choosingBlur && (round == 0 || !isSame)
            guard let step = refine(work, choosingBlur: isChoosing) else { return false }
            if isSame, abs(step[0]) + abs(step[1]) + abs(step[2]) < Self.stillStep { return true }
            move(step)
            guard isSound else { return false }
            sample(profile, work)
        }
        return true
    }

    /// Place, blur and levels for digits that are given.
    mutating func settle(
        _ profile: BarProfile, _ work: EANWorkspace, digits given: [Int], rounds: Int
    ) -> Bool {
        digits = given
        sample(profile, work)
        for round in 0..<rounds {
            guard let step = refine(work, choosingBlur: round > 0) else { return false }
            if abs(step[0]) + abs(step[1]) + abs(step[2]) < Self.stillStep { return true }
            move(step)
            guard isSound else { return false }
            sample(profile, work)
        }
        return true
    }

    func sample(_ profile: BarProfile, _ work: EANWorkspace) {
        let count = layout.samples
        let scale = 2 / Float(count)
        var edge = a - b + c
        var sum = profile.sum(upTo: edge)
        for index in 0..<count {
            let t = Float(index + 1) * scale - 1
            let next = a + t * (b + t * c)
            let nextSum = profile.sum(upTo: next)
            let width = next - edge
            work.values[index] = abs(width) > 0.001 ? (nextSum - sum) / width : 0
            edge = next
            sum = nextSum
        }
    }

    /// Levels that give the digits the mean and deviation which digits have.
    private mutating func startLevels(_ work: EANWorkspace) {
        let count = layout.samples
        let first = EANLayout.density * EANLayout.quiet
        let scale = 2 / Float(count)
        var sum: Float = 0
        var sumT: Float = 0
        var sumTT: Float = 0
        for index in first..<count - first {
            let t = (Float(index) + 0.5) * scale - 1
            sum += work.values[index]
            sumT += work.values[index] * t
            sumTT += t * t
        }
        let number = Float(count - 2 * first)
        let mean = sum / number
        let tilt = sumT / sumTT
        var squares: Float = 0
        for index in first..<count - first {
            let t = (Float(index) + 0.5) * scale - 1
            let rest = work.values[index] - mean - tilt * t
            squares += rest * rest
        }
        let templates = EANTemplates.all[blur]
        let contrast = min(-(squares / number).squareRoot() / templates.deviation, -0.01)
        levels = [mean - contrast * templates.mean, tilt, contrast, 0]
    }

    /// The best digits of any sets, whatever their check digit.
    func decode(_ work: EANWorkspace) -> [Int] {
        let templates = EANTemplates.all[blur]
        work.fillSingle(self, templates)
        return EANTrellis.best(work.single, layout, templates)
    }

    /// Levels, blur and error by least squares; the way to a better place, modules.
    private mutating func refine(_ work: EANWorkspace, choosingBlur: Bool) -> SIMD4<Float>? {
        work.budget -= 1
        work.fillEdges(layout, digits)
        guard var solution = work.solve(layout, EANTemplates.all[blur].kernel) else { return nil }
        if choosingBlur { chooseBlur(work, &solution) }
        guard solution.levels[2] < Self.leastContrast else { return nil }
        if choosingBlur { work.fillModel(layout, EANTemplates.all[blur].kernel) }
        levels = solution.levels
        ink = solution.steps[3] / levels[2]
        error = solution.error
        noise = solution.rest / (levels[2] * levels[2])
        return (solution.steps / levels[2]).clamped(
            lowerBound: SIMD4(repeating: -Self.longestStep),
            upperBound: SIMD4(repeating: Self.longestStep))
    }

    private mutating func chooseBlur(_ work: EANWorkspace, _ best: inout EANWorkspace.Solution) {
        let radii = EANTemplates.radii.count
        var isMoving = true
        while isMoving {
            isMoving = false
            for way in [1, -1, radii, -radii] {
                let next = blur + way
                guard EANTemplates.all.indices.contains(next),
                    abs(way) > 1 || next / radii == blur / radii,
                    let solution = work.solve(layout, EANTemplates.all[next].kernel),
                    solution.error < best.error
                else { continue }
                best = solution
                blur = next
                isMoving = true
            }
        }
    }

    private mutating func move(_ step: SIMD4<Float>) {
        // Modules to px: half of all modules lie on one unit of t.
        let half = Float(layout.samples / EANLayout.density) / 2
        let module = b / half
        a -= step[0] * module
        b -= step[1] * module + step[0] * 2 * c / half
        c -= step[2] * module
    }
}
