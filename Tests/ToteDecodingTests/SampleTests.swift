import Foundation
import Testing
import ToteDecoding
import TotePictures
import ToteValues

@Suite("Sample pictures")
struct SampleTests {
    @Test("every sample reads as its index says", arguments: Sample.all)
    func reads(_ sample: Sample) throws {
        let found: [Sample.Expected]
        do {
            found = try read(sample.path)
        } catch let error as PictureError {
            #expect(error.code.rawValue == sample.error)
            return
        }
        let expected = try #require(sample.expected)
        #expect(Set(found) == Set(expected))
        #expect(found.count == expected.count)
    }

    private func read(_ path: String) throws -> [Sample.Expected] {
        let picture = try Picture.open(path: path)
        let result = try SymbolDecoder().decodeStill(
            width: picture.width, height: picture.height
        ) { try picture.frame(scale: $0) }
        return result.symbols.map {
            Sample.Expected(symbology: $0.symbology.name, text: $0.text, aim: $0.aim.text)
        }
    }

    @Test("the index names every picture once, in order, and none is over 1 MiB")
    func indexIsComplete() throws {
        let endings = [".png", ".jpg", ".webp", ".pgm", ".txt"]
        let pictures = try FileManager.default.contentsOfDirectory(atPath: Sample.folder.path)
            .filter { name in endings.contains { name.hasSuffix($0) } }
        #expect(Sample.all.map(\.file) == pictures.sorted())
        #expect(Sample.all.count >= 40)
        for sample in Sample.all {
            #expect(try Sample.bytes(sample.file).count <= 1 << 20)
        }
    }

    @Test("a photograph of 12 megapixels is read at a quarter of its size")
    func largeReadsAtQuarter() throws {
        let picture = try Sample.picture("bread-12-megapixels.jpg")
        var asked: [FrameScale] = []
        let result = try SymbolDecoder().decodeStill(
            width: picture.width, height: picture.height
        ) { scale in
            asked.append(scale)
            return try picture.frame(scale: scale)
        }
        #expect((picture.width, picture.height) == (4000, 3000))
        #expect(asked == [.quarter])
        #expect(result.stepsRun.first == "quarter.sparse")
        let quad = try #require(result.symbols.first?.quad)
        // The code fills most of the picture: its place is told in full-size pixels.
        #expect(quad.corners.allSatisfy { (800...3600).contains($0.x) })
        #expect(quad.corners.contains { $0.x > 2000 })
    }

    @Test("the same picture gives the same result twice")
    func isDeterministic() throws {
        let frame = try Sample.picture("blurred.png").frame(scale: .full)
        let decoder = try SymbolDecoder()
        let first = try decoder.decode(frame)
        let second = try decoder.decode(frame)
        #expect(first.symbols == second.symbols)
        #expect(first.rejected == second.rejected)
        #expect(first.stepsRun == second.stepsRun)
        #expect(first.workPixels == second.workPixels)
    }
}
