import ToteVectorRules

/// What was asked for after `photos DIR`.
struct PhotoOptions {
    private(set) var rounds = 3
    private(set) var lines: String?
    private(set) var results: String?
    private(set) var check: String?
    private(set) var record: String?
    private(set) var scoresAddOns = false
    private var only: String?
    private var tier: Photo.Tier?
    private var symbology: String?
    private var fold: Int?

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let option = rest.popFirst() {
            if option == "--add-ons" {
                scoresAddOns = true
                continue
            }
            guard let value = rest.popFirst() else {
                throw UsageError(message: "\(option) wants a value")
            }
            switch option {
            case "--rounds": rounds = try number(option, value, in: 1...100)
            case "--only": only = value
            case "--symbology": symbology = value
            case "--tier":
                guard let named = Photo.Tier(rawValue: value) else {
                    throw UsageError(message: "unknown tier '\(value)'")
                }
                tier = named
            case "--fold": fold = try number(option, value, in: 0...1)
            case "--jsonl": lines = value
            case "--results": results = value
            case "--check": check = value
            case "--record": record = value
            default: throw UsageError(message: "unknown option \(option)")
            }
        }
        let isPart = only != nil || fold != nil || tier != nil || symbology != nil
        if check != nil || record != nil, isPart {
            throw UsageError(message: "--check and --record are for all pictures")
        }
    }

    func wants(_ photo: Photo) -> Bool {
        (tier.map { photo.tier == $0 } ?? (photo.tier != .extra))
            && (symbology.map { photo.symbology == $0 } ?? true)
            && (only.map(photo.path.contains) ?? true)
            && (fold == nil || photo.fold == fold)
    }

    private func number(
        _ option: String, _ text: String, in range: ClosedRange<Int>
    ) throws -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw UsageError(
                message: "\(option) is \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return value
    }
}
