import ToteValues

extension CodeParts {
    /// The number that carries an old coupon.
    func number(of coupon: CouponCode) -> [CodePart] {
        switch coupon.form {
        case .upcA, .ean13: numberParts(Array(coupon.data.utf8), isUPCE: false)
        case .ai8110, .ai8112, .store: []
        }
    }

    func parts(of coupon: CouponCode) -> [CodePart] {
        if let legacy = coupon.legacy {
            return [
                field("maker", legacy.maker), field("family of goods", legacy.family),
                field("value code", legacy.valueCode, "worth what the store's table says"),
            ]
        }
        switch coupon.form {
        case .ai8110:
            return (try? CouponOffer(data: coupon.data, today: today)).map(parts) ?? []
        case .ai8112: return (try? PositiveOffer(data: coupon.data)).map(parts) ?? []
        case .upcA, .ean13, .store:
            return [field("store's coupon", coupon.data)]
        }
    }

    private func parts(of offer: PositiveOffer) -> [CodePart] {
        [
            field("funded by company", offer.funder), field("offer", offer.offerCode),
            field("serial number", offer.serial, "counts once, after the store has checked it"),
        ]
    }

    private func parts(of offer: CouponOffer) -> [CodePart] {
        let requirements = [offer.primary, offer.second, offer.third].compactMap(\.self)
        return [
            field("company", offer.companyPrefix), field("offer", offer.offerCode),
            field("saves", String(offer.saveValue), saving(offer)),
        ] + requirements.map(part)
            + [
                offer.starts.map { field("first day", $0.text) },
                offer.expires.map { field("last day", $0.text) },
                offer.serial.map { field("serial number", $0) },
                offer.retailer.map { field("only at retailer", $0) },
            ].compactMap(\.self)
    }

    private func saving(_ offer: CouponOffer) -> String {
        switch offer.valueCode {
        case 0: "\(money(offer.saveValue)) off"
        case 1, 2: "one article free of charge"
        case 5: "\(offer.saveValue) % off"
        default: "as the store decides"
        }
    }

    private func part(_ requirement: CouponOffer.Requirement) -> CodePart {
        let what =
            switch requirement.code {
            case 0: requirement.value == 1 ? "one piece" : "\(requirement.value) pieces"
            case 1: "goods for \(money(requirement.value))"
            case 2: "a purchase of \(money(requirement.value))"
            case 3, 4: "a weight of \(requirement.value) hundredths"
            default: "one piece"
            }
        return field("asks for", requirement.family, "\(what) of this family")
    }

    private func field(_ title: String, _ value: String, _ meaning: String = "") -> CodePart {
        CodePart(.coupon, title: title, value: value, meaning: meaning)
    }
}
