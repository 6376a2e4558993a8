import ToteValues

/// What happened on a trip of several devices, in the order of the clock.
struct TripTrace {
    enum Step {
        case scan(device: Int, code: String, units: Int)
        /// One unit of the scan with this number, from 0.
        case void(device: Int, scan: Int)
        case sync(device: Int)
    }

    let devices: Int
    let steps: [Step]

    init(bytes: [UInt8]) throws {
        var reader = try JSONField(try StrictJSON.parse(bytes, limits: .document)).object()
        devices = Int(try reader.required("devices").integer(in: 1...8))
        steps = try reader.required("steps").array().map { field in
            var step = try field.object()
            let device = Int(try step.required("device").integer(in: 0...7))
            if let code = step.optional("scan") {
                let units = Int(try step.required("units").integer(in: 1...999))
                let text = try code.string(maxBytes: 32)
                return .scan(device: device, code: text, units: units)
            }
            if let scan = step.optional("void") {
                let number = Int(try scan.integer(in: 0...100_000))
                return .void(device: device, scan: number)
            }
            return .sync(device: device)
        }
    }
}
