import Testing
import ToteCamera
import ToteValues

@Suite("A camera that is unplugged and comes back")
struct CameraFeedTests {
    /// Gives so many frames and is gone.
    private final class Plugged: FrameSource {
        private var left: Int
        init(_ frames: Int) { left = frames }

        func next() throws(CameraError) -> FrameDelivery {
            guard left > 0 else {
                throw CameraError(code: .cameraLost, message: "gone", mend: "plug it in")
            }
            left -= 1
            let frame = Frame(
                pixels: [1], width: 1, height: 1, stride: 1, origin: FrameOrigin(source: .camera))
            return frame.map(FrameDelivery.frame) ?? .nothing
        }
    }

    private final class Desk {
        var time: Int64 = 0
        var attempts: [Int64] = []
        /// Until when there is no camera.
        var absentUntil: Int64 = 0

        func open() throws(CameraError) -> any FrameSource {
            attempts.append(time)
            guard time >= absentUntil else {
                throw CameraError(code: .cameraMissing, message: "none", mend: "")
            }
            return Plugged(2)
        }
    }

    @Test("lost is said once, it is tried every two seconds, and numbers go on rising (VID-6)")
    func reconnects() throws {
        let desk = Desk()
        var feed = try CameraFeed(clock: { desk.time }) { () throws(CameraError) in
            try desk.open()
        }
        desk.absentUntil = 5000
        var log: [String] = []
        var sequences: [UInt64] = []
        while desk.time < 7000 {
            switch try feed.next() {
            case .frame(let frame): sequences.append(frame.origin.sequence)
            case .lost: log.append("lost")
            case .back: log.append("back at \(desk.time)")
            case .wait(let milliseconds):
                #expect((1...250).contains(milliseconds))
                desk.time += milliseconds
            case .nothing, .end: log.append("unexpected")
            }
        }
        #expect(log == ["lost", "back at 6000", "lost"])
        #expect(sequences == [0, 1, 2, 3])
        #expect(zip(desk.attempts, desk.attempts.dropFirst()).allSatisfy { $1 - $0 >= 2000 })
    }

    @Test("a camera that never was there is an error")
    func missing() {
        let error = #expect(throws: CameraError.self) {
            _ = try CameraFeed(clock: { 0 }) { () throws(CameraError) in
                try CameraPath.open("/nonexistent/video0", world: .still)
            }
        }
        #expect(error?.code == .cameraMissing)
        #expect(error?.mend.isEmpty == false)
    }

    @Test("a damaged recording is not awaited")
    func damaged() throws {
        let folder = try FilmFolder()
        let path = try folder.write(Array("YUV4MPEG2 W1 H1 F1:1 Cmono\nFRUME".utf8), "f.y4m")
        var feed = try CameraFeed(clock: { 0 }) { () throws(CameraError) in
            try CameraPath.open(path, world: .still)
        }
        let error = #expect(throws: CameraError.self) { _ = try feed.next() }
        #expect(error?.code == .streamMalformed)
    }
}
