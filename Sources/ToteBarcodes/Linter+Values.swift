/// Tests of single values.
extension Linter {
    /// One character of a few.
    static func one(
        of allowed: String, _ value: ArraySlice<UInt8>, _ flaw: ElementFlaw
    ) -> ElementFault? {
        value.count == 1 && value.allSatisfy(allowed.utf8.contains)
            ? nil : ElementFault(flaw, value)
    }

    /// Padding fills groups of three characters, by at most two.
    static func base64(_ value: ArraySlice<UInt8>) -> ElementFault? {
        let body = value.prefix(value.count - value.reversed().prefix { $0 == 0x3D }.count)
        if let fault = body.firstFault(.notCSET64, unless: { $0.isCSET64 }) { return fault }
        let padding = value[body.endIndex...]
        guard padding.isEmpty || (value.count % 3 == 0 && padding.count <= 2) else {
            return ElementFault(.base64Padding, padding)
        }
        return nil
    }

    static func checkDigit(_ value: ArraySlice<UInt8>) -> ElementFault? {
        guard let last = value.last else { return ElementFault(.checkDigitTooShort, value) }
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) { return fault }
        return CheckDigit.mod10(value.dropLast()) == last - 0x30
            ? nil : ElementFault(.checkDigit, at: value.endIndex - 1)
    }

    /// A company prefix has four digits at least; which have been given out is not known here.
    static func companyPrefix(_ value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count >= 4 else { return ElementFault(.companyPrefixTooShort, value) }
        return value.prefix(4).firstFault(.companyPrefix) { $0.isDigit }
    }

    /// 01 to 10 and 80 to 99: assigned by ICCBBA or for local use (GenSpecs 3.8.19).
    static func mediaType(_ value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count == 2, value.allSatisfy(\.isDigit),
            (1...10).contains(value.number) || value.number >= 80
        else { return ElementFault(.mediaType, value) }
        return nil
    }

    /// Ten digits, tenths of a microdegree.
    static func coordinate(
        _ value: ArraySlice<UInt8>, upTo most: Int, length: ElementFlaw, range: ElementFlaw
    ) -> ElementFault? {
        guard value.count == 10 else { return ElementFault(length, value) }
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) { return fault }
        return value.number <= most ? nil : ElementFault(range, value)
    }

    static func percentEncoding(_ value: ArraySlice<UInt8>) -> ElementFault? {
        for index in value.indices where value[index] == 0x25 {
            let escape = value[index...].prefix(3)
            guard escape.count == 3, escape.dropFirst().allSatisfy({ $0.hexDigit != nil }) else {
                return ElementFault(.percentEncoding, escape)
            }
        }
        return nil
    }

    /// `0203`: the second of three.
    static func pieceOfTotal(_ value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count % 2 == 0 else { return ElementFault(.oddPieces, value) }
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) { return fault }
        let piece = value.prefix(value.count / 2)
        let total = value[piece.endIndex...]
        if piece.allSatisfy({ $0 == 0x30 }) { return ElementFault(.zeroPiece, piece) }
        if total.allSatisfy({ $0 == 0x30 }) { return ElementFault(.zeroTotal, total) }
        return total.lexicographicallyPrecedes(piece)
            ? ElementFault(.pieceBeyondTotal, value) : nil
    }

    /// `2/3`: the second of three.
    static func positionInSequence(_ value: ArraySlice<UInt8>) -> ElementFault? {
        let halves = value.split(separator: 0x2F, omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
        else { return ElementFault(.positionFormat, value) }
        for half in halves where half.first == 0x30 { return ElementFault(.zeroPrefix, half) }
        let (position, end) = (halves[0], halves[1])
        let isBeyond =
            position.count == end.count
            ? end.lexicographicallyPrecedes(position) : position.count > end.count
        return isBeyond ? ElementFault(.positionBeyondEnd, value) : nil
    }
}

extension UInt8 {
    var hexDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

/// The check-character pair of a GMN or MUDI: a sum weighted with prime numbers, modulo 1021
/// (General Specifications 7.9.5).
package enum CheckPair {
    /// Places in CSET 82 order; the figures 0 to 81.
    private static let order: [UInt8] = {
        var places = [UInt8](repeating: 0xFF, count: 256)
        let characters =
            "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
            + "abcdefghijklmnopqrstuvwxyz"
        for (place, byte) in characters.utf8.enumerated() { places[Int(byte)] = UInt8(place) }
        return places
    }()

    private static let pairs = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    /// The first 97 primes: as many characters may stand before the pair.
    private static let primes: [Int] = {
        var primes = [2]
        var candidate = 3
        while primes.count < 97 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 2
        }
        return primes
    }()

    /// The two characters that check what stands before them; `nil` outside CSET 82 or when
    /// too long.
    package static func pair(for payload: ArraySlice<UInt8>) -> [UInt8]? {
        guard payload.count <= primes.count else { return nil }
        var sum = 0
        for (place, byte) in payload.reversed().enumerated() {
            guard order[Int(byte)] != 0xFF else { return nil }
            sum += Int(order[Int(byte)]) * primes[place]
        }
        let rest = sum % 1021
        return [pairs[rest >> 5], pairs[rest & 31]]
    }

    static func fault(in value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count >= 2 else { return ElementFault(.checkPairTooShort, value) }
        guard value.count <= primes.count + 2 else {
            return ElementFault(.checkPairTooLong, value)
        }
        let payload = value.dropLast(2)
        if let fault = payload.firstFault(.notCSET82, unless: { $0.isCSET82 }) { return fault }
        let last = value.suffix(2)
        return pair(for: payload).map { last.elementsEqual($0) } == true
            ? nil : ElementFault(.checkPair, last)
    }
}

/// An account number (ISO 13616): country, two check digits, account; modulo 97 leaves 1.
enum IBAN {
    /// Norway's is the shortest.
    private static let shortest = 15

    static func fault(in value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count >= shortest else { return ElementFault(.ibanTooShort, value) }
        let isAllowed = { (byte: UInt8) in byte.isDigit || (0x41...0x5A).contains(byte) }
        if let fault = value.firstFault(.ibanCharacter, unless: isAllowed) { return fault }
        let country = value.prefix(2)
        guard CodeLists.countries.contains(Array(country)) else {
            return ElementFault(.ibanCountry, country)
        }
        var rest = 0
        for byte in value.dropFirst(4) + value.prefix(4) {
            let figure = Int(byte.isDigit ? byte - 0x30 : byte - 0x41 + 10)
            rest = (rest * (figure > 9 ? 100 : 10) + figure) % 97
        }
        return rest == 1
            ? nil : ElementFault(.ibanCheckCharacters, value.dropFirst(2).prefix(2))
    }
}
