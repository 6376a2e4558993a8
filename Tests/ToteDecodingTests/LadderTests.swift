import Synchronization
import Testing
import ToteDecoding
import TotePictures
import ToteValues

@Suite("The ladder")
struct LadderTests {
    @Test("all lines are looked at in thin frames only, or where a code lacks votes")
    func plan() {
        let rules = AcceptanceRules(profile: .retail)
        let nothing = rules.judge([])
        #expect(LadderPlan.isWorth(.full, width: 4000, height: 10, nothing))
        #expect(!LadderPlan.isWorth(.full, width: 640, height: 480, nothing))
        let corner = PicturePoint(x: 0, y: 0)
        let weak = Reading(
            symbology: .ean13, bytes: Array("4012345000016".utf8), votes: 1,
            quad: Quad(topLeft: corner, topRight: corner, bottomRight: corner, bottomLeft: corner))
        #expect(LadderPlan.isWorth(.full, width: 640, height: 480, rules.judge([weak])))
    }

    @Test("each frame of a video gets the first steps and one more in rotation")
    func rotation() {
        let plans = (0..<16).map { LadderPlan.videoSteps(sequence: $0) }
        #expect(plans.allSatisfy { $0.prefix(3) == [.sparse, .crop, .qr] && $0.count == 4 })
        #expect(Set(plans.prefix(8).map { $0[3] }).count == 8)
        #expect(plans[0] == plans[8])
        #expect(LadderPlan.videoSteps(sequence: .max).count == 4)
    }

    @Test("a plain code costs one sparse look")
    func cheap() throws {
        let frame = try Sample.picture("ean13-coffee.png").frame(scale: .full)
        let result = try SymbolDecoder().decode(frame)
        #expect(result.stepsRun == ["sparse"])
        #expect(result.workPixels == frame.width * frame.height)
        #expect(result.symbols.first?.quality.passes == 1)
    }

    @Test("without a budget nothing is looked at")
    func budget() throws {
        let frame = try Sample.picture("inverted.png").frame(scale: .full)
        let decoder = try SymbolDecoder()
        let none = try decoder.decode(frame, budget: WorkBudget(perPixel: 0, extra: 10))
        #expect(none.budgetSpent)
        #expect(none.stepsRun.isEmpty)
        let video = try decoder.decodeVideo(frame)
        #expect(video.stepsRun.first == "sparse")
        #expect(video.workPixels <= 3 * frame.width * frame.height)
    }

    @Test("no step begins after the deadline, and it is said")
    func deadline() throws {
        let clock = TickingClock()
        let decoder = try SymbolDecoder(world: clock.world)
        let frame = try Sample.picture("no-code-stripes.png").frame(scale: .full)
        let late = try decoder.decode(frame, deadlineMilliseconds: 0)
        #expect(late.budgetSpent)
        #expect(late.stepsRun.isEmpty)
        let some = try decoder.decode(frame, deadlineMilliseconds: 30)
        #expect(some.budgetSpent)
        #expect(some.stepsRun == ["sparse", "crop"])
        #expect(!(try decoder.decode(frame).budgetSpent))
    }

    @Test(
        "turned bars are read from their region, and the quad is turned with them",
        arguments: [
            ("turned-30.png", 30.0), ("turned-45.png", 45), ("turned-7.png", 7),
        ])
    func turned(_ file: String, _ degrees: Double) throws {
        let frame = try Sample.picture(file).frame(scale: .full)
        let region = try #require(BarRegionFinder().regions(in: GreyImage(frame)).first)
        let cosines: [Double: Double] = [30: 0.8660, 45: 0.7071, 7: 0.9925]
        let cosine = try #require(cosines[degrees])
        #expect(abs(abs(region.acrossX) - cosine) < 0.03)
        #expect(try SymbolDecoder().decode(frame).symbols.count == 1)
    }

    @Test(
        "an EAN-13 that lines of a cut have read is shown to the reader of the whole cut, once",
        arguments: [("turned-45-flat.png", LadderStep.crop), ("inverted.png", .cropInverted)])
    func witness(_ file: String, _ last: LadderStep) throws {
        let image = GreyImage(try Sample.picture(file).frame(scale: .full))
        let regions = BarRegionFinder().regions(in: image)
        #expect(regions.count == 1 && regions[0].edges >= 16)
        let result = try SymbolDecoder().decode(Sample.picture(file).frame(scale: .full))
        let steps = result.stepsRun.compactMap { LadderStep(rawValue: $0) }
        #expect(steps.last == last)
        let looks = steps.flatMap { step in
            (step.looksAtFrame ? [image.count] : [])
                + (step.looksAtRegions ? [image.cut(regions[0], for: step).count] : [])
        }
        // The witness is shown those lines of the cut in which the code was read.
        let witness = result.workPixels - looks.reduce(0, +)
        #expect(witness > 0 && witness <= image.cut(regions[0], for: last).count)
    }

