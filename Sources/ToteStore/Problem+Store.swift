import GRDB
import ToteMessages
import TotePayments
import ToteStorage

extension Problem {
    /// What a failure inside the store is to a device: no SQL, no path.
    init(storeFailure error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as SettlementError: self.init(error)
        case is DatabaseError, is StorageError: self.init(StorageError(error, path: ""))
        default: self = .internalError
        }
    }

    private init(_ error: StorageError) {
        switch error.code {
        case .full: self = .storageFull()
        case .busy: self = .busy()
        default: self = .internalError
        }
    }
}
