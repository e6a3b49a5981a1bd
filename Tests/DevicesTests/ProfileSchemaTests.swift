import Devices
import Foundation
import Testing

/// `devices/profile.schema.json` and the reader, held together by a validator that shares nothing with us: Python's
/// `jsonschema`.
@Suite("The schema of profiles")
struct ProfileSchemaTests {
    private static let schema = "\(ProfileFolder.shipped)/profile.schema.json"

    /// What the validator says of each document, in order.
    private static func validate(_ documents: [String]) throws -> [Bool] {
        let script = """
            import json, sys
            from jsonschema import Draft202012Validator as Validator
            schema = json.load(open(sys.argv[1], encoding="utf-8"))
            Validator.check_schema(schema)
            validator = Validator(schema)
            for line in sys.stdin: print(validator.is_valid(json.loads(line)))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, schema]
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        try process.run()
        let text = documents.joined(separator: "\n") + "\n"
        Thread.detachNewThread {
            input.fileHandleForWriting.write(Data(text.utf8))
            try? input.fileHandleForWriting.close()
        }
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let error = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        try #require(process.terminationStatus == 0, "python3 with jsonschema is needed (scripts/test installs python3-jsonschema): \(error)")
        return String(decoding: said, as: UTF8.self).split(separator: "\n").map { $0 == "True" }
    }

    /// Whether the reader takes a document; JSON is YAML.
    private static func reads(_ document: String) throws -> Bool { try ProfileFolder().problems(document).isEmpty }

    private static func document(_ members: [(String, String?)]) -> String {
        "{" + members.compactMap { name, value in value.map { "\"\(name)\": \($0)" } }.joined(separator: ", ") + "}"
    }

    /// A good profile with some members replaced, added, or (nil) left out.
    private static func profile(_ changes: [String: String?], codec: String = "\"zigbee2mqtt\"") -> String {
        let good = ["name": #"{"nb": "A", "en": "B"}"#, "technology": #""location""#, "ladderStep": "2", "codec": codec]
        let names = Set(good.keys).union(changes.keys).sorted()
        return document(names.map { name in (name, changes.keys.contains(name) ? changes[name] ?? nil : good[name]) })
    }

    private static func row(_ row: String) -> String { profile(["events": "[\(row)]"]) }
    private static func condition(_ condition: String) -> String { row("{\"when\": \(condition), \"emit\": {\"type\": \"device.tested\"}}") }
    private static func emit(_ emit: String) -> String { row("{\"when\": {\"path\": \"a\"}, \"emit\": \(emit)}") }

    private static let odd = [
        "null", "true", "7", "-1", "2.5", "\"\"", "\"x\"", "[]", "{}", "[7]", "[\"x\"]", "[[]]", "{\"path\": \"a\"}", "[{\"path\": \"a\"}]",
    ]

    /// Optional members of CONTRACT 3; of the others a few values are enough.
    private static let ownMembers = [
        "alarm.raised": ["alarm", "priority", "test"], "alarm.closed": ["cause"], "sensor.observed": ["unit"], "device.heartbeat": ["battery", "signal"],
    ]

    private static func documents() -> [String] {
        var documents = [profile([:]), "{}"]
        for codec in ["canonical", "scaip", "dc09", "zigbee2mqtt", "chirpstack", "things-stack", "ftp"] {
            documents.append(profile([:], codec: "\"\(codec)\""))
            documents.append(profile(["recognise": #"{"path": "a", "equals": 1}"#], codec: "\"\(codec)\""))
            documents.append(profile(["events": #"[{"when": {"path": "a"}, "emit": {"type": "device.tested"}}]"#], codec: "\"\(codec)\""))
            documents.append(profile(["battery": #"{"low": 1, "restored": 2, "path": "a"}"#], codec: "\"\(codec)\""))
        }
        for name in ["name", "technology", "ladderStep", "codec", "recognise", "heartbeat", "battery", "accessory", "events", "colour"] {
            documents.append(profile([name: nil]))
            documents += odd.map { profile([name: $0]) }
        }
        for step in ["0", "1", "9", "10", "3.0", "3.5", "\"3\""] { documents.append(profile(["ladderStep": step])) }
        for length in [1, 40, 41] { documents.append(profile(["accessory": "\"\(String(repeating: "ø", count: length))\""])) }
        for text in [
            "PT26H", "P7D", "PT0S", "P", "PT", "P1DT", "P1D2H", "PT1M1H", "PT1H1M1S", "P1000D", "PT12345H", "26h", "pt1h", "P1W", "P0DT0H1M", "PT1.5H",
        ] {
            documents.append(profile(["heartbeat": "\"\(text)\""]))
        }
        for name in [
            #"{"nb": "A"}"#, #"{"nb": "A", "en": ""}"#, #"{"nb": "A", "en": "B", "sv": "C"}"#,
            "{\"nb\": \"A\", \"en\": \"\(String(repeating: "å", count: 80))\"}", "{\"nb\": \"A\", \"en\": \"\(String(repeating: "å", count: 81))\"}",
        ] {
            documents.append(profile(["name": name]))
        }
        for battery in [
            #"{"low": 15}"#, #"{"low": 15, "restored": 25}"#, #"{"low": 15, "restored": 101}"#, #"{"low": "15", "restored": 25}"#,
            #"{"low": 15, "restored": 25, "path": "a.b.0"}"#, #"{"low": 15, "restored": 25, "path": "a b"}"#,
        ] {
            documents.append(profile(["battery": battery]))
        }
        for recognise in [
            #"{"topic": "bridge/state"}"#, #"{"topic": ""}"#, #"{"topic": "a", "path": "b"}"#, #"{"topic": "a", "equals": "b"}"#,
            #"{"path": "a", "equals": [1, true, "x"]}"#, #"{"path": "a", "equals": []}"#, #"[{"path": "a", "equals": null}]"#,
        ] {
            documents.append(profile(["recognise": recognise]))
        }
        for path in ["a", "a.b", "a.0", ".a", "a.", "a..b", "a b", "a[0]", "æ.ø", String(repeating: "a", count: 200), String(repeating: "a", count: 201)] {
            documents.append(condition("{\"path\": \"\(path)\"}"))
        }
        documents += odd.map { condition("{\"path\": \($0)}") }
        for name in ["equals", "above", "below", "changed", "missing", "equal"] {
            documents += odd.map { condition("{\"path\": \"a\", \"\(name)\": \($0)}") }
        }
        for count in [1, 8, 9] { documents.append(condition("[\(Array(repeating: #"{"path": "a"}"#, count: count).joined(separator: ","))]")) }
        for count in [50, 51] {
            documents.append(condition("{\"path\": \"a\", \"equals\": [\(Array(repeating: "1", count: count).joined(separator: ","))]}"))
            let row = #"{"when": {"path": "a"}, "emit": {"type": "device.tested"}}"#
            documents.append(profile(["events": "[\(Array(repeating: row, count: count).joined(separator: ","))]"]))
        }
        documents.append(row(#"{"when": {"path": "a"}}"#))
        documents.append(row(#"{"emit": {"type": "device.tested"}}"#))
        documents += odd.map { row("{\"when\": \($0), \"emit\": {\"type\": \"device.tested\"}}") }
        documents += odd.map { row("{\"when\": {\"path\": \"a\"}, \"emit\": \($0)}") }
        for name in ["each", "time", "then"] {
            documents += odd.map { row("{\"when\": {\"path\": \"a\"}, \"emit\": {\"type\": \"device.tested\"}, \"\(name)\": \($0)}") }
        }
        for when in [#"{"path": "a", "changed": true}"#, #"[{"path": "b"}, {"path": "a", "changed": true}]"#, #"{"path": "a"}"#] {
            documents.append(row("{\"each\": \"list\", \"time\": \"at\", \"when\": \(when), \"emit\": {\"type\": \"device.tested\"}}"))
        }
        let members = [
            "alarm", "kind", "priority", "test", "outcome", "cause", "property", "value", "unit", "technology", "result", "battery", "signal", "fault", "zone",
        ]
        let good = [
            "alarm.raised": #""kind": "door""#, "alarm.repeated": #""alarm": {"path": "a"}"#, "alarm.closed": #""alarm": {"path": "a"}, "outcome": "test""#,
            "sensor.observed": #""property": "p", "value": 1"#, "assist.performed": #""technology": "location", "result": "done""#,
            "device.heartbeat": "", "device.fault": #""fault": "tamper""#, "device.restored": #""fault": "tamper""#, "device.tested": "", "alarm.answered": "",
        ]
        let values =
            odd + [
                #""door""#, #""tamper""#, #""location""#, #""done""#, #""test""#, #""fall""#, "9", "10", "100", "101", #"{"path": "a", "scale": 0.1}"#,
                #"{"path": "a", "scale": "x"}"#, #"{"path": "a", "shift": 1}"#, "\"\(String(repeating: "a", count: 33))\"",
                "\"\(String(repeating: "a", count: 65))\"",
            ]
        for (type, rest) in good.sorted(by: { $0.key < $1.key }) {
            documents.append(emit("{\"type\": \"\(type)\"}"))
            documents.append(emit("{\"type\": \"\(type)\"\(rest.isEmpty ? "" : ", ")\(rest)}"))
            let own = Self.ownMembers[type] ?? []
            for member in members where !rest.contains("\"\(member)\"") {
                let tried = own.contains(member) ? values : ["7", "{\"path\": \"a\"}"]
                documents += tried.map { emit("{\"type\": \"\(type)\"\(rest.isEmpty ? "" : ", ")\(rest), \"\(member)\": \($0)}") }
            }
        }
        for member in ["kind", "fault", "property", "value", "technology", "result", "outcome"] {
            for (type, rest) in good.sorted(by: { $0.key < $1.key }) where rest.contains("\"\(member)\"") {
                let others = rest.split(separator: ", \"").enumerated().map { $0.offset == 0 ? String($0.element) : "\"\($0.element)" }.filter {
                    !$0.hasPrefix("\"\(member)\"")
                }
                documents += values.map { emit("{\(([#""type": ""# + type + "\""] + others + ["\"\(member)\": \($0)"]).joined(separator: ", "))}") }
            }
        }
        return documents
    }

    @Test("takes what the reader takes, and nothing else")
    func together() throws {
        let documents = Self.documents()
        let verdicts = try Self.validate(documents)
        #expect(verdicts.count == documents.count)
        var taken = 0
        for (document, isValid) in zip(documents, verdicts) {
            let isRead = try Self.reads(document)
            taken += isRead ? 1 : 0
            #expect(isRead == isValid, "the schema says \(isValid) of \(document)")
        }
        #expect(taken > 100 && taken < documents.count - 100, "\(taken) of \(documents.count)")
    }

    @Test("what it cannot say is refused by the reader: a battery that is good again below where it is low")
    func beyond() throws {
        let document = Self.profile(["battery": #"{"low": 30, "restored": 20}"#])
        #expect(try Self.validate([document]) == [true])
        #expect(try !Self.reads(document))
    }

    @Test("is named in the first line of every shipped profile")
    func named() throws {
        for id in DeviceProfiles.read([ProfileFolder.shipped]).folders.values {
            let first = try String(contentsOfFile: "\(id)/profile.yaml", encoding: .utf8).split(separator: "\n").first
            #expect(first == "# yaml-language-server: $schema=../profile.schema.json", "\(id)")
        }
    }
}
