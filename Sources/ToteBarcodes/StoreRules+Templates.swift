extension StoreRules {
    /// With one template more, or another in place of the one with its id.
    public func adding(_ template: MeasureTemplate) -> StoreRules {
        var templates = templates
        if let index = templates.firstIndex(where: { $0.id == template.id }) {
            templates[index] = template
        } else {
            templates.append(template)
        }
        return replacing(templates: templates)
    }

    /// Other templates that read one of the labels otherwise and do not give way: such labels
    /// would be ambiguous, or go by the other (RCN-5).
    public func rivals(
        of template: MeasureTemplate, on labels: [LabelledExample]
    ) -> [MeasureTemplate] {
        templates.filter { other in
            other.id != template.id && other.priority >= template.priority
                && labels.contains { Self.differ(template, other, on: Array($0.code.utf8)) }
        }
    }

    private static func differ(
        _ one: MeasureTemplate, _ other: MeasureTemplate, on code: [UInt8]
    ) -> Bool {
        guard let theirs = other.match(code), theirs.failedCheck == nil else { return false }
        return theirs != one.match(code) || one.unit != other.unit || one.scale != other.scale
    }
}
