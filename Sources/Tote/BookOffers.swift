import ToteCatalogue
import ToteOffers
import ToteValues

/// The offers of one price book, checked once, with their titles for shoppers.
struct BookOffers: Sendable {
    let book: BookVersion
    let promotions: PromotionSet
    /// By promotion id; the first language that has one.
    let titles: [String: String]

    init(_ catalogue: Catalogue) throws(PricingError) {
        book = catalogue.bookVersion
        let set = try CartPricing.promotions(of: catalogue)
        promotions = set
        titles = Dictionary(
            set.promotions.compactMap { promotion in
                let texts = promotion.texts["en"] ?? promotion.texts.min { $0.key < $1.key }?.value
                return (texts?.title).map { (promotion.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    func title(_ promotion: String) -> String {
        promotion.hasPrefix("memberPrice/") ? "Member price" : titles[promotion] ?? promotion
    }
}
