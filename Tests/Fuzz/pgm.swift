/// PGM files.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    // Inputs of another format belong to another corpus.
    guard bytes.starts(with: Array("P".utf8)) else { return -1 }
    PictureDoor.open(bytes)
    return 0
}
