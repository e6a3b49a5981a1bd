import Telemetry
package import Workload

extension BenefitLedger {
    /// What somebody has typed to enter a benefit, field by field.
    package struct Typed: Sendable {
        package var day = ""
        package var hours = ""
        package var kroner = ""
        package var use = ""
        package var technology = ""
        package var note = ""

        package init() {}
    }

    /// The fields of `Typed`.
    package enum TypedField: Hashable, Sendable { case day, hours, kroner, use, technology, note }

    /// What is wrong with what was typed, in bokmål, by field.
    package struct TypingProblems: Error { package var problems: [TypedField: String] }

    package static let noteLengthMax = 300

    /// An entry of what was typed, by the same bounds as the file's.
    ///
    /// - Parameter today: the last day that can have happened.
    package static func entry(_ typed: Typed, today: LocalTime.Day) throws(TypingProblems) -> Entry {
        var problems: [TypedField: String] = [:]
        func number(_ text: String, _ field: TypedField, _ limit: Double) -> Double? {
            let text = text.trimmed
            if text.isEmpty { return 0 }
            // A point before three digits is a thousand to some and a decimal to others.
            guard text.firstMatch(of: #/[.,][0-9]{3}$/#) == nil, let number = CellReader.number(text), (-limit...limit).contains(number) else {
                problems[field] = "Skriv et tall som 12 eller 12,5, uten punktum mellom tusen, på det meste \(Int(limit))."
                return nil
            }
            return number
        }
        let hours = number(typed.hours, .hours, hoursMax)
        let kroner = number(typed.kroner, .kroner, kronerMax)
        if hours == 0, kroner == 0 { problems[.hours] = "Skriv timer, kroner eller begge." }
        let day = LocalTime.Day(iso: typed.day.trimmed)
        if day == nil { problems[.day] = "Skriv datoen som år-måned-dag, for eksempel \(today.year)-01-31." }
        if let day, day.year < 2000 { problems[.day] = "Datoen er før 2000: skriv året som \(today.year)." }
        if let day, day > today { problems[.day] = "Datoen er ikke kommet ennå: før gevinsten når den er tatt ut." }
        let use = Use(rawValue: typed.use)
        if use == nil { problems[.use] = "Velg hva gevinsten ble brukt til." }
        let technology = Technology(rawValue: typed.technology)
        if technology == nil, !typed.technology.isEmpty { problems[.technology] = "Velg en teknologi fra listen, eller ingen." }
        let note = typed.note.trimmed
        if note.count > noteLengthMax { problems[.note] = "Skriv kortere, på det meste \(noteLengthMax) tegn." }
        if note.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) { problems[.note] = "Skriv på én linje." }
        if mayIdentify(note) { problems[.note] = "Merknaden har elleve siffer, som i et fødselsnummer. Ta dem bort." }
        guard problems.isEmpty, let day, let hours, let kroner, let use else { throw TypingProblems(problems: problems) }
        return Entry(day: day, technology: technology, hours: hours, kroner: kroner, use: use, note: note, line: 0)
    }

    /// Whether a text has eleven digits as a national identity number has them, with or without spaces; also where they are none,
    /// for nobody who types one checks its control digits.
    static func mayIdentify(_ text: String) -> Bool {
        var runs: [[Int]] = []
        var between = separatorsMax + 1
        // Digits of any script: they read the same.
        for character in text {
            guard let digit = character.wholeNumberValue, (0...9).contains(digit) else {
                between += character.isWhitespace || ".-\u{2013}".contains(character) ? 1 : separatorsMax + 1
                continue
            }
            if between > separatorsMax {
                runs.append([1])
            } else if between > 0 {
                runs[runs.count - 1].append(1)
            } else {
                runs[runs.count - 1][runs[runs.count - 1].count - 1] += 1
            }
            between = 0
        }
        return runs.contains { run in
            run.contains { $0 >= 11 } || groupings.contains { wanted in run.indices.contains { run[$0...].starts(with: wanted) } }
        }
    }

    /// What stands between two groups of one number, at most.
    private static let separatorsMax = 2
    /// How eleven digits are written in groups.
    private static let groupings = [[6, 5], [2, 2, 2, 5], [2, 2, 2, 3, 2]]
}

extension String {
    /// Without spaces around.
    fileprivate var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
