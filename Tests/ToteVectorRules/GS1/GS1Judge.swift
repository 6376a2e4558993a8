import ToteBarcodes
import ToteValues

/// Judges vectors by VEC-1 to VEC-9, family by family.
package struct GS1Judge {
    /// `today` of all vectors (VEC-1).
    static let today = CalendarDay(text: "2026-06-30") ?? CalendarDay(daysSince1970: 0)

    /// Families of operations; each has a file of its own.
    package enum Family: String, CaseIterable, Sendable {
        case linters, elements, messages, links, numbers, templates, prefixes, extraction, parsing
        case regions, interpretations, compression
    }

    private var linters = LinterRules()
    /// Fields that were left out of comparisons, and how often.
    package private(set) var fieldsLeftOut: [String: Int] = [:]

    package init() {}

    package static func family(of operation: String) -> Family? {
        switch operation {
        case "gs1.linter", "gs1.aiLinter", "gs1.errMarkup": .linters
        case "gs1.parseAIdata", "gs1.processAIdata", "gs1.validateAIs", "gs1.existsInAIdata":
            .elements
        case "gs1.processScanData", "gs1.generateScanData": .messages
        case "gs1.parseDLuri", "gs1.generateDLuri", "gs1.URIescape", "gs1.URIunescape": .links
        case "gs1.priceVerifier4", "gs1.priceVerifier5", "upce.expand", "gtin.normalise",
            "rcn.parse":
            .numbers
        case "template.compile", "template.match", "template.create", "template.embed":
            .templates
        case "code.interpretations": .interpretations
        case "dl.compress", "dl.decompress": .compression
        default: operation.hasPrefix("biip.") ? biipFamily(of: operation) : nil
        }
    }

    /// The reference names its operations after its tests.
    private static func biipFamily(of operation: String) -> Family? {
        let name = operation.dropFirst("biip.".count)
        if name.hasPrefix("region_") || name.hasPrefix("without_variable") { return .regions }
        if name.hasPrefix("extract") { return .extraction }
        if name.contains("gs1_") && name.contains("prefix") || name.contains("check_digit") {
            return .prefixes
        }
        if name.hasPrefix("as_") || name.hasPrefix("from_") || name.hasPrefix("parse") {
            return .parsing
        }
        return nil
    }

    /// Why lines of a tier are not judged.
    static let skippedTiers = ["needs-gcp-lookup": "needs a GS1 Company Prefix database"]

    package mutating func judge(_ vector: GS1Vector) -> GS1Verdict {
        if let reason = Self.skippedTiers[vector.tier] { return .skipped(reason) }
        switch Self.family(of: vector.operation) {
        case .linters: return linters.judge(vector)
        case .elements: return ElementFormRules.judge(vector)
        case .messages: return ScanMessageRules.judge(vector)
        case .links: return LinkRules.judge(vector)
        case .compression: return CompressionRules.judge(vector)
        case .numbers: return NumberRules.judge(vector)
        case .templates: return TemplateRules.judge(vector)
        case .prefixes: return PrefixRules.judge(vector)
        case .extraction: return compare(ExtractionRules.describe(vector), vector)
        case .parsing: return compare(ParsingRules.describe(vector), vector)
        case .regions: return compare(RegionRules.describe(vector), vector)
        case .interpretations: return compare(InterpretationRules.describe(vector), vector)
        case nil: return .failed(expected: "a known operation", got: vector.operation)
        }
    }

    private mutating func compare(_ outcome: FieldOutcome, _ vector: GS1Vector) -> GS1Verdict {
        switch outcome {
        case .skipped(let reason): return .skipped(reason)
        case .refused(let reason): return .accepts(vector, false, reason)
        case .read(let readings):
            guard vector.isAccepted else {
                return .accepts(vector, true, readings.first?.words ?? "")
            }
            guard vector.expected != .null else { return .passed }
            var best: FieldComparison?
            for reading in readings {
                let comparison = FieldComparison(expected: vector.expected, got: reading)
                if comparison.difference == nil {
                    for (field, count) in comparison.leftOut {
                        fieldsLeftOut[field, default: 0] += count
                    }
                    return .passed
                }
                best = best ?? comparison
            }
            let difference = best?.difference ?? "nothing"
            return .failed(expected: vector.expected.words, got: difference)
        }
    }
}

/// What a family that is compared field by field makes of a vector.
enum FieldOutcome {
    /// Any of these may be what is expected: the operations are named alike for several classes.
    case read([JSONValue])
    case refused(String)
    case skipped(String)

    static func read(_ value: JSONValue?) -> FieldOutcome {
        value.map { .read([$0]) } ?? .refused("no such reading")
    }

    static func text(_ value: String?) -> FieldOutcome { read(value.map { .string($0) }) }
}
