/// Base45 (RFC 9285). Spaces are data; text is never trimmed.
public enum Base45 {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for index in stride(from: 0, to: bytes.count, by: 2) {
            if index + 1 < bytes.count {
                let pair = Int(bytes[index]) << 8 | Int(bytes[index + 1])
                text += [pair % 45, pair / 45 % 45, pair / 2025].map { alphabet[$0] }
            } else {
                let single = Int(bytes[index])
                text += [single % 45, single / 45].map { alphabet[$0] }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for a character outside the alphabet, a length of 3n + 1, a triple over 65535 or a
    /// pair over 255.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var digits: [Int] = []
        for character in text.utf8 {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            digits.append(digit)
        }
        guard digits.count % 3 != 1 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 3) {
            let pair = digits[index] + 45 * digits[index + 1]
            if index + 2 < digits.count {
                let triple = pair + 2025 * digits[index + 2]
                guard triple <= 65_535 else { return nil }
                bytes += [UInt8(triple >> 8), UInt8(triple & 255)]
            } else {
                guard pair <= 255 else { return nil }
                bytes.append(UInt8(pair))
            }
        }
        return bytes
    }
}
