import Testing
import TotePictures
import ToteValues

/// What a picture would take is known from its header (PIC-3).
@Suite("Memory that a picture asks for")
struct PictureMemoryTests {
    /// A JPEG up to its first scan: frame marker, size, sampling factors of each colour, and how
    /// many colours the first scan holds.
    private func jpeg(
        _ marker: UInt8, _ width: Int, _ height: Int, _ factors: [UInt8], inFirstScan: Int
    ) -> [UInt8] {
        func pair(_ number: Int) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 255)] }
        func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
            let head: [UInt8] = [0xFF, marker]
            return head + pair(body.count + 2) + body
        }
        var frame: [UInt8] = [8]
        frame += pair(height)
        frame += pair(width)
        frame.append(UInt8(factors.count))
        for (index, factor) in factors.enumerated() { frame += [UInt8(index + 1), factor, 0] }
        var scan = [UInt8(inFirstScan)]
        for index in 0..<inFirstScan { scan += [UInt8(index + 1), 0] }
        scan += [0, 63, 0]
        return [0xFF, 0xD8] + segment(marker, frame) + segment(0xDA, scan)
    }

    private static let full: [UInt8] = [0x11, 0x11, 0x11]
    private static let halved: [UInt8] = [0x22, 0x11, 0x11]

    @Test("a JPEG of one scan may have all 40 megapixels")
    func baseline() throws {
        _ = try Picture(bytes: jpeg(0xC0, 8000, 5000, Self.full, inFirstScan: 3))
        _ = try Picture(bytes: jpeg(0xC0, 8000, 5000, [0x11], inFirstScan: 1))
        _ = try Picture(bytes: jpeg(0xC0, 8000, 5000, [0x11, 0x11, 0x11, 0x11], inFirstScan: 4))
    }

    @Test("one of many scans may as long as its coefficients fit: 6 bytes a pixel and 32 MiB")
    func progressive() throws {
        _ = try Picture(bytes: jpeg(0xC2, 8000, 5000, Self.halved, inFirstScan: 3))
        _ = try Picture(bytes: jpeg(0xC2, 6000, 5000, Self.full, inFirstScan: 3))
        _ = try Picture(bytes: jpeg(0xC0, 6000, 5000, Self.full, inFirstScan: 1))
        for marker in [0xC0, 0xC1, 0xC2, 0xCA] as [UInt8] {
            #expect(throws: PictureError.imageTooLarge(width: 8000, height: 5000)) {
                try Picture(bytes: jpeg(marker, 8000, 5000, Self.full, inFirstScan: 1))
            }
        }
        #expect(throws: PictureError.imageTooLarge(width: 3000, height: 2000)) {
            let inks = [UInt8](repeating: 0x11, count: 4)
            return try Picture(bytes: jpeg(0xC2, 3000, 2000, inks, inFirstScan: 4))
        }
    }

    @Test("more than a hundred scans are no picture")
    func manyScans() throws {
        let start = jpeg(0xC2, 64, 64, Self.full, inFirstScan: 3)
        let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 1, 0, 0x55]
        let some = start + (1..<100).flatMap { _ in scan }
        _ = try Picture(bytes: some)
        #expect(throws: PictureError.imageMalformed(at: some.count)) {
            try Picture(bytes: some + scan)
        }
    }

    @Test(
        "a frame header of impossible colours is malformed",
        arguments: [[], [0x11, 0x11], [0x10], [0x51], [0x01, 0x11, 0x11], [0xFF]] as [[UInt8]])
    func impossible(_ factors: [UInt8]) {
        let bytes = jpeg(0xC0, 64, 64, factors, inFirstScan: 1)
        #expect { try Picture(bytes: bytes) } throws: { error in
            (error as? PictureError)?.code == .imageMalformed
        }
    }

    @Test("a scan or frame header cut short is malformed")
    func cut() {
        let whole = jpeg(0xC2, 64, 64, Self.full, inFirstScan: 3)
        for count in 0..<whole.count {
            #expect(throws: PictureError.self, "\(count)") {
                try Picture(bytes: Array(whole.prefix(count)))
            }
        }
        #expect(throws: PictureError.self) {
            try Picture(bytes: [0xFF, 0xD8, 0xFF, 0xC0, 0, 2, 0xFF, 0xDA, 0, 2])
        }
        #expect(throws: PictureError.self) {
            try Picture(bytes: Array(whole.dropLast(10)) + [0xFF, 0xDA, 0, 2])
        }
    }
}
