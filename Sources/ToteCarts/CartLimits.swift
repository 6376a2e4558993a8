/// The limits of `cart-sync.md` section 5. A device checks them before the beep.
public enum CartLimits {
    public static let codeBytes = 512
    public static let textBytes = 200
    public static let unitsOfOneScan = 1...999
    public static let gramsOfOneScan = 1...99_999
    public static let targetsOfOneVoid = 200
    public static let operationsOfOnePush = 100
    public static let bytesOfOnePush = 65_536
    public static let entriesOfOneAnswer = 500
    public static let liveUnits = 2000
    public static let lines = 300
    public static let logEntries: Int64 = 10_000
    public static let devices = 8
    public static let streams = 64
    /// Of one member.
    public static let openCarts = 10
}
