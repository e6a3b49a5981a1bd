import Telemetry

/// The table: `events:`.
extension ProfileReader {
    /// Types that a device's message can become. The steps of an answer are people's.
    static let types: [EventType] = [
        .alarmRaised, .alarmRepeated, .alarmClosed, .sensorObserved, .assistPerformed, .deviceHeartbeat, .deviceFault, .deviceRestored,
        .deviceTested,
    ]

    func rows(_ top: ProfileNode) -> [EventRow] {
        let rule = "a list of 1 to \(ProfileReader.rowsMax) rows, each with when and emit"
        return (top.sections("events", rule, max: ProfileReader.rowsMax, allowsOne: false) ?? []).compactMap(row)
    }

    private func row(_ section: ProfileNode) -> EventRow? {
        defer { section.finish() }
        let each = path(section, "each")
        let time = path(section, "time")
        section.require("when", "a condition, {path: …, equals: …}, or a list of them")
        let rule = "a condition or a list of 1 to \(ProfileReader.conditionsMax)"
        let sections = section.sections("when", rule, max: ProfileReader.conditionsMax, allowsOne: true) ?? []
        let conditions = sections.compactMap { condition($0, isOfEach: section.has("each")) }
        section.require("emit", "the event, {type: …, …}")
        guard let emit = section.section("emit", "the event, {type: …, …}") else { return nil }
        guard let (type, members) = event(emit), !sections.isEmpty, conditions.count == sections.count else { return nil }
        return EventRow(each: each, time: time, conditions: conditions, type: type, members: members)
    }

    private func condition(_ section: ProfileNode, isOfEach: Bool) -> RowCondition? {
        defer { section.finish() }
        section.require("path", "where in the message to look, such as object.battery")
        let equals = section.scalars("equals", max: ProfileReader.valuesMax)
        let above = section.number("above", "a number")
        let below = section.number("below", "a number")
        var changed = false
        if let item = section.item("changed") {
            if case .scalar(.flag(true)) = item.value {
                changed = true
                if isOfEach { section.problem("changed", "cannot stand in a row with each: the elements of a list have no value before") }
            } else {
                section.reject(item, "true; leave the key out where nothing need have changed")
            }
        }
        var missing: JSONValue?
        if let item = section.item("missing") {
            if case .scalar(let value) = item.value { missing = value } else { section.reject(item, "a text, a number, true or false") }
        }
        guard let path = path(section, "path") else { return nil }
        return RowCondition(path: path, equals: equals, above: above, below: below, changed: changed, missing: missing)
    }

    // MARK: - The event

    private enum Rule {
        case words([String])
        case text(ClosedRange<Int>)
        case wholeNumber(ClosedRange<Double>)
        case number(ClosedRange<Double>)
        case flag
        /// A constant of any kind, or a path.
        case anyValue
        /// Only what the device says.
        case onlyPath
    }

    private static func members(of type: EventType) -> [(name: String, isRequired: Bool, rule: Rule)] {
        switch type {
        case .alarmRaised:
            [
                ("alarm", false, .onlyPath), ("kind", true, .words(AlarmKind.allCases.map(\.rawValue))),
                ("priority", false, .wholeNumber(0...9)), ("test", false, .flag),
            ]
        case .alarmRepeated: [("alarm", true, .onlyPath)]
        case .alarmClosed:
            [
                ("alarm", true, .onlyPath), ("outcome", true, .words(Outcome.allCases.map(\.rawValue))),
                ("cause", false, .words(Cause.allCases.map(\.rawValue))),
            ]
        case .sensorObserved: [("property", true, .text(1...64)), ("value", true, .anyValue), ("unit", false, .text(0...32))]
        case .assistPerformed:
            [
                ("technology", true, .words(Technology.allCases.map(\.rawValue))),
                ("result", true, .words(AssistResult.allCases.map(\.rawValue))),
            ]
        case .deviceHeartbeat: [("battery", false, .number(0...100)), ("signal", false, .number(-1000...1000))]
        case .deviceFault, .deviceRestored: [("fault", true, .words(Fault.allCases.map(\.rawValue)))]
        default: []
        }
    }

    private func event(_ section: ProfileNode) -> (EventType, [RowMember])? {
        let words = ProfileReader.types.map(\.word)
        guard let word = word(section, "type", words), let type = EventType.allCases.first(where: { $0.word == word }) else { return nil }
        defer { section.finish() }
        var members: [RowMember] = []
        for (name, isRequired, rule) in ProfileReader.members(of: type) {
            if isRequired { section.require(name, ProfileReader.text(of: rule)) }
            guard let item = section.item(name), let value = value(item, rule, in: section) else { continue }
            members.append(RowMember(name: name, value: value, isRequired: isRequired))
        }
        return (type, members)
    }

    private func value(_ item: ProfileNode.Item, _ rule: Rule, in section: ProfileNode) -> RowMember.Value? {
        if case .section(let place) = item.value, ProfileReader.allowsPath(rule) { return self.place(place) }
        if case .scalar(let scalar) = item.value, let constant = ProfileReader.constant(scalar, rule) { return .constant(constant) }
        section.reject(item, ProfileReader.text(of: rule))
        return nil
    }

    private func place(_ section: ProfileNode) -> RowMember.Value? {
        defer { section.finish() }
        section.require("path", "where in the message the value stands")
        let path = path(section, "path")
        let scale = section.number("scale", "a number")
        let offset = section.number("offset", "a number")
        return path.map { .path($0, scale: scale ?? 1, offset: offset ?? 0) }
    }

    private static func allowsPath(_ rule: Rule) -> Bool {
        switch rule {
        case .anyValue, .onlyPath, .number: true
        case .words, .text, .wholeNumber, .flag: false
        }
    }

    private static func constant(_ value: JSONValue, _ rule: Rule) -> DeviceEvent.Value? {
        let isRight =
            switch rule {
            case .words(let words): value.text.map(words.contains) ?? false
            case .text(let length): value.text.map { length.contains($0.unicodeScalars.count) } ?? false
            case .wholeNumber(let range): value.number.map { range.contains($0) && $0 == $0.rounded() } ?? false
            case .number(let range): value.number.map(range.contains) ?? false
            case .flag: value.flag != nil
            case .anyValue: true
            case .onlyPath: false
            }
        return isRight ? value.scalar : nil
    }

    private static func text(of rule: Rule) -> String {
        switch rule {
        case .words(let words): "one of: \(words.joined(separator: ", "))"
        case .text(let length): "a text of \(length.lowerBound) to \(length.upperBound) characters"
        case .wholeNumber(let range): "a whole number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
        case .number(let range): "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound)), or {path: …}"
        case .flag: "true or false"
        case .anyValue: "a text, a number, true or false, or {path: …}"
        case .onlyPath: "{path: …}"
        }
    }
}
