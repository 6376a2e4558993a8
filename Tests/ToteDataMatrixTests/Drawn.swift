import ToteDecoding

/// Symbols as zint 2.11 draws them, `#` is a dark module.
enum Drawn {
    /// GS1: (01)09521234543213(10)ABC(21)X1.
    static let gs1 = [
        "#.#.#.#.#.#.#.#.#.",
        "##..####..#....#.#",
        "#...#.##.....####.",
        "#.##..#.##...#####",
        "###.##........##..",
        "#.#...#.####.....#",
        "#.#.....#..#.#..#.",
        "####..#......#.###",
        "#....#....#.##.#..",
        "##.#...##.#..#####",
        "#..##.##....##.##.",
        "#######......###.#",
        "#.###.....##..##..",
        "#...#..##..#....##",
        "##..#.##.#..##.#..",
        "#..#...#..###.#.##",
        "#....##.####.##.#.",
        "##################",
    ]

    /// `Rectangular extension` in a size of ISO/IEC 21471.
    static let wide = [
        "#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.",
        "#.##..#.#.##...#####.#######...##...#......#.#.#",
        "##..######.#.##...#####.#..#..#..#..##...#.#....",
        "###..#.#..#.##..#..######..#...#..###.#####.####",
        "#.#........###.##.#.##..#...#.##...#....###..##.",
        "##..#.#.#.#.#.##.....#.##..######.##....#...####",
        "#.#..#..##.#..##.#..#...##########..#...#####...",
        "################################################",
    ]

    /// A picture of a symbol with a quiet zone of two modules.
    static func picture(
        _ rows: [String], module: Int = 3, dark: UInt8 = 20, light: UInt8 = 230
    ) -> GreyImage {
        let modules = rows.map { $0.map { $0 == "#" } }
        let (width, height) = (modules[0].count + 4, modules.count + 4)
        var pixels: [UInt8] = []
        for y in 0..<height * module {
            for x in 0..<width * module {
                let (row, column) = (y / module - 2, x / module - 2)
                let isInside =
                    modules.indices.contains(row) && modules[0].indices.contains(column)
                pixels.append(isInside && modules[row][column] ? dark : light)
            }
        }
        return GreyImage(pixels: pixels, width: width * module, height: height * module)
    }
}
