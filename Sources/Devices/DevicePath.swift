/// Where a value stands in a device's message: names with dots between them, a number for the element of an array, e.g.
/// `object.history.0.timestamp`. Names that hold a dot, a bracket or white space cannot be named.
package struct DevicePath: Hashable, Sendable {
    /// As it was written.
    package let text: String
    let names: [String]

    package static let lengthMax = 200

    /// Nil when the text is no path.
    package init?(_ text: String) {
        guard (1...DevicePath.lengthMax).contains(text.unicodeScalars.count) else { return nil }
        let names = text.split(separator: ".", omittingEmptySubsequences: false)
        for name in names {
            let isRight = name.unicodeScalars.allSatisfy { $0 != "[" && $0 != "]" && !$0.properties.isWhitespace }
            guard isRight, !name.isEmpty else { return nil }
        }
        self.text = text
        self.names = names.map(String.init)
    }
}
