import ToteValues

/// The tools of one worker, kept from frame to frame with their memory.
final class LadderBench {
    private let finder = BarRegionFinder()
    private let qr = QRReader()
    private let dataBar = DataBarReader()
    private let codabar = CodabarReader()
    private let ean = EANReader()

    func regions(in image: GreyImage) -> [BarRegion] {
        finder.regions(in: image)
    }

    /// What a step's reader finds in a picture, which is the whole frame or a cut.
    func read(
        _ picture: GreyImage, at step: LadderStep, isCut: Bool
    ) throws(DecodingError) -> [Reading] {
        var finds: [Find]
        switch step.reader {
        case .zbar(let settings): finds = try BarcodeScanner(settings).scan(picture)
        case .qr: finds = qr.read(picture)
        case .dataBar: finds = dataBar.read(picture)
        case .codabar: finds = codabar.read(picture)
        case .ean: finds = ean.read(picture)
        }
        if !isCut { finds = finds.flatMap { parted($0, in: picture) } }
        return finds.map { Reading($0, on: picture, step: step, isCut: isCut) }
    }

    /// What our reader of EAN says of a cut in which lines were read as EAN-13.
    func testimony(on cut: GreyImage, of claim: [UInt8]) -> EANReader.Testimony {
        ean.testimony(on: cut, of: claim)
    }

    /// zbar tells equal codes of one picture as one; where its points lie apart, the regions of
    /// bars tell how many there are (DEC-8).
    private func parted(_ find: Find, in image: GreyImage) -> [Find] {
        guard find.symbology.isLinear, find.liesApart else { return [find] }
        return find.parted(by: finder.regions(in: image, atMost: BarRegionFinder.mostEqual))
    }
}
