import Foundation
import ToteValues

/// The checks of OFF-76 on a promotion whose shape is right. The first fault is reported.
enum PromotionRules {
    static func check(
        _ promotion: Promotion, layers: Set<Layer>
    ) throws(PromotionFault) {
        guard (1...200).contains(promotion.id.utf8.count) else {
            throw PromotionFault(promotion.id.isEmpty ? .outOfRange : .textTooLong, "/id")
        }
        guard layers.contains(promotion.layer) else {
            throw PromotionFault(.unknownLayer, "/layer")
        }
        if case .basket = promotion.kind {
            guard promotion.layer == .basket else { throw PromotionFault(.typeNotInLayer, "/type") }
        } else {
            guard promotion.layer != .basket else { throw PromotionFault(.typeNotInLayer, "/type") }
        }
        try check(promotion.kind)
        try check(promotion.select, "/select")
        try checkLimits(promotion)
        if let schedule = promotion.schedule { try check(schedule) }
        try checkTexts(promotion)
    }

    private static func checkLimits(_ promotion: Promotion) throws(PromotionFault) {
        for (name, value) in [
            ("maxApplications", promotion.maxApplications), ("perMember", promotion.perMember),
            ("budgetRemaining", promotion.budgetRemaining), ("maxDiscount", promotion.maxDiscount),
        ] {
            if let value { try range(value, 0..., "/\(name)") }
        }
    }

    private static func check(_ kind: PromotionKind) throws(PromotionFault) {
        switch kind {
        case .percentOff(let bp): try range(bp, 1...10000, "/bp")
        case .amountOff(let amount): try range(amount, 1..., "/amount")
        case .fixedPrice(let price): try range(price, 0..., "/price")
        case .nForPrice(let n, let price):
            try range(n, 1...24, "/n")
            try range(price, 0..., "/price")
        case .nPercent(let n, let bp):
            try range(n, 1...24, "/n")
            try range(bp, 1...10000, "/bp")
        case .buyXgetY(let buy, let get, let bp, _): try check(buy, get, bp)
        case .buyAgetB(let buy, let get, let bp, let reward):
            try check(buy, get, bp)
            try check(reward, "/reward")
        case .bundle(let slots, let benefit): try check(slots, benefit)
        case .couponAmount(let require, let amount):
            try range(require, 1...24, "/require")
            try range(amount, 1..., "/amount")
        case .couponFree(let require, let max):
            try range(require, 1...24, "/require")
            if let max { try range(max, 1..., "/max") }
        case .basket(let terms): try check(terms)
        }
    }

    private static func check(_ buy: Int64, _ get: Int64, _ bp: Int64) throws(PromotionFault) {
        try range(buy, 1...24, "/buy")
        try range(get, 1...(24 - Swift.min(buy, 23)), "/get")
        guard buy + get <= 24 else { throw PromotionFault(.outOfRange, "/buy") }
        try range(bp, 1...10000, "/bp")
    }

    private static func check(
        _ slots: [PromotionKind.Slot], _ benefit: PromotionKind.Benefit
    ) throws(PromotionFault) {
        guard (1...6).contains(slots.count) else { throw PromotionFault(.outOfRange, "/slots") }
        for (index, slot) in slots.enumerated() {
            try range(slot.n, 1...12, "/slots/\(index)/n")
            try check(slot.select, "/slots/\(index)/select")
        }
        guard slots.reduce(0, { $0 + $1.n }) <= 12 else {
            throw PromotionFault(.outOfRange, "/slots")
        }
        switch benefit {
        case .price(let price): try range(price, 0..., "/price")
        case .amount(let amount): try range(amount, 1..., "/amount")
        case .bp(let bp): try range(bp, 1...10000, "/bp")
        }
    }

    private static func check(_ terms: PromotionKind.BasketTerms) throws(PromotionFault) {
        var prefix = ""
        if case .tiers(let tiers) = terms {
            guard (1...20).contains(tiers.count) else {
                throw PromotionFault(.outOfRange, "/tiers")
            }
            guard Set(tiers.map(\.min)).count == tiers.count else {
                throw PromotionFault(.badTiers, "/tiers")
            }
            prefix = "/tiers/"
        }
        for (index, tier) in terms.tiers.enumerated() {
            let path = prefix.isEmpty ? "" : prefix + String(index)
            try range(tier.min, 0..., path + "/min")
            switch tier.value {
            case .amount(let amount): try range(amount, 1..., path + "/amount")
            case .bp(let bp): try range(bp, 1...10000, path + "/bp")
            }
        }
    }

    private static func check(_ selector: Selector, _ path: String) throws(PromotionFault) {
        for (name, list) in [
            ("skus", selector.skus), ("categories", selector.categories),
            ("brands", selector.brands),
        ] where list?.isEmpty == true {
            throw PromotionFault(.emptySelector, "\(path)/\(name)")
        }
        guard let not = selector.not else { return }
        var positive = selector
        positive.not = nil
        guard positive != not, !(positive.namesEverything && not.namesEverything) else {
            throw PromotionFault(.emptySelector, path + "/not")
        }
        try check(not, path + "/not")
    }

    private static func check(_ schedule: Promotion.Schedule) throws(PromotionFault) {
        let from = try minute(schedule.from, "/schedule/from")
        let until = try minute(schedule.until, "/schedule/until")
        if let from, let until, !from.precedes(until) {
            throw PromotionFault(.badSchedule, "/schedule/until")
        }
        for (index, day) in schedule.days.enumerated() where !LocalTime.weekdays.contains(day) {
            throw PromotionFault(.badSchedule, "/schedule/days/\(index)")
        }
        guard let hours = schedule.hours else { return }
        // 24:00 as an end says "to midnight", which no other value can.
        guard hours.count == 2, LocalTime.isClock(hours[0]),
            LocalTime.isClock(hours[1]) || hours[1] == "24:00", hours[0].precedes(hours[1])
        else { throw PromotionFault(.badSchedule, "/schedule/hours") }
    }

    private static func minute(_ text: String?, _ path: String) throws(PromotionFault) -> String? {
        guard let text else { return nil }
        guard let minute = LocalTime.minute(text) else { throw PromotionFault(.badSchedule, path) }
        return minute
    }

    private static func checkTexts(_ promotion: Promotion) throws(PromotionFault) {
        var all: [(String, String?)] = [
            ("/id", promotion.id), ("/funding", promotion.funding),
            ("/couponKind", promotion.couponKind), ("/reasonCode", promotion.reasonCode),
        ]
        for language in promotion.texts.keys.sortedByBytes() {
            all.append(("/texts/\(language)/title", promotion.texts[language]?.title))
            all.append(("/texts/\(language)/receipt", promotion.texts[language]?.receipt))
        }
        for (path, text) in all {
            guard let text else { continue }
            guard text.unicodeScalars.count <= 200 else { throw PromotionFault(.textTooLong, path) }
            guard
                !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }),
                text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(text.utf8)
            else { throw PromotionFault(.badText, path) }
        }
    }

    private static func range(
        _ value: Int64, _ range: some RangeExpression<Int64>, _ path: String
    ) throws(PromotionFault) {
        guard range.contains(value) else { throw PromotionFault(.outOfRange, path) }
    }
}
