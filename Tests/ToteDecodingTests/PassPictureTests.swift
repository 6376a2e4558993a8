import Testing
import ToteDecoding
import TotePictures
import ToteValues

/// An exit pass as a gate may see it (BAD-115): it reads right or not at all.
@Suite("Pictures of an exit pass")
struct PassPictureTests {
    private struct Pass {
        let picture: Frame
        let bytes: [UInt8]

        init() throws {
            picture = try Sample.picture("qr-exit-pass.png").frame(scale: .full)
            bytes = try #require(try SymbolDecoder().decode(picture).symbols.first?.bytes)
        }

        func pixel(_ x: Int, _ y: Int) -> UInt8 { picture.pixels[y * picture.stride + x] }

        func picture(
            _ width: Int, _ height: Int, _ grey: (_ x: Int, _ y: Int) -> UInt8
        ) throws -> Frame {
            let pixels = (0..<width * height).map { grey($0 % width, $0 / width) }
            return try #require(TestPicture.frame(pixels, width, height))
        }
    }

    private func texts(_ frame: Frame) throws -> [[UInt8]] {
        try SymbolDecoder().decode(frame).symbols.map(\.bytes)
    }

    @Test("a tenth of the contrast, dark or bright, still reads", arguments: [20, 115, 210])
    func faint(darkest: Int) throws {
        let pass = try Pass()
        let frame = try pass.picture(pass.picture.width, pass.picture.height) { x, y in
            UInt8(darkest + Int(pass.pixel(x, y)) / 10)
        }
        #expect(try texts(frame) == [pass.bytes])
    }

    @Test("turned by quarters it reads, mirrored it never reads wrong", arguments: 0..<8)
    func turned(way: Int) throws {
        let pass = try Pass()
        let (width, height) = (pass.picture.width, pass.picture.height)
        let swaps = way & 1 == 1
        let frame = try pass.picture(swaps ? height : width, swaps ? width : height) { x, y in
            let (across, down) = swaps ? (y, x) : (x, y)
            return pass.pixel(
                way & 2 == 0 ? across : width - 1 - across, way & 4 == 0 ? down : height - 1 - down)
        }
        let isMirrored = [1, 2, 4, 7].contains(way)
        let found = try texts(frame)
        #expect(found == [pass.bytes] || (isMirrored && found.isEmpty))
    }

    @Test("behind a crack that hides a fifth it reads right or not at all", arguments: 0..<10)
    func cracked(place: Int) throws {
        let pass = try Pass()
        let (width, height) = (pass.picture.width, pass.picture.height)
        let frame = try pass.picture(width, height) { x, y in
            let along = place < 5 ? x : y
            let band = (place < 5 ? width : height) / 5
            return along / max(1, band) == place % 5 ? 128 : pass.pixel(x, y)
        }
        let found = try texts(frame)
        #expect(found.isEmpty || found == [pass.bytes])
    }

    @Test("two passes in one frame are two symbols, for the gate to ask for one")
    func two() throws {
        let pass = try Pass()
        let (width, height) = (pass.picture.width, pass.picture.height)
        let frame = try pass.picture(2 * width, height) { x, y in pass.pixel(x % width, y) }
        #expect(try texts(frame) == [pass.bytes, pass.bytes])
    }
}
