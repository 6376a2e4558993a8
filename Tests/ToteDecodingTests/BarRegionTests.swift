import Testing
import ToteDecoding
import ToteValues

@Suite("Regions of bars")
struct BarRegionTests {
    private static let bars = TestPicture.ean13("4012345000016")
    private static let module = 2.5
    private static let centre = PicturePoint(x: 170, y: 130)

    /// Bars of 100 px turned about the centre, drawn by area: 4 × 4 samples a pixel.
    private func image(
        acrossX: Double, acrossY: Double, module: Double = BarRegionTests.module
    ) -> GreyImage {
        let (width, height) = (340, 260)
        let length = module * Double(Self.bars.count)
        let pixels = (0..<width * height).map { index in
            var sum = 0
            for sample in 0..<16 {
                let x = Double(index % width) + (Double(sample % 4) + 0.5) / 4 - Self.centre.x
                let y = Double(index / width) + (Double(sample / 4) + 0.5) / 4 - Self.centre.y
                let along = x * acrossX + y * acrossY + length / 2
                let up = y * acrossX - x * acrossY
                let bar = Int((along / module).rounded(.down))
                let isDark = abs(up) < 50 && Self.bars.indices.contains(bar) && Self.bars[bar]
                sum += isDark ? 20 : 235
            }
            return UInt8(sum / 16)
        }
        return GreyImage(pixels: pixels, width: width, height: height)
    }

    /// Cosine and sine of 0°, 10°, 30°, 45°, 75°, 90°, −20° and −60°.
    ///
    /// The frame is searched at half its size, where the bars are 118.75 px long. A block of 8 px
    /// that holds the last edge has its middle at most 4 px beyond it, which is rounded outwards to
    /// whole bins of 4 px: less than 8 px at each end. To that come an eighth and 8 px at each end:
    /// (118.75 + 16) · 1.25 + 16 px, twice of which are 369 px. The quiet zone, 11 modules of
    /// 2.5 px, must be left at both ends of the 237.5 px.
    @Test("the part of a region around some lines lies where they lie", arguments: [0.0, 0.6])
    func part(acrossY: Double) {
        let acrossX = (1 - acrossY * acrossY).squareRoot()
        let region = BarRegion(
            centre: PicturePoint(x: 200, y: 150), acrossX: acrossX, acrossY: acrossY,
            length: 180, height: 160)
        func point(_ across: Double, _ down: Double) -> PicturePoint {
            PicturePoint(
                x: 200 + across * acrossX - down * acrossY,
                y: 150 + across * acrossY + down * acrossX)
        }
        func isNear(_ part: BarRegion, top: Double, bottom: Double) -> Bool {
            let middle = point(0, (top + bottom) / 2)
            return abs(part.centre.x - middle.x) < 1e-9 && abs(part.centre.y - middle.y) < 1e-9
                && abs(part.height - (bottom - top)) < 1e-9
        }
        let lines = region.part(around: [point(-80, 10), point(80, 10), point(-80, 50)])
        #expect(isNear(lines, top: 2, bottom: 58))
        #expect(isNear(region.part(around: [point(3, 20)]), top: 0, bottom: 40))
        // Never beyond the region.
        #expect(isNear(region.part(around: [point(0, 70)]), top: 50, bottom: 80))
        #expect(region.part(around: []) == region)
    }

    @Test(
        "bars are found, and their angle to 2°",
        arguments: [
            (1.0, 0.0), (0.98481, 0.17365), (0.86603, 0.5), (0.70711, 0.70711),
            (0.25882, 0.96593), (0.0, 1.0), (0.93969, -0.34202), (0.5, -0.86603),
        ])
    func angles(_ x: Double, _ y: Double) throws {
        let image = image(acrossX: x, acrossY: y)
        let regions = BarRegionFinder().regions(in: image)
        let region = try #require(regions.first)
        #expect(abs(region.acrossX * x + region.acrossY * y) > 0.9994)
        #expect(abs(region.centre.x - Self.centre.x) < 8)
        #expect(abs(region.centre.y - Self.centre.y) < 8)
        #expect((292...369).contains(region.length))
        #expect((88...116).contains(region.height))
        #expect((56...64).contains(region.edges))
    }

