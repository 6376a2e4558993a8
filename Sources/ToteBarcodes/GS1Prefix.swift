/// GS1 prefixes: the first digits of a number of 13, three as a rule (General Specifications
/// 1.4.2). Zeros in front lead to longer ones, so that they cannot be mistaken for a GTIN-8, and
/// 962 is given out in tenths.
package enum GS1Prefix {
    /// - Parameter digits: of GTIN-13, or what stands behind the extension digit of an SSCC; more
    ///   or fewer digits will do as long as the prefix is among them.
    package static func of(_ digits: some StringProtocol) -> String? {
        let zeros = digits.utf8.prefix { $0 == 0x30 }.count
        let length =
            switch zeros {
            case 0, 1: digits.hasPrefix("962") ? 4 : 3
            case 2: 3
            case 3: 4
            case 4: 5
            default: 7
            }
        let prefix = digits.prefix(length)
        let isWhole = prefix.utf8.count == length || (length == 4 && prefix == "962")
        guard isWhole, prefix.utf8.allSatisfy(\.isDigit) else { return nil }
        return String(prefix)
    }

    /// In words, who issued the number or what it is for (GS1's public list of prefixes); `nil` for
    /// a prefix that is not in use. It tells where the company is a member, not where the goods
    /// were made.
    package static func meaning(of gtin: GTIN14) -> String? {
        let number = gtin.number % 10_000_000_000_000
        // Below a hundred million it is a GTIN-8, whose prefix stands five digits further right.
        let prefix = number < 100_000_000 ? number / 100_000 : number / 10_000_000_000
        return rows.first { $0.range.contains(Int(prefix)) }?.words
    }

    private struct Row {
        let range: ClosedRange<Int>
        let words: String
    }

    private static let rows: [Row] = purposes.map { Row(range: $0.0, words: $0.1) } + organisations

    private static let purposes: [(ClosedRange<Int>, String)] = [
        (20...29, "for use inside a store or region"), (40...49, "for use inside a company"),
        (50...59, "coupons of the United States"), (200...299, "for use inside a store or region"),
        (951...951, "EPC numbers by GS1"), (952...952, "demonstrations and examples"),
        (960...969, "GTIN-8 by GS1"), (977...977, "periodicals (ISSN)"),
        (978...979, "books and music (ISBN, ISMN)"), (980...980, "refund receipts"),
        (981...984, "coupons in a common currency"), (990...999, "coupons"),
    ]

    private static let organisations = table.split(separator: ";").compactMap { entry -> Row? in
        let trimmed = entry.drop { $0 == " " || $0 == "\n" }
        let ends = trimmed.prefix { $0 != " " }.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        let name = trimmed.drop { $0 != " " }.dropFirst()
        return Row(range: first...last, words: "issued by GS1 in \(name)")
    }

    private static let table = """
        0-19 the United States; 30-39 the United States; 60-139 the United States; 300-379 France;
        380 Bulgaria; 383 Slovenia; 385 Croatia; 387 Bosnia and Herzegovina; 389 Montenegro;
        390 Kosovo; 400-440 Germany; 450-459 Japan; 460-469 Russia; 470 Kyrgyzstan; 471 Taiwan;
        474 Estonia; 475 Latvia; 476 Azerbaijan; 477 Lithuania; 478 Uzbekistan; 479 Sri Lanka;
        480 the Philippines; 481 Belarus; 482 Ukraine; 483 Turkmenistan; 484 Moldova; 485 Armenia;
        486 Georgia; 487 Kazakhstan; 488 Tajikistan; 489 Hong Kong; 490-499 Japan;
        500-509 the United Kingdom; 520-521 Greece; 528 Lebanon; 529 Cyprus; 530 Albania;
        531 North Macedonia; 535 Malta; 539 Ireland; 540-549 Belgium and Luxembourg; 560 Portugal;
        569 Iceland; 570-579 Denmark; 590 Poland; 594 Romania; 599 Hungary; 600-601 South Africa;
        603 Ghana; 604 Senegal; 605 Uganda; 606 Angola; 607 Oman; 608 Bahrain; 609 Mauritius;
        611 Morocco; 613 Algeria; 615 Nigeria; 616 Kenya; 617 Cameroon; 618 Ivory Coast;
        619 Tunisia; 620 Tanzania; 621 Syria; 622 Egypt; 623 Brunei; 624 Libya; 625 Jordan;
        626 Iran; 627 Kuwait; 628 Saudi Arabia; 629 the Emirates; 630 Qatar; 631 Namibia;
        632 Rwanda; 640-649 Finland; 680-681 China; 690-699 China; 700-709 Norway; 729 Israel;
        730-739 Sweden; 740 Guatemala; 741 El Salvador; 742 Honduras; 743 Nicaragua;
        744 Costa Rica; 745 Panama; 746 the Dominican Republic; 750 Mexico; 754-755 Canada;
        759 Venezuela; 760-769 Switzerland and Liechtenstein; 770-771 Colombia; 773 Uruguay;
        775 Peru; 777 Bolivia; 778-779 Argentina; 780 Chile; 784 Paraguay; 786 Ecuador;
        789-790 Brazil; 800-839 Italy; 840-849 Spain; 850 Cuba; 858 Slovakia; 859 Czechia;
        860 Serbia; 865 Mongolia; 867 North Korea; 868-869 Turkey; 870-879 the Netherlands;
        880-881 South Korea; 883 Myanmar; 884 Cambodia; 885 Thailand; 888 Singapore; 890 India;
        893 Vietnam; 894 Bangladesh; 896 Pakistan; 899 Indonesia; 900-919 Austria;
        930-939 Australia; 940-949 New Zealand; 950 its global office; 955 Malaysia; 958 Macau
        """
}
