// The door to libdmtx; no pointer of it leaves this file.
//
// libdmtx follows the edge through a pixel, looks for the corner of two solid bars on it, and fits
// the symbol's four corners. Only that is asked of it: modules, error correction and text are read
// by us, who also read what its text decoder gets wrong. It is asked along a few lines across the
// picture, which hit any symbol worth reading; its own search visits every other pixel and takes
// seconds in a frame of noise, or ends by the clock. The same picture always gives the same answer.

#if DataMatrix
    import CDmtx
    import ToteDecoding
    import ToteValues

    enum RegionFinder {
        /// Lines each way, in eighths of the picture: the middle first.
        private static let eighths = [4, 3, 5, 2, 6, 1, 7]
        /// Grey levels over two px.
        private static let leastSlope = 20
        /// Edges that libdmtx is asked about in a picture: a tenth of a ms each, in fine bars one.
        private static let mostEdges = 200
        /// The same symbol is found from many pixels.
        private static let mostRegions = 24

        static let version = String(cString: dmtxVersion())

        /// The first find among the regions that `read` makes something of.
        static func first(
            in image: GreyImage, _ read: (DataMatrixGrid) -> Find?
        ) -> Find? {
            var pixels = image.pixels
            return pixels.withUnsafeMutableBufferPointer { buffer in
                var picture = dmtxImageCreate(
                    buffer.baseAddress, Int32(image.width), Int32(image.height),
                    Int32(DmtxPack8bppK.rawValue))
                defer { dmtxImageDestroy(&picture) }
                var decoder = picture.flatMap { dmtxDecodeCreate($0, 1) }
                defer { dmtxDecodeDestroy(&decoder) }
                guard decoder != nil else { return nil }
                var regions = 0
                for place in edges(of: image).prefix(mostEdges) {
                    // libdmtx counts y upwards.
                    var region = dmtxRegionScanPixel(
                        decoder, Int32(place.x), Int32(image.height - 1 - place.y))
                    guard let found = region?.pointee else { continue }
                    dmtxRegionDestroy(&region)
                    if let find = grid(found, height: image.height).flatMap(read) { return find }
                    regions += 1
                    if regions == mostRegions { return nil }
                }
                return nil
            }
        }

        /// Where the brightness changes most along the lines.
        private static func edges(of image: GreyImage) -> some Sequence<PixelPlace> {
            let (width, height) = (image.width, image.height)
            return eighths.lazy.flatMap { eighth in
                let row = height * eighth / 8
                let column = width * eighth / 8
                let across = edges(in: (0..<width).map { image.pixels[row * width + $0] })
                let down = edges(in: (0..<height).map { image.pixels[$0 * width + column] })
                return across.map { PixelPlace(x: $0, y: row) }
                    + down.map { PixelPlace(x: column, y: $0) }
            }
        }

        private static func edges(in line: [UInt8]) -> [Int] {
            guard line.count > 4 else { return [] }
            func slope(_ place: Int) -> Int { abs(Int(line[place + 1]) - Int(line[place - 1])) }
            return (2..<line.count - 2).filter { place in
                let here = slope(place)
                return here >= leastSlope && here >= slope(place - 1) && here > slope(place + 1)
            }
        }

        private static func grid(_ region: DmtxRegion, height: Int) -> DataMatrixGrid? {
            guard
                let size = DataMatrixSize(
                    rows: Int(region.symbolRows), columns: Int(region.symbolCols))
            else { return nil }
            return DataMatrixGrid(map: map(region.fit2raw, height: Double(height)), size: size)
        }

        /// libdmtx multiplies rows with its matrix, counts y upwards, and means pixel middles.
        private static func map(_ m: DmtxMatrix, height: Double) -> ProjectiveMap {
            let top = height - 0.5
            let (x, y, one) = (m.0, m.1, m.2)
            return ProjectiveMap(factors: [
                x.0 + 0.5 * x.2, -(y.0 + 0.5 * y.2), y.0 + one.0 + 0.5 * (y.2 + one.2),
                top * x.2 - x.1, y.1 - top * y.2, top * (y.2 + one.2) - (y.1 + one.1),
                x.2, -y.2, y.2 + one.2,
            ])
        }

        private typealias DmtxMatrix = (
            (Double, Double, Double), (Double, Double, Double), (Double, Double, Double)
        )
    }
#endif
