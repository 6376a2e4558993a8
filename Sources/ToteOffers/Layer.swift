/// A round of promotions; each sees the prices the rounds before it left (OFF-20). Only `basket`
/// works on lines, every other layer packs units into applications.
public struct Layer: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let item = Layer(rawValue: "item")
    public static let storeCoupon = Layer(rawValue: "storeCoupon")
    /// Shares of this layer may stay taxable (OFF-28, OFF-51).
    public static let mfrCoupon = Layer(rawValue: "mfrCoupon")
    public static let basket = Layer(rawValue: "basket")

    /// The layers this build knows, in their usual order.
    public static let standard: [Layer] = [.item, .storeCoupon, .mfrCoupon, .basket]

    public var description: String { rawValue }
}
