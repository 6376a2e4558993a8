public import ToteBarcodes
public import ToteCatalogue
public import ToteValues

/// Which line of the cart is meant.
public enum LineReference: Hashable, Sendable {
    /// 1, 2, 3 … as the cart shows them.
    case number(Int)
    /// An article number, or a code that was scanned or typed.
    case code(String)

    /// One to three digits are a line number, anything else a code.
    public init(text: String) {
        if text.utf8.count <= 3, let number = DecimalText.unsigned(text) {
            self = .number(Int(number))
        } else {
            self = .code(text)
        }
    }
}

/// What a scan did. It is committed: from here on it survives a crash.
public struct ScanOutcome: Hashable, Sendable {
    /// Where the scan's units are now. A new scan is in the cart; a repeated intent tells of the
    /// first one, and that may have gone on since.
    public enum Standing: String, Hashable, Sendable, CaseIterable {
        case inCart
        /// In the bag, but it cannot be sold now.
        case waiting
        case paid
        /// Taken out by somebody, or refused by the store.
        case removed
    }

    public let dots: [Dot]
    /// The line the scan went to. When it is in no line, number 0 and without amounts.
    public let line: LineView
    public let cart: CartView
    public let standing: Standing

    public init(dots: [Dot], line: LineView, cart: CartView, standing: Standing = .inCart) {
        self.dots = dots
        self.line = line
        self.cart = cart
        self.standing = standing
    }
}

/// What a code is, without adding it.
public struct CodeExplanation: Sendable {
    public let scanned: ScannedCode?
    /// Every part of it, in words.
    public let parts: [CodePart]
    public let item: PricedItem?
    /// All that have the code, where several do; none is preferred.
    public let candidates: [PricedItem]
    public let diagnosis: Diagnosis?
    /// Why it cannot be bought; `nil` when it can.
    public let error: TripError?

    public init(
        scanned: ScannedCode?, parts: [CodePart] = [], item: PricedItem?,
        candidates: [PricedItem] = [], diagnosis: Diagnosis? = nil, error: TripError? = nil
    ) {
        self.scanned = scanned
        self.parts = parts
        self.item = item
        self.candidates = candidates
        self.diagnosis = diagnosis
        self.error = error
    }
}

/// What `prepare` found or fetched.
public struct PrepareReport: Hashable, Sendable {
    public let storeName: String
    public let catalogueVersion: Int64
    public let bookVersion: BookVersion
    public let articles: Int
    public let updated: Bool
    public let offline: Bool

    public init(
        storeName: String, catalogueVersion: Int64, bookVersion: BookVersion, articles: Int,
        updated: Bool, offline: Bool
    ) {
        self.storeName = storeName
        self.catalogueVersion = catalogueVersion
        self.bookVersion = bookVersion
        self.articles = articles
        self.updated = updated
        self.offline = offline
    }
}

/// What the shopper does elsewhere to sign in (RFC 8628 section 3.2).
public struct SignInPrompt: Hashable, Sendable, JSONWritable {
    /// `XXXX-XXXX`.
    public let userCode: String
    public let verificationURI: String
    public let verificationURIComplete: String
    public let expiresInSeconds: Int

    public init(
        userCode: String, verificationURI: String, verificationURIComplete: String,
        expiresInSeconds: Int
    ) {
        self.userCode = userCode
        self.verificationURI = verificationURI
        self.verificationURIComplete = verificationURIComplete
        self.expiresInSeconds = expiresInSeconds
    }

    public var json: JSONValue {
        .object([
            "userCode": .string(userCode), "verificationUri": .string(verificationURI),
            "verificationUriComplete": .string(verificationURIComplete),
            "expiresIn": .integer(Int64(expiresInSeconds)),
        ])
    }
}

/// Who is signed in on this device.
public struct Membership: Hashable, Sendable, JSONWritable {
    public let name: String
    /// `active`, `suspended` …
    public let state: String
    /// `gold` …; `nil` without a tier.
    public let tier: String?
    public let points: Int64?
    /// `signedIn` …
    public let assurance: String
    public let expiresAt: Moment

    public init(
        name: String, state: String, tier: String?, points: Int64?, assurance: String,
        expiresAt: Moment
    ) {
        self.name = name
        self.state = state
        self.tier = tier
        self.points = points
        self.assurance = assurance
        self.expiresAt = expiresAt
    }

