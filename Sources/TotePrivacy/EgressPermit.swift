/// The right to send one request: made only by `EgressLedger`, used up by `StoreConnection.send`
/// (EGR-1). Without a purpose and a ledger row a socket cannot be reached.
public struct EgressPermit: ~Copyable, Sendable {
    /// The row of the ledger that this request will close.
    public let row: Int64
    public let purpose: Purpose
    /// Host and port as the connection names them; a permit for one host opens no other.
    public let host: String

    init(row: Int64, purpose: Purpose, host: String) {
        self.row = row
        self.purpose = purpose
        self.host = host
    }
}
