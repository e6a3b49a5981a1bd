/// Where a value stands in a device's message: names with dots between them, `[n]` for the element of an array, e.g.
/// `object.history[0].timestamp`. Names that hold a dot, a bracket or white space cannot be named.
package struct DevicePath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
    }

    /// As it was written.
    package let text: String
    let steps: [Step]

    package static let lengthMax = 200
    private static let indexDigitsMax = 4

    /// Nil when the text is no path.
    package init?(_ text: String) {
        guard (1...DevicePath.lengthMax).contains(text.unicodeScalars.count) else { return nil }
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let name = part.prefix { $0 != "[" }
            guard !name.isEmpty, !name.contains(where: { $0 == "]" || $0.isWhitespace }) else { return nil }
            steps.append(.member(String(name)))
            var rest = part.dropFirst(name.count)
            while !rest.isEmpty {
                guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
                let digits = rest[rest.index(after: rest.startIndex)..<end]
                guard (1...DevicePath.indexDigitsMax).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                    let index = Int(digits)
                else { return nil }
                steps.append(.element(index))
                rest = rest[rest.index(after: end)...]
            }
        }
        self.text = text
        self.steps = steps
    }
}
