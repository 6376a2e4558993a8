// The door through which a benchmark in another language calls the decoder and the rules of the
// corpus: same process, same thread, no pipe between. Plain C functions on one opaque pointer;
// texts are JSON and belong to the door until its next call. One thread at a time.

import ToteDecoding
import ToteValues
import ToteVectorRules

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

private final class Door {
    let engine: PhotoEngine
    var loaded: PhotoEngine.Loaded?
    var result = DecodeResult()
    private var text: UnsafeMutablePointer<CChar>?

    init(engine: PhotoEngine) { self.engine = engine }

    deinit { free(text) }

    func say(_ value: JSONValue) -> UnsafePointer<CChar>? {
        free(text)
        text = strdup(value.canonicalText)
        return UnsafePointer(text)
    }

    static func at(_ door: UnsafeMutableRawPointer) -> Door {
        Unmanaged<Door>.fromOpaque(door).takeUnretainedValue()
    }
}

/// NULL if libzbar gives no scanner.
@c(tote_vectors_open)
public func openDoor() -> UnsafeMutableRawPointer? {
    guard let engine = try? PhotoEngine() else { return nil }
    return Unmanaged.passRetained(Door(engine: engine)).toOpaque()
}

@c(tote_vectors_close)
public func closeDoor(_ door: UnsafeMutableRawPointer) {
    Unmanaged<Door>.fromOpaque(door).release()
}

/// Takes the bytes of a picture file and makes its frames; 0, or -1 if it is refused.
@c(tote_vectors_load)
public func load(_ door: UnsafeMutableRawPointer, _ bytes: UnsafePointer<UInt8>, _ count: Int)
    -> Int32
{
    let door = Door.at(door)
    let file = Array(UnsafeBufferPointer(start: bytes, count: count))
    door.loaded = try? PhotoEngine.Loaded(file)
    return door.loaded == nil ? -1 : 0
}

/// Decodes the loaded picture: what is timed. The number of symbols, or -1.
@c(tote_vectors_decode)
public func decode(_ door: UnsafeMutableRawPointer) -> Int32 {
    let door = Door.at(door)
    guard let loaded = door.loaded, let result = try? door.engine.decode(loaded) else { return -1 }
    door.result = result
    return Int32(result.symbols.count)
}

/// From the bytes of a picture file to its symbols. Their number, or -1.
@c(tote_vectors_scan)
public func scan(_ door: UnsafeMutableRawPointer, _ bytes: UnsafePointer<UInt8>, _ count: Int)
    -> Int32
{
    let door = Door.at(door)
    let file = Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let result = try? door.engine.scan(file) else { return -1 }
    door.result = result
    return Int32(result.symbols.count)
}

/// `{"answers": [{"symbology", "text"}…], "steps": [text…]}` of the last decoding.
@c(tote_vectors_answers)
public func answers(_ door: UnsafeMutableRawPointer) -> UnsafePointer<CChar>? {
    let door = Door.at(door)
    let answers = door.result.symbols.map { PhotoRules.Answer($0).json }
    return door.say(
        .object(["answers": .array(answers), "steps": .strings(door.result.stepsRun)]))
}

/// Judges `{"photo": {"path", "symbology", "tier", "expected", "also"}, "answers": […]}`, an
/// engine's answers to one picture: `{"read": bool, "misreads": […]}`; NULL if it is not that.
@c(tote_vectors_judge)
public func judge(_ door: UnsafeMutableRawPointer, _ json: UnsafePointer<UInt8>, _ count: Int)
    -> UnsafePointer<CChar>?
{
    let bytes = Array(UnsafeBufferPointer(start: json, count: count))
    guard let value = try? StrictJSON.parse(bytes, limits: .document),
        let photo = value["photo"].flatMap({ Photo($0) }),
        case .array(let given)? = value["answers"]
    else { return nil }
    let verdict = PhotoRules.judge(photo, given.compactMap(PhotoRules.Answer.init))
    return Door.at(door).say(
        .object(["read": .bool(verdict.isRead), "misreads": .array(verdict.misreads.map(\.json))]))
}
