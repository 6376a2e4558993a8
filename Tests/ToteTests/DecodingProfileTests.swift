import Foundation
import Testing
import Tote
import ToteDecoding
import TotePictures
import ToteValues

@Suite("What a shopper's camera takes for content")
struct DecodingProfileTests {
    private let profile: DecodingProfile

    init() throws {
        profile = .trip(today: try #require(CalendarDay(year: 2026, month: 11, day: 21)))
    }

    @Test(
        "element strings pass",
        arguments: [
            "0104012345000016", "01040123450000163103000750", "010401234500001610A1\u{1D}17271231",
            "00340123450000000017", "8110106141416543213150110120",
        ])
    func accepted(_ text: String) {
        #expect(profile.contentCheck(.dataBarExpanded, Array(text.utf8)))
    }

    @Test(
        "what is no element string is refused",
        arguments: [
            "1235KA", "", "\u{1D}", "0104012345000017", "010401234500001", "1712", "15991331",
            "0104012345000016(", "10ONLY-A-BATCH", "ABC",
        ])
    func refused(_ text: String) {
        #expect(!profile.contentCheck(.dataBarExpanded, Array(text.utf8)))
    }

    @Test(
        "the samples with GS1 content read as before",
        arguments: [
            ("databar-expanded-cheese-750g.png", Symbology.dataBarExpanded),
            ("databar-expanded-salmon-12.99.png", .dataBarExpanded),
            ("gs1-128-coffee-serial.png", .code128), ("gs1-128-wine-lot.png", .code128),
        ])
    func samples(file: String, symbology: Symbology) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let picture = try Picture.open(path: folder.path + "/SampleBarcodes/" + file)
        let result = try SymbolDecoder().decodeStill(
            width: picture.width, height: picture.height, profile: profile
        ) { try picture.frame(scale: $0) }
        #expect(result.symbols.map(\.symbology) == [symbology])
    }
}
