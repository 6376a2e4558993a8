/// Why decoding could not run at all. Finding no code is no error but an empty result.
public struct DecodingError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        /// libzbar gave no scanner.
        case scannerUnavailable
        /// libzbar refused the picture.
        case badFrame
    }

    public let code: Code

    public static let scannerUnavailable = DecodingError(code: .scannerUnavailable)
    public static let badFrame = DecodingError(code: .badFrame)

    public var message: String {
        switch code {
        case .scannerUnavailable: "The barcode scanner could not be started."
        case .badFrame: "The barcode scanner refused the picture."
        }
    }

    public var mend: String {
        switch code {
        case .scannerUnavailable: "Check that libzbar is installed and memory is free."
        case .badFrame: "Take the picture again."
        }
    }
}