    public var json: JSONValue {
        .object([
            "name": .string(name), "state": .string(state), "tier": tier.map { .string($0) },
            "points": points.map { .integer($0) }, "assurance": .string(assurance),
            "expiresAt": .string(expiresAt.text),
        ])
    }
}

/// One tender as the shopper chooses it (SPL-1).
public struct TenderChoice: Hashable, Sendable {
    /// `giftCard`, `points`, `cardOnFile`, `newCard` …
    public let kind: String
    /// Minor units; `nil` is `rest`, at most once and last.
    public let amountMinor: Int64?
    /// Gift card number or tender token, where the kind needs one.
    public let reference: String?

    public init(kind: String, amountMinor: Int64?, reference: String?) {
        self.kind = kind
        self.amountMinor = amountMinor
        self.reference = reference
    }
}

/// How a payment stands.
public struct PaymentView: Hashable, Sendable, JSONWritable {
    /// `captured`, `partiallyAuthorised`, `voided` …
    public let state: String
    public let ordinal: Int32
    public let currency: Currency
    public let totalMinor: Int64
    public let capturedMinor: Int64
    /// What no tender covers yet.
    public let openMinor: Int64
    public let legs: [PaymentLegView]
    /// The receipt's id, once paid.
    public let receiptID: String?

    public init(
        state: String, ordinal: Int32, currency: Currency, totalMinor: Int64, capturedMinor: Int64,
        openMinor: Int64, legs: [PaymentLegView], receiptID: String?
    ) {
        self.state = state
        self.ordinal = ordinal
        self.currency = currency
        self.totalMinor = totalMinor
        self.capturedMinor = capturedMinor
        self.openMinor = openMinor
        self.legs = legs
        self.receiptID = receiptID
    }

    public var json: JSONValue {
        .object([
            "state": .string(state), "ordinal": .integer(Int64(ordinal)),
            "currency": .string(currency.code), "total": .integer(totalMinor),
            "captured": .integer(capturedMinor), "open": .integer(openMinor),
            "legs": .array(legs.map(\.json)), "receipt": receiptID.map { .string($0) },
        ])
    }
}

/// One tender's part of a payment, minor units.
public struct PaymentLegView: Hashable, Sendable, JSONWritable {
    public let number: Int
    public let kind: String
    public let state: String
    public let plannedMinor: Int64
    public let capturedMinor: Int64
    /// Why it was declined, in a stable word.
    public let declined: String?

    public init(
        number: Int, kind: String, state: String, plannedMinor: Int64, capturedMinor: Int64,
        declined: String?
    ) {
        self.number = number
        self.kind = kind
        self.state = state
        self.plannedMinor = plannedMinor
        self.capturedMinor = capturedMinor
        self.declined = declined
    }

    public var json: JSONValue {
        .object([
            "number": .integer(Int64(number)), "kind": .string(kind), "state": .string(state),
            "planned": .integer(plannedMinor), "captured": .integer(capturedMinor),
            "declined": declined.map { .string($0) },
        ])
    }
}

/// The pass that opens the gate, as text for a QR code.
public struct ExitPassView: Hashable, Sendable, JSONWritable {
    /// Base45, 153 characters, spaces are data.
    public let text: String
    public let pieces: Int
    /// `captured`, `nothingBought` …
    public let basis: String
    public let expiresAt: Moment
    /// Whole minutes left, rounded up; 0 when over.
    public let minutesLeft: Int

    public init(text: String, pieces: Int, basis: String, expiresAt: Moment, minutesLeft: Int) {
        self.text = text
        self.pieces = pieces
        self.basis = basis
        self.expiresAt = expiresAt
        self.minutesLeft = minutesLeft
    }

    public var json: JSONValue {
        .object([
            "pass": .string(text), "pieces": .integer(Int64(pieces)), "basis": .string(basis),
            "expiresAt": .string(expiresAt.text), "minutesLeft": .integer(Int64(minutesLeft)),
        ])
    }
}

/// One thing that `doctor` looked at.
public struct DoctorFinding: Hashable, Sendable, JSONWritable {
    public let name: String
    public let isHealthy: Bool
    public let detail: String
    /// What to do; empty when healthy.
    public let mend: String

    public init(name: String, isHealthy: Bool, detail: String, mend: String) {
        self.name = name
        self.isHealthy = isHealthy
        self.detail = detail
        self.mend = mend
    }

    public var json: JSONValue {
        .object([
            "name": .string(name), "ok": .bool(isHealthy), "detail": .string(detail),
            "mend": .string(mend),
        ])
    }
}
