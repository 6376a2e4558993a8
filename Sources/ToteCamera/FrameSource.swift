public import ToteValues

/// Where frames come from: a camera, or a stream that was recorded. One reader, one thread.
public protocol FrameSource: AnyObject {
    /// Waits for a frame, a quarter of a second at the most.
    ///
    /// A live source gives the newest frame and drops older ones (VID-5); a recorded one gives each
    /// in turn. `Frame.origin.takenAt` never goes backwards within one source.
    /// - Throws: `cameraLost`, or what is wrong with a recording.
    func next() throws(CameraError) -> FrameDelivery
}

/// What a source has to give.
public enum FrameDelivery: Sendable {
    case frame(Frame)
    /// No frame came in time, or the one that came was damaged.
    case nothing
    /// A recording is over.
    case end
}
