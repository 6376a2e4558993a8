// A camera behind Video for Linux 2: four mapped buffers, streaming, brightness only. The door to
// CV4L2; no pointer of it leaves this file.
//
// Newest frame wins (VID-5): all filled buffers are taken and given back but the last. When all
// four were full, the device had none left to fill and even the last is old, so the next one is
// awaited.

#if os(Linux)
    import CV4L2
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif
    import ToteValues

    final class V4L2Camera: FrameSource {
        private static let bufferCount: UInt32 = 4
        private static let wantedFramesPerSecond: UInt32 = 30
        private static let pollMilliseconds: Int32 = 250
        /// A camera that gives nothing for so long is as good as gone, milliseconds.
        private static let longestSilence: Int64 = 5000

        private let path: String
        private let device: Int32
        private let reader: LumaReader
        private var buffers: [UnsafeRawBufferPointer] = []
        private let clock: @Sendable () -> Int64
        /// Wall-clock time of uptime 0 as it was at the start: frame times must only grow.
        private let epoch: Int64
        private var lastFrameAt: Int64

        /// - Throws: `cameraMissing`, `notACamera`, `cameraBusy`, `noUsableFormat`.
        init(path: String, world: World) throws(CameraError) {
            self.path = path
            clock = world.uptimeMilliseconds
            lastFrameAt = clock()
            epoch = world.now().milliseconds - lastFrameAt
            device = systemOpen(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            guard device >= 0 else { throw errno == EBUSY ? .busy(path) : .missing(path) }
            do {
                reader = try Self.configure(device, path)
            } catch {
                close(device)
                throw error
            }
            try startStreaming()
        }

        deinit {
            _ = cv4l2_stream(device, 0)
            for buffer in buffers {
                munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
            }
            close(device)
        }

        func next() throws(CameraError) -> FrameDelivery {
            var request = pollfd(fd: device, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, Self.pollMilliseconds)
            if ready < 0, errno == EINTR { return .nothing }
            guard ready >= 0, Int32(request.revents) & (POLLERR | POLLHUP | POLLNVAL) == 0 else {
                throw .lost(path)
            }
            guard ready > 0, let newest = try newestBuffer() else {
                guard clock() - lastFrameAt <= Self.longestSilence else { throw .lost(path) }
                return .nothing
            }
            lastFrameAt = clock()
            let frame = frame(in: newest)
            guard cv4l2_queue(device, newest.index) == 0 else { throw .lost(path) }
            return frame.map(FrameDelivery.frame) ?? .nothing
        }

        private struct Filled {
            let index: UInt32
            let used: Int
            let isDamaged: Bool
        }

        /// `nil` when there is none, or when what there was is old.
        private func newestBuffer() throws(CameraError) -> Filled? {
            var newest: Filled?
            var count = 0
            while count < buffers.count, let filled = try dequeue() {
                count += 1
                if let old = newest { try giveBack(old) }
                newest = filled
            }
            guard count < buffers.count || count == 1 else {
                if let newest { try giveBack(newest) }
                return nil
            }
            return newest
        }

        private func giveBack(_ filled: Filled) throws(CameraError) {
            guard cv4l2_queue(device, filled.index) == 0 else { throw .lost(path) }
        }

        private func dequeue() throws(CameraError) -> Filled? {
            var index: UInt32 = 0
            var used: UInt32 = 0
            var isDamaged: Int32 = 0
            guard cv4l2_dequeue(device, &index, &used, &isDamaged) == 0 else {
                if errno == EAGAIN { return nil }
                throw .lost(path)
            }
            guard buffers.indices.contains(Int(index)) else { throw .lost(path) }
            return Filled(index: index, used: Int(used), isDamaged: isDamaged != 0)
        }

        private func frame(in filled: Filled) -> Frame? {
            guard !filled.isDamaged else { return nil }
            let buffer = buffers[Int(filled.index)]
            let taken = Moment(milliseconds: epoch + lastFrameAt)
            return reader.frame(
                in: UnsafeRawBufferPointer(rebasing: buffer.prefix(filled.used)),
                origin: FrameOrigin(source: .camera, takenAt: taken))
        }

        private func startStreaming() throws(CameraError) {
            var count = Self.bufferCount
            guard cv4l2_take_buffers(device, &count) == 0, count > 0 else {
                throw errno == EBUSY ? .busy(path) : .notACamera(path)
            }
            for index in 0..<count {
                var length: UInt32 = 0
                guard let memory = cv4l2_map(device, index, &length) else {
                    throw .notACamera(path)
                }
                buffers.append(UnsafeRawBufferPointer(start: memory, count: Int(length)))
                guard cv4l2_queue(device, index) == 0 else { throw .notACamera(path) }
            }
            guard cv4l2_stream(device, 1) == 0 else {
                throw errno == EBUSY ? .busy(path) : .notACamera(path)
            }
        }
    }

    extension V4L2Camera {
        private static func configure(
            _ device: Int32, _ path: String
        ) throws(CameraError) -> LumaReader {
            var canCapture: Int32 = 0
            guard cv4l2_can_capture(device, &canCapture) == 0, canCapture != 0 else {
                throw .notACamera(path)
            }
            guard let mode = CameraMode.best(of: modes(device)) else { throw .noUsableFormat(path) }
            var fourCC = mode.format.fourCC
            var width = UInt32(mode.width)
            var height = UInt32(mode.height)
            var stride: UInt32 = 0
            guard cv4l2_set_format(device, &fourCC, &width, &height, &stride) == 0 else {
                throw errno == EBUSY ? .busy(path) : .noUsableFormat(path)
            }
            guard let format = PixelFormat(fourCC: fourCC),
                let reader = LumaReader(
                    format: format, width: Int(width), height: Int(height),
                    stride: format == .mjpeg ? 0 : Int(stride))
            else { throw .noUsableFormat(path) }
            // Not every camera can be told its rate.
            _ = cv4l2_set_rate(device, wantedFramesPerSecond)
            return reader
        }

        /// A driver may list without end; real ones have some dozens.
        private static let mostListed: UInt32 = 256

        private static func modes(_ device: Int32) -> [CameraMode] {
            var modes: [CameraMode] = []
            for index in 0..<mostListed {
                var fourCC: UInt32 = 0
                guard cv4l2_format_at(device, index, &fourCC) == 0 else { break }
                guard let format = PixelFormat(fourCC: fourCC) else { continue }
                modes += sizes(device, format).map { size in
                    CameraMode(
                        format: format, width: size.width, height: size.height,
                        framesPerSecond: rate(device, format, size.width, size.height))
                }
            }
            return modes
        }

        /// The usual sizes where a camera takes any, or does not say.
        private static let usualSizes = [(640, 480), (1280, 720), (1920, 1080)]

        private static func sizes(
            _ device: Int32, _ format: PixelFormat
        ) -> [(width: Int, height: Int)] {
            var sizes: [(width: Int, height: Int)] = []
            for index in 0..<mostListed {
                var width: UInt32 = 0
                var height: UInt32 = 0
                var isRange: Int32 = 0
                guard
                    cv4l2_size_at(device, format.fourCC, index, &width, &height, &isRange) == 0
                else { break }
                guard isRange != 0 else {
                    sizes.append((Int(width), Int(height)))
                    continue
                }
                return usualSizes.filter { $0.0 <= Int(width) && $0.1 <= Int(height) }
            }
            return sizes.isEmpty ? usualSizes.map { ($0.0, $0.1) } : sizes
        }

        private static func rate(
            _ device: Int32, _ format: PixelFormat, _ width: Int, _ height: Int
        ) -> Double? {
            var fastest: Double?
            for index in 0..<mostListed {
                var numerator: UInt32 = 0
                var denominator: UInt32 = 0
                guard
                    cv4l2_interval_at(
                        device, format.fourCC, UInt32(width), UInt32(height), index, &numerator,
                        &denominator) == 0
                else { break }
                guard numerator > 0 else { continue }
                fastest = max(fastest ?? 0, Double(denominator) / Double(numerator))
            }
            return fastest
        }
    }
#endif