    @Test(
        "bars of any width are found at their angle",
        arguments: [1.5, 2.0, 3.0], [(0.98481, 0.17365), (0.92388, 0.38268), (0.5, -0.86603)])
    func widths(_ module: Double, _ across: (Double, Double)) throws {
        let (x, y) = across
        let image = image(acrossX: x, acrossY: y, module: module)
        let region = try #require(BarRegionFinder().regions(in: image).first)
        #expect(abs(region.acrossX * x + region.acrossY * y) > 0.9994)
        #expect((56...64).contains(region.edges))
    }

    @Test("rings have edges enough, but in all directions")
    func rings() {
        let (width, height) = (320, 240)
        let pixels = (0..<width * height).map { index -> UInt8 in
            let (x, y) = (index % width - 160, index / width - 120)
            let radius = Double(x * x + y * y).squareRoot()
            return radius < 110 && Int(radius / 5) % 2 == 0 ? 40 : 220
        }
        let image = GreyImage(pixels: pixels, width: width, height: height)
        #expect(BarRegionFinder().regions(in: image).isEmpty)
    }

    @Test(
        "corners of turned bars are told to 2 px across the bars",
        arguments: [(1.0, 0.0), (0.86603, 0.5), (0.70711, 0.70711), (0.5, -0.86603)])
    func corners(_ x: Double, _ y: Double) throws {
        let image = image(acrossX: x, acrossY: y)
        let region = try #require(BarRegionFinder().regions(in: image).first)
        let cut = image.rectified(region)
        let middle = (cut.height / 2) * cut.width
        let line = cut.pixels[middle..<middle + cut.width]
        let first = try #require(line.firstIndex { $0 < 128 }) - middle
        let last = try #require(line.lastIndex { $0 < 128 }) - middle + 1
        let half = Self.module * Double(Self.bars.count) / 2
        let sides = [(first, -half), (last, half)]
        for (column, along) in sides {
            let place = cut.map(PicturePoint(x: Double(column), y: Double(cut.height) / 2))
            let found = (place.x - Self.centre.x) * x + (place.y - Self.centre.y) * y
            // A region may have found the bars the other way round.
            let isSame = region.acrossX * x + region.acrossY * y > 0
            #expect(abs(found - (isSame ? along : -along)) < 2)
        }
    }

    @Test("a large frame gives the same region in its own px")
    func large() throws {
        let small = image(acrossX: 0.86603, acrossY: 0.5)
        let big = small.doubled()
        let one = try #require(BarRegionFinder().regions(in: small).first)
        let two = try #require(
            BarRegionFinder().regions(
                in: GreyImage(pixels: big.pixels, width: big.width, height: big.height)
            ).first)
        #expect(abs(two.centre.x - 2 * one.centre.x) < 12)
        #expect(abs(two.length - 2 * one.length) < 40)
    }

    @Test("nothing is found in plain paper, grain, an edge or letters")
    func nothing() {
        var chance = SeededChance(seed: 7)
        let (width, height) = (320, 240)
        let pictures: [(Int) -> UInt8] = [
            { _ in 200 },
            { _ in UInt8(truncatingIfNeeded: chance.next()) },
            { $0 % width < 150 ? 30 : 220 },
            { ($0 % width / 40 + $0 / width / 40) % 2 == 0 ? 40 : 210 },
            { index in
                let (x, y) = (index % width, index / width)
                let isInk = y / 12 % 2 == 0 && (x / 3 * 7 + y / 3 * 5) % 11 < 4
                return isInk ? 40 : 220
            },
        ]
        for picture in pictures {
            let image = GreyImage(
                pixels: (0..<width * height).map(picture), width: width, height: height)
            #expect(BarRegionFinder().regions(in: image).isEmpty)
        }
    }

    @Test(
        "frames of any size are looked at without harm",
        arguments: [(1, 1), (1, 16384), (16384, 1), (9, 10), (10, 9), (17, 400), (5000, 12)])
    func sizes(_ width: Int, _ height: Int) {
        var chance = SeededChance(seed: UInt64(width))
        let pixels = (0..<width * height).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        let image = GreyImage(pixels: pixels, width: width, height: height)
        #expect(BarRegionFinder().regions(in: image).count <= BarRegionFinder.mostRegions)
    }

    @Test("a finder that has seen other frames finds the same")
    func reuse() {
        let finder = BarRegionFinder()
        let one = image(acrossX: 1, acrossY: 0)
        let first = finder.regions(in: one)
        _ = finder.regions(in: image(acrossX: 0.6, acrossY: 0.8))
        _ = finder.regions(in: GreyImage(pixels: [0], width: 1, height: 1))
        #expect(finder.regions(in: one) == first)
    }
}