    @Test("equal codes that lie apart come as several symbols", arguments: [false, true])
    func equalCodes(areStacked: Bool) throws {
        var canvas = Canvas(620, 420)
        let bars = TestPicture.ean13("4012345000016")
        canvas.draw(bars, x: 40, y: 40, module: 2, height: 100)
        if areStacked {
            canvas.draw(bars, x: 40, y: 280, module: 2, height: 100)
        } else {
            canvas.draw(bars, x: 350, y: 40, module: 2, height: 100)
        }
        let symbols = try SymbolDecoder().decode(try #require(canvas.frame)).symbols
        #expect(symbols.map(\.text) == ["4012345000016", "4012345000016"])
        let boxes = symbols.map { $0.quad.corners }
        #expect(
            boxes.allSatisfy { corners in
                let x = corners.map(\.x)
                return (x.max() ?? 0) - (x.min() ?? 0) < 230
            })
        #expect(
            boxes.allSatisfy { corners in
                let y = corners.map(\.y)
                return (y.max() ?? 0) - (y.min() ?? 0) <= 110
            })
    }

    @Test("one code is one symbol, however many of its lines are missing")
    func torn() throws {
        var canvas = Canvas(300, 220)
        let bars = TestPicture.ean13("4012345000016")
        canvas.draw(bars, x: 50, y: 20, module: 2, height: 60)
        canvas.draw(bars, x: 50, y: 120, module: 2, height: 60)
        #expect(try SymbolDecoder().decode(try #require(canvas.frame)).symbols.count == 1)
    }

    @Test("pictures up to 2 megapixels are used whole, larger ones from a quarter up")
    func scales() {
        #expect(SymbolDecoder.scales(width: 2000, height: 1000) == [.full])
        #expect(SymbolDecoder.scales(width: 2001, height: 1000) == [.quarter, .half, .full])
    }

    @Test("rows that are not packed give the same symbols")
    func stride() throws {
        let packed = try Sample.picture("ean8.png").frame(scale: .full)
        var wide: [UInt8] = []
        for row in 0..<packed.height {
            wide += packed.pixels[row * packed.width..<(row + 1) * packed.width]
            if row + 1 < packed.height { wide += [0, 255, 0, 255, 0, 255, 0] }
        }
        let frame = try #require(
            TestPicture.frame(wide, packed.width, packed.height, stride: packed.width + 7))
        let decoder = try SymbolDecoder()
        let found = try decoder.decode(frame).symbols
        #expect(found == (try decoder.decode(packed).symbols))
        #expect(found.count == 1)
    }

    @Test("a place is told in px of the source picture")
    func place() throws {
        var canvas = Canvas(300, 120)
        canvas.draw(TestPicture.ean13("4012345000016"), x: 50, y: 20, module: 2, height: 80)
        let pixels = canvas.pixels
        let frame = try #require(
            Frame(
                pixels: pixels, width: 300, height: 120, stride: 300,
                origin: FrameOrigin(source: .memory, x: 1000, y: 2000, scale: 4)))
        let quad = try #require(try SymbolDecoder().decode(frame).symbols.first?.quad)
        #expect(abs(quad.topLeft.x - 1200) < 40)
        #expect(abs(quad.bottomRight.x - 1960) < 40)
        #expect(quad.topLeft.y >= 2080 && quad.bottomRight.y <= 2400)
    }

    @Test("of more than 64 symbols 64 are returned, and it is said")
    func manySymbols() throws {
        var canvas = Canvas(230, 72 * 36)
        for index in 0..<72 {
            let text = TestPicture.checked(String(400_000_000_000 + index * 1_357_924_683))
            canvas.draw(TestPicture.ean13(text), x: 20, y: 6 + index * 36, module: 2, height: 24)
        }
        let result = try SymbolDecoder().decode(try #require(canvas.frame))
        #expect(result.symbols.count == 64)
        #expect(result.limitReached)
        #expect(Set(result.symbols.map(\.bytes)).count == 64)
    }

    @Test("bytes become text as UTF-8, else Shift_JIS, else ISO 8859-1")
    func text() {
        func text(_ bytes: [UInt8]) -> String {
            let corner = PicturePoint(x: 0, y: 0)
            return Symbol(
                symbology: .qr, aim: SymbologyIdentifier("Q", "1"), bytes: bytes,
                quad: Quad(
                    topLeft: corner, topRight: corner, bottomRight: corner, bottomLeft: corner),
                quality: ReadQuality(votes: 1, step: "full", passes: 1, milliseconds: 0)
            ).text
        }
        #expect(text(Array("Grüße".utf8)) == "Grüße")
        #expect(text([0x93, 0xFA, 0x96, 0x7B]) == "日本")
        #expect(text([0x47, 0x72, 0xFC, 0xDF, 0x65, 0x20, 0xFF]) == "Grüße ÿ")
        #expect(text([]) == "")
    }

    @Test("the decoder names its version")
    func version() {
        #expect(SymbolDecoder.decoderVersion.hasPrefix("zbar 0."))
    }
}

/// Ten milliseconds later whenever it is asked.
private final class TickingClock: Sendable {
    private let now = Mutex<Int64>(0)

    var world: World {
        var world = World.system
        world.uptimeMilliseconds = { [self] in
            now.withLock { now in
                now += 10
                return now
            }
        }
        return world
    }
}
