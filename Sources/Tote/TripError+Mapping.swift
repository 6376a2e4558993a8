import ToteBarcodes
import ToteCarts
import ToteCatalogue
import ToteMembers
import ToteMessages
import ToteOffers
import ToteStorage
import ToteSync

// One place where every module's error becomes the trip's: its code stays, its exit code is
// decided here.

extension TripError {
    init(_ error: StorageError) {
        let kind: FailureKind =
            switch error.code {
            case .busy: .tryLater
            case .unsafeMode: .permission
            case .cannotOpen: .cannotCreate
            default: .io
            }
        self.init(
            code: error.code.rawValue, kind: kind, message: error.message, mend: error.mend)
    }

    init(_ error: BarcodeError) {
        self.init(
            code: error.code.rawValue, kind: .data, message: error.message, mend: error.mend)
    }

    init(_ error: CatalogueError) {
        let kind: FailureKind = error.code == .notInstalled ? .configuration : .data
        self.init(
            code: error.code.rawValue, kind: kind, message: error.message, mend: error.mend)
    }

    init(_ error: CartError) {
        let kind: FailureKind =
            switch error.code {
            case .quantityOutOfRange: .usage
            case .storageFull, .storageReadOnly, .storage, .damaged: .io
            case .busy: .tryLater
            default: .data
            }
        self.init(
            code: error.code.rawValue, kind: kind, message: error.message, mend: error.mend)
    }

    init(_ error: MemberError) {
        let kind: FailureKind =
            switch error.code {
            case .vaultUnsafe: .permission
            case .storage: .io
            default: .data
            }
        self.init(
            code: error.code.rawValue, kind: kind, message: error.message, mend: error.mend)
    }

    init(_ error: PricingError) {
        let fault = error.faults.first
        self.init(
            code: fault?.code.rawValue ?? "pricing", kind: .data,
            message: "The cart cannot be priced: \(fault?.detail ?? "").",
            mend: "Ask an associate; the cart is kept as it is.")
    }

    /// An error answer of the store.
    init(_ problem: Problem) {
        let kind: FailureKind =
            switch problem.status {
            case 401, 403: .permission
            case 429, 503, 507: .tryLater
            case 500...: .tryLater
            default: .data
            }
        self.init(
            code: problem.code.rawValue, kind: kind,
            message: problem.detail ?? "The store refused: \(problem.code.rawValue).",
            mend: Self.mend(problem, kind))
    }

    private static func mend(_ problem: Problem, _ kind: FailureKind) -> String {
        if tenderCodes.contains(problem.code.rawValue) {
            return "Nothing was taken. Pay again with another tender: tote pay"
        }
        if let seconds = problem.retryAfterSeconds { return "Try again in \(seconds) s." }
        return kind == .permission ? "Sign in again: tote login" : "Show the cart again."
    }

    /// The store refused a tender, not the cart.
    private static let tenderCodes: Set = [
        "tenderSumMismatch", "tenderNotOffered", "sameTenderTwice", "looksLikeCardNumber",
        "amount", "unknownTender", "notYourTender", "insufficientPoints", "tenderChanged",
    ]

    static func unreachable(_ host: String) -> TripError {
        TripError(
            code: "unreachable", kind: .unreachable,
            message: "The store at \(host) does not answer.",
            mend: "Scanning goes on without it; try again when you are connected.")
    }

    static let nonsense = TripError(
        code: "nonsense", kind: .unreachable, message: "The store's answer makes no sense.",
        mend: "Check the store's address (TOTE_STORE); nothing was changed.")

    static let noStore = TripError(
        code: "noStore", kind: .configuration, message: "No store has been named yet.",
        mend: "Name it with --store URL or TOTE_STORE.")

    static let notSignedIn = TripError(
        code: "notSignedIn", kind: .permission, message: "Nobody is signed in on this device.",
        mend: "Sign in: tote login")
}
