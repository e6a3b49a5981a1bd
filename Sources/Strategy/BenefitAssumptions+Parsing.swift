package import Files
import Telemetry
import Yams

extension BenefitAssumptions {
    /// The longest time one thing may save or take: more is a slip of the keyboard.
    package static let minutesMax = 600.0

    /// Reads `benefits.yaml`. All problems are collected before it gives up.
    ///
    /// - Throws: `FileError` with line, key, value and allowed values of each problem.
    package init(yaml text: String, file: String = "benefits.yaml") throws(FileError) {
        self = try YAMLReader.read(text, file: file, beginning: "benefits") { yaml, root in
            guard let top = yaml.mapping(root, at: "", required: ["benefits"], optional: []) else { return nil }
            var taken: Set<String> = []
            let technologies = yaml.list(top, "benefits", canBeEmpty: false).compactMap { path, node in
                BenefitAssumptions.technology(&yaml, node, path, &taken)
            }
            return BenefitAssumptions(technologies: technologies)
        }
    }

    private static func technology(_ yaml: inout YAMLReader, _ node: Node, _ path: String, _ taken: inout Set<String>) -> Technology? {
        let required = ["technology", "replaces", "share", "minutes"]
        guard let keys = yaml.mapping(node, at: path, required: required, optional: ["newWork"]) else { return nil }
        let word = yaml.word(keys, "technology", Telemetry.Technology.self)
        if let word, !taken.insert(word.rawValue).inserted {
            yaml.fail(node, yaml.join(path, "technology"), value: word.rawValue, "used twice", "write each technology once")
        }
        let replaces = yaml.text(keys, "replaces")
        // Written in percent, as all shares in files.
        let share = yaml.assumption(keys, "share", in: 0...100).map { percent in
            Assumption(percent.range.scaled(by: 0.01), source: percent.source, isExample: percent.isExample)
        }
        let minutes = yaml.assumption(keys, "minutes", in: 0...minutesMax)
        var newWork: [NewWork: Assumption] = [:]
        if let node = keys.values["newWork"] {
            let names = NewWork.allCases.map(\.rawValue)
            let kinds = yaml.mapping(node, at: yaml.join(path, "newWork"), required: [], optional: names)
            for kind in NewWork.allCases {
                newWork[kind] = kinds.flatMap { yaml.assumption($0, kind.rawValue, in: 0...minutesMax) }
            }
        }
        guard let word, let replaces, let share, let minutes else { return nil }
        return .init(technology: word, replaces: replaces, share: share, minutes: minutes, newWorkMinutes: newWork)
    }
}
