import ToteMessages
import TotePayments

extension Problem {
    /// What a failure of settlement or exit is to a device; the rest as for every service.
    init(settling error: any Error) {
        if let error = error as? SettlementError {
            self.init(error)
        } else {
            self.init(storing: error)
        }
    }
}
