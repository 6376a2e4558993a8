import Testing
import TotePictures
import ToteValues

@Suite("Pictures to frames")
struct PictureFrameTests {
    private func frame(_ text: String, scale: FrameScale = .full) throws -> Frame {
        try Picture(bytes: Array(text.utf8)).frame(scale: scale)
    }

    @Test("plain PGM samples are scaled to 8 bits")
    func plain() throws {
        #expect(
            try frame("P2 # two rows\n3 2\n255\n0 1 2\n253 254 255\n").pixels == [
                0, 1, 2, 253, 254, 255,
            ])
        #expect(try frame("P2\n3 1\n3\n0 1 3").pixels == [0, 85, 255])
        #expect(try frame("P2\n2 1\n65535\n511 65535").pixels == [1, 255])
    }

    @Test("a smaller frame is the mean of blocks, cut at the far edges")
    func areaMean() throws {
        let half = try frame("P2\n3 3\n255\n0 10 7\n20 31 9\n1 3 200", scale: .half)
        #expect(half.pixels == [15, 8, 2, 200])
        #expect((half.width, half.height, half.origin.scale) == (2, 2, 2))
        let quarter = try frame("P2\n5 1\n255\n1 2 3 4 9", scale: .quarter)
        #expect(quarter.pixels == [3, 9])
    }

    @Test(
        "all containers of one picture give nearly the same grey",
        arguments: [
            "honey-16-bit.png", "honey-interlaced.png", "honey-raw.pgm", "honey-exif-turned.jpg",
            "honey-exif-mirrored.jpg", "honey-exif-turned.webp",
        ])
    func sameGrey(_ file: String) throws {
        let model = try Sample.picture("honey-raw.pgm").frame(scale: .full)
        let picture = try Sample.picture(file)
        #expect((picture.width, picture.height) == (model.width, model.height))
        let frame = try picture.frame(scale: .full)
        let difference = zip(frame.pixels, model.pixels).reduce(0) {
            $0 + abs(Int($1.0) - Int($1.1))
        }
        #expect(difference <= 6 * model.pixels.count)
    }

    @Test(
        "grey, YCbCr, inks, palette and WebP agree on a coloured picture",
        arguments: [
            "honey-colour.jpg", "honey-progressive.jpg", "honey-cmyk.jpg", "honey-palette.png",
            "honey-lossy.webp", "honey-animated.webp",
        ])
    func sameColours(_ file: String) throws {
        let model = try Sample.picture("honey-lossless.webp").frame(scale: .full)
        let frame = try Sample.picture(file).frame(scale: .full)
        let difference = zip(frame.pixels, model.pixels).reduce(0) {
            $0 + abs(Int($1.0) - Int($1.1))
        }
        #expect(difference <= 6 * model.pixels.count)
    }

    @Test("transparent pixels lie on white")
    func alpha() throws {
        let frame = try Sample.picture("honey-alpha.png").frame(scale: .full)
        #expect(frame.pixels.first == 255)
        #expect(frame.pixels.contains(0))
    }

    @Test("JPEG shrinks in its decoder to sides rounded up", arguments: FrameScale.allCases)
    func scaledJPEG(_ scale: FrameScale) throws {
        let picture = try Sample.picture("honey-exif-turned.jpg")
        let frame = try picture.frame(scale: scale)
        #expect(frame.width == (picture.width + scale.divisor - 1) / scale.divisor)
        #expect(frame.height == (picture.height + scale.divisor - 1) / scale.divisor)
        #expect(frame.origin.scale == Double(scale.divisor))
    }
}
