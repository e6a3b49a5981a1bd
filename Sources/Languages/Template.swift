/// A text with holes: `{1}`, `{2}`; other braces are text.
struct Template: Sendable {
    enum Piece: Equatable, Sendable {
        case text([Unicode.Scalar])
        case hole(Int)
    }

    struct Unreadable: Error {
        var problem: String
        var wayOut: String
    }

    let pieces: [Piece]

    /// The pieces of a text, with no two texts beside each other.
    static func pieces(_ text: String) throws(Unreadable) -> [Piece] {
        var pieces: [Piece] = []
        var literal: [Unicode.Scalar] = []
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "{" else {
                literal.append(scalars[index])
                index += 1
                continue
            }
            guard index + 2 < scalars.count, scalars[index + 2] == "}", let number = Int(String(scalars[index + 1])), number >= 1 else {
                throw Unreadable(problem: "has a brace that is no hole", wayOut: "write holes as {1} to {9}; the pages hold no other braces")
            }
            if !literal.isEmpty { pieces.append(.text(literal)) }
            literal = []
            pieces.append(.hole(number))
            index += 3
        }
        if !literal.isEmpty { pieces.append(.text(literal)) }
        return pieces
    }

    static func holes(_ pieces: [Piece]) -> [Int] {
        pieces.compactMap { if case .hole(let number) = $0 { number } else { nil } }
    }

    static func hasTouchingHoles(_ pieces: [Piece]) -> Bool {
        zip(pieces, pieces.dropFirst()).contains { one, next in
            if case .hole = one, case .hole = next { true } else { false }
        }
    }

    static func shown(_ holes: [Int]) -> String { holes.isEmpty ? "none" : holes.map { "{\($0)}" }.joined(separator: ", ") }
}
