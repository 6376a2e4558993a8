import Foundation
import Testing
import ToteCamera
import ToteValues

@Suite("Recorded streams")
struct RecordingTests {
    private func code(_ path: String) -> CameraError.Code? {
        do {
            _ = try shown(path)
            return nil
        } catch { return (error as? CameraError)?.code }
    }

    @Test("a folder is its pictures in the order of their names, ten a second")
    func folder() throws {
        let folder = try FilmFolder([
            "b.pgm": TestFilm.pgm(width: 9, height: 9, grey: 2),
            "a.pgm": TestFilm.pgm(width: 9, height: 9, grey: 1), "notes.md": Array("x".utf8),
        ])
        #expect(
            try shown(folder.path) == [
                Shown(grey: 1, milliseconds: 0), Shown(grey: 2, milliseconds: 100),
            ])
    }

    @Test("a list gives each frame its time and may show a picture again")
    func list() throws {
        let folder = try FilmFolder([
            "a.pgm": TestFilm.pgm(width: 9, height: 9, grey: 1),
            "b c.pgm": TestFilm.pgm(width: 9, height: 9, grey: 2),
            "frames.txt": Array("0 a.pgm\n33 b c.pgm\r\n\n5000 a.pgm\n".utf8),
        ])
        #expect(
            try shown(folder.path) == [
                Shown(grey: 1, milliseconds: 0), Shown(grey: 2, milliseconds: 33),
                Shown(grey: 1, milliseconds: 5000),
            ])
    }

    @Test(
        "a list that is wrong is refused",
        arguments: [
            "a.pgm", "-1 a.pgm", "x a.pgm", "10 a.pgm\n9 a.pgm", "0 ../a.pgm", "0 absent.pgm",
            "9999999999999999999 a.pgm",
        ])
    func badList(_ text: String) throws {
        let folder = try FilmFolder([
            "a.pgm": TestFilm.pgm(width: 9, height: 9, grey: 1), "frames.txt": Array(text.utf8),
        ])
        #expect(code(folder.path) == .streamMalformed)
    }

    @Test("a damaged picture is a frame that did not come")
    func damagedPicture() throws {
        let folder = try FilmFolder([
            "a.pgm": TestFilm.pgm(width: 9, height: 9, grey: 1),
            "b.pgm": Array(TestFilm.pgm(width: 9, height: 9, grey: 2).dropLast()),
            "c.pgm": TestFilm.pgm(width: 9, height: 9, grey: 3),
        ])
        #expect(try shown(folder.path).map(\.grey) == [1, 3])
        #expect(try shown(folder.path).last?.milliseconds == 200)
    }

    @Test(
        "YUV4MPEG2 gives its plane of brightness, odd sides too",
        arguments: [
            ("W5 H3 F10:1 Ip A1:1 C420jpeg", 12), ("W5 H3 F10:1", 12),
            ("H3 W5 F10:1 C420paldv XCOLORRANGE=FULL", 12), ("W5 H3 F10:1 C422", 18),
            ("W5 H3 F10:1 C444", 30), ("W5 H3 F10:1 Cmono", 0),
        ])
    func stream(header: String, chroma: Int) throws {
        let folder = try FilmFolder()
        let film = TestFilm.y4m(header, width: 5, height: 3, chroma: chroma, greys: [7, 8])
        let path = try folder.write(film, "film.y4m")
        #expect(
            try shown(path) == [Shown(grey: 7, milliseconds: 0), Shown(grey: 8, milliseconds: 100)])
    }

    @Test("thirty thousand frames in 1001 seconds keep time")
    func rate() throws {
        let folder = try FilmFolder()
        let film = TestFilm.y4m(
            "W2 H2 F30000:1001 Cmono", width: 2, height: 2, chroma: 0,
            greys: [UInt8](repeating: 1, count: 31))
        let path = try folder.write(film, "film.y4m")
        #expect(try shown(path).last?.milliseconds == 1001)
    }

    @Test("a recording that was cut ends with its last whole frame", arguments: [1, 5, 15, 20])
    func cut(missing: Int) throws {
        let film = TestFilm.y4m("W5 H3 F10:1 C420", width: 5, height: 3, chroma: 12, greys: [7, 8])
        let folder = try FilmFolder()
        let path = try folder.write(Array(film.dropLast(missing)), "film.y4m")
        #expect(try shown(path).map(\.grey) == [7])
    }

    @Test(
        "a header that is not understood is refused",
        arguments: [
            "W0 H3 F10:1", "W5 F10:1", "W5 H3", "W5 H3 F10", "W5 H3 F0:1", "W5 H3 F10:0",
            "W5 H3 F-1:1", "W16385 H3 F10:1", "W16384 H16384 F10:1", "W5 H3 F10:1 C420p10", "",
            "W5 H3 F10:1 " + String(repeating: "X", count: 2000),
            "W99999999999999999999 H3 F1:1",
        ])
    func badHeader(_ header: String) throws {
        let folder = try FilmFolder()
        let path = try folder.write(Array("YUV4MPEG2 \(header)\nFRAME\nxxxxxxxxxxxx".utf8), "f.y4m")
        #expect(code(path) == .streamMalformed)
    }

    @Test("frames that do not begin as they must are refused")
    func badFrame() throws {
        let folder = try FilmFolder()
        let path = try folder.write(
            Array("YUV4MPEG2 W1 H1 F1:1 Cmono\nFRAME\nxFRUME\nx".utf8), "f.y4m")
        #expect(code(path) == .streamMalformed)
    }

    @Test("what gives no frames is refused by its kind")
    func noCamera() throws {
        let folder = try FilmFolder(["a.txt": Array("YUV4MPEG1 ".utf8), "empty": []])
        #expect(code("/nonexistent/video0") == .cameraMissing)
        #expect(code("a\u{0}b") == .cameraMissing)
        #expect(code(folder.path) == .notACamera)
        #expect(code(folder.path + "/a.txt") == .notACamera)
        #expect(code(folder.path + "/empty") == .notACamera)
        #expect(code("/dev/null") == .notACamera)
        #expect(code("/dev/zero") == .notACamera)
    }

    @Test("random bytes after a right header do no harm")
    func noise() throws {
        let folder = try FilmFolder()
        var state: UInt64 = 1
        for _ in 0..<50 {
            var bytes = Array("YUV4MPEG2 W4 H4 F1:1 Cmono\n".utf8)
            for _ in 0..<200 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(UInt8(state >> 56))
            }
            let path = try folder.write(bytes, "f.y4m")
            #expect(code(path) == .streamMalformed || code(path) == nil)
        }
    }
}
