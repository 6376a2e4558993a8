import Testing
import ToteDecoding
import ToteValues

@Suite("Reed–Solomon of QR codes and Data Matrix")
struct ReedSolomonTests {
    /// Block length and check codewords, as QR versions 1 to 5 and Data Matrix have them.
    private static let shapes = [
        (26, 10), (26, 17), (44, 16), (70, 26), (134, 26), (255, 30), (8, 5), (218, 62),
    ]

    @Test(
        "as many errors as half the checks are mended, wherever they stand",
        arguments: TestCode.allCases)
    func mends(_ standard: TestCode) {
        var chance = SeededChance(seed: 1)
        for (length, checks) in Self.shapes {
            let code = standard.corrector(checks)
            for errors in 0...checks / 2 {
                let block = standard.block(length, checks, &chance)
                var damaged = TestCode.damaged(block, errors, &chance)
                #expect(code.correct(&damaged) == errors)
                #expect(damaged == block)
            }
        }
    }

    @Test("one error more leaves the block as it was", arguments: TestCode.allCases)
    func refuses(_ standard: TestCode) {
        var chance = SeededChance(seed: 2)
        for (length, checks) in Self.shapes where checks >= 16 {
            let code = standard.corrector(checks)
            for _ in 0..<20 {
                let block = standard.block(length, checks, &chance)
                let damaged = TestCode.damaged(block, checks / 2 + 1, &chance)
                var corrected = damaged
                #expect(code.correct(&corrected) == nil)
                #expect(corrected == damaged)
            }
        }
    }

    @Test("a block of the other code is refused")
    func tellsCodesApart() {
        var chance = SeededChance(seed: 5)
        for (standard, other) in [(TestCode.qr, TestCode.dataMatrix), (.dataMatrix, .qr)] {
            for _ in 0..<100 {
                var block = standard.block(44, 16, &chance)
                #expect(other.corrector(16).correct(&block) == nil)
            }
        }
    }

    @Test("the standard's own block is right: 123456 as Data Matrix")
    func standardExample() {
        var block: [UInt8] = [142, 164, 186, 114, 25, 5, 88, 102]
        #expect(TestCode.dataMatrix.corrector(5).correct(&block) == 0)
    }

    @Test("checks kept back are not used to mend, only to refuse", arguments: TestCode.allCases)
    func keepsSpare(_ standard: TestCode) {
        var chance = SeededChance(seed: 3)
        let code = standard.corrector(7, spare: 3)
        let block = standard.block(26, 7, &chance)
        var two = TestCode.damaged(block, 2, &chance)
        var three = TestCode.damaged(block, 3, &chance)
        #expect(code.correct(&two) == 2)
        #expect(code.correct(&three) == nil)
    }

    @Test("random blocks are refused", arguments: TestCode.allCases)
    func randomBlocks(_ standard: TestCode) {
        var chance = SeededChance(seed: 4)
        let code = standard.corrector(10, spare: 2)
        for _ in 0..<2000 {
            var block = (0..<26).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
            #expect(code.correct(&block) == nil)
        }
    }

    @Test("blocks of impossible lengths are refused", arguments: [0, 1, 10, 256, 300])
    func lengths(_ length: Int) {
        var block = [UInt8](repeating: 1, count: length)
        #expect(TestCode.qr.corrector(10).correct(&block) == nil)
    }
}

/// Codewords by long division, without tables.
enum TestCode: CaseIterable {
    case qr, dataMatrix

    func corrector(_ checks: Int, spare: Int = 0) -> ReedSolomon {
        switch self {
        case .qr: ReedSolomon(.qr, firstRoot: 0, checks: checks, spare: spare)
        case .dataMatrix: ReedSolomon(.dataMatrix, firstRoot: 1, checks: checks, spare: spare)
        }
    }

    func block(_ length: Int, _ checks: Int, _ chance: inout SeededChance) -> [UInt8] {
        let data = (0..<length - checks).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        var generator: [UInt8] = [1]
        var root: UInt8 = self == .qr ? 1 : 2
        for _ in 0..<checks {
            var next = generator + [0]
            for index in generator.indices { next[index + 1] ^= product(generator[index], root) }
            generator = next
            root = product(root, 2)
        }
        var rest = data + [UInt8](repeating: 0, count: checks)
        for index in data.indices {
            let factor = rest[index]
            for (offset, term) in generator.enumerated() {
                rest[index + offset] ^= product(factor, term)
            }
        }
        return data + rest.suffix(checks)
    }

    static func damaged(_ block: [UInt8], _ errors: Int, _ chance: inout SeededChance) -> [UInt8] {
        var damaged = block
        var places = Set<Int>()
        while places.count < errors { places.insert(Int(chance.next() % UInt64(block.count))) }
        for place in places { damaged[place] ^= UInt8(1 + chance.next() % 255) }
        return damaged
    }

    private func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var product = 0
        for bit in 0..<8 where b >> UInt8(bit) & 1 == 1 { product ^= Int(a) << bit }
        for bit in (8..<15).reversed() where product >> bit & 1 == 1 {
            product ^= (self == .qr ? 0x11D : 0x12D) << (bit - 8)
        }
        return UInt8(product)
    }
}
