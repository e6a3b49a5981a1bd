extension Catalogue.NumberForm {
    /// A text with its numbers written in this form. Only those that bokmål writes otherwise are touched: `1 234`, `1 234,5` and
    /// `0,5`; times, dates, week numbers and years hold neither a group nor decimals.
    func written(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var place = 0
        while place < text.count {
            if let after = OwnText.end(text, from: place) {
                result += text[place..<after]
                place = after
                continue
            }
            guard text[place].isDigit, place == 0 || !NumberForm.belongs(text[place - 1]) else {
                result.append(text[place])
                place += 1
                continue
            }
            let end = NumberForm.end(text, place)
            result += number(text[place..<end])
            place = end
            if joinsPercent, place + 1 < text.count, FoldedText.isSpace(text[place]), text[place + 1] == "%" { place += 1 }
        }
        return result
    }

    private typealias NumberForm = Catalogue.NumberForm

    private func number(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        text.map { $0 == "," ? decimalMark : $0.isDigit ? $0 : groupMark }
    }

    /// Whether a figure after it is no number of its own.
    private static func belongs(_ scalar: Unicode.Scalar) -> Bool { scalar.isLetter || scalar.isDigit || scalar == "," || scalar == "." || scalar == "_" }

    /// The end of a number that begins at a place: groups of three after a no-break space, then decimals after a comma.
    private static func end(_ text: [Unicode.Scalar], _ begin: Int) -> Int {
        func digits(_ place: Int) -> Int {
            var end = place
            while end < text.count, text[end].isDigit { end += 1 }
            return end
        }
        var end = digits(begin)
        if end - begin <= 3 {
            while end < text.count, text[end] == FoldedText.noBreakSpace, digits(end + 1) == end + 4 { end += 4 }
        }
        if end + 1 < text.count, text[end] == ",", digits(end + 1) > end + 1 {
            let after = digits(end + 1)
            // «1,5,2» is a list of something else.
            if after == text.count || (text[after] != "," && !text[after].isLetter) || after + 1 == text.count { return after }
        }
        return end
    }
}
