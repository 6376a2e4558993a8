package import ToteValues

extension PhotoRules.Answer {
    /// `nil` unless the value has `symbology` and `text`.
    package init?(_ value: JSONValue) {
        guard case .string(let symbology)? = value["symbology"],
            case .string(let text)? = value["text"]
        else { return nil }
        self.init(symbology: symbology, text: text)
    }

    package var json: JSONValue {
        .object(["symbology": .string(symbology), "text": .string(text)])
    }
}

extension Photo {
    /// What a manifest says of a picture, as an object with the manifest's names; `also` is an
    /// array. `nil` if a member lacks.
    package init?(_ value: JSONValue) {
        guard case .string(let path)? = value["path"],
            case .string(let symbology)? = value["symbology"],
            case .string(let name)? = value["tier"], let tier = Tier(rawValue: name),
            case .string(let expected)? = value["expected"],
            case .array(let also)? = value["also"]
        else { return nil }
        self.init(
            path: path, symbology: symbology, tier: tier, expected: expected,
            also: also.compactMap { text in
                guard case .string(let text) = text else { return nil }
                return text
            })
    }
}
