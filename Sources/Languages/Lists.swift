/// Where the members of a list part: `a, b og c`.
enum Lists {
    /// Longer lists are taken apart at their commas alone.
    static let cutsMax = 60

    private static let joint = Array(" og ".unicodeScalars)
    private static let comma = Array(", ".unicodeScalars)

    /// Where a comma or «og» stands, in order.
    static func cuts(_ text: [Unicode.Scalar]) -> [Range<Int>] {
        let places = [comma, joint].flatMap { joint in Separators.places(joint, in: text).map { $0..<$0 + joint.count } }
        return places.sorted { $0.lowerBound < $1.lowerBound }
    }
}
