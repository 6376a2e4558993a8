import ToteDecoding
import ToteValues

/// The decoder with everything asked for.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 4, let frame = FuzzFrame(bytes).frame else { return -1 }
    let profile = DecodingProfile(
        itfLengths: Set(2...30), addOns: bytes[3] & 1 == 0 ? .ignore : .read(prefixes: [""]),
        contentCheck: { _, bytes in bytes.count & 1 == 0 })
    let budget = bytes[3] & 2 == 0 ? WorkBudget.still : .video
    guard let result = try? SymbolDecoder().decode(frame, profile: profile, budget: budget) else {
        return 0
    }
    precondition(result.symbols.allSatisfy { !$0.bytes.isEmpty && $0.quality.votes > 0 })
    let points = result.symbols.flatMap(\.quad.corners) + result.rejected.flatMap(\.quad.corners)
    precondition(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    return 0
}
