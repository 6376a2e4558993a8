import ToteDecoding
import ToteValues

/// Each reader of ours on its own: behind zbar and the gate a frame seldom comes to them.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 4, let frame = FuzzFrame(bytes).frame else { return -1 }
    let image = GreyImage(frame)
    switch bytes[3] & 3 {
    case 0: check(EANReader().read(image))
    case 1: check(DataBarReader().read(image))
    case 2: check(QRReader().read(image))
    default:
        for region in BarRegionFinder().regions(in: image) {
            precondition(region.centre.x.isFinite && region.centre.y.isFinite)
            precondition(region.length.isFinite && region.height.isFinite)
        }
    }
    return 0
}

private func check(_ finds: [Find]) {
    precondition(finds.allSatisfy { !$0.bytes.isEmpty && $0.votes > 0 && !$0.points.isEmpty })
    precondition(finds.flatMap(\.points).allSatisfy { $0.x.isFinite && $0.y.isFinite })
}
