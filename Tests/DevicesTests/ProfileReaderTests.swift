import Devices
import Foundation
import Testing

@Suite("profile.yaml")
struct ProfileReaderTests {
    private static let head = ProfileFolder.head()
    private static let row = "events:\n  - when: {path: a}\n    emit: "

    private static let problems: [(yaml: String, told: [String])] = [
        ("", ["profile.yaml:1: the file must hold keys and values"]),
        ("- a\n", ["profile.yaml:1: the file must hold keys and values"]),
        ("name: {nb: A, en: B}\n", ["technology is missing", "ladderStep is missing", "codec is missing"]),
        (head + "colour: red\n", ["profile.yaml:5: colour is unknown; known here: name, technology, ladderStep, codec, "]),
        (head.replacing("nb: Vannsensor, ", with: ""), ["profile.yaml:1: name.nb is missing"]),
        (head.replacing("digital-supervision", with: "camera"), ["profile.yaml:2: technology «camera» is not one of: digital-supervision, "]),
        (head.replacing("ladderStep: 2", with: "ladderStep: \"2\""), ["profile.yaml:3: ladderStep «2» is not a whole number from 1 to 9"]),
        (head.replacing("ladderStep: 2", with: "ladderStep:"), ["profile.yaml:3: ladderStep is empty"]),
        (head.replacing("zigbee2mqtt", with: "zigbee"), ["profile.yaml:4: codec «zigbee» is not one of: canonical, scaip, "]),
        (head + "heartbeat: 26h\n", ["profile.yaml:5: heartbeat «26h» is not a duration of ISO 8601"]),
        (head + "heartbeat: PT0S\n", ["profile.yaml:5: heartbeat «PT0S» is not a duration"]),
        (head + "battery: {low: 30, restored: 20}\n", ["profile.yaml:5: battery.restored must lie above low"]),
        (head + "battery: {low: 130}\n", ["battery.restored is missing", "battery.low «130» is not a percentage"]),
        (head + "recognise: {path: a}\n", ["profile.yaml:5: recognise.equals is missing"]),
        (head + "recognise:\n  - {path: a..b, equals: c}\n", ["profile.yaml:6: recognise[0].path «a..b» is not a path"]),
        (head + "recognise: {path: \"a[0]\", equals: c}\n", ["profile.yaml:5: recognise.path «a[0]» is not a path such as object.battery or list.0.value"]),
        (head + "events: []\n", ["profile.yaml:5: events is not a list of 1 to 50 rows"]),
        (head + "events:\n  - when: {path: a}\n", ["profile.yaml:6: events[0].emit is missing"]),
        (head + "events:\n  - emit: {type: device.tested}\n", ["profile.yaml:6: events[0].when is missing"]),
        (head + row + "{type: alarm.raised}\n", ["profile.yaml:7: events[0].emit.kind is missing: give one of: manual, "]),
        (head + row + "{type: alarm.answered}\n", ["profile.yaml:7: events[0].emit.type «alarm.answered» is not one of: alarm.raised, "]),
        (head + row + "{type: alarm.raised, kind: flood}\n", ["profile.yaml:7: events[0].emit.kind «flood» is not one of: "]),
        (head + row + "{type: alarm.raised, kind: {path: b}}\n", ["profile.yaml:7: events[0].emit.kind is not one of: "]),
        (head + row + "{type: alarm.raised, kind: door, alarm: a}\n", ["profile.yaml:7: events[0].emit.alarm «a» is not {path: …}"]),
        (head + row + "{type: device.tested, fault: tamper}\n", ["profile.yaml:7: events[0].emit.fault is unknown; known here: type"]),
        (
            head + "events:\n  - when:\n      - {path: a, equal: 1}\n      - {path: b, changed: false, above: x}\n    emit: {type: device.tested}\n",
            [
                "profile.yaml:7: events[0].when[0].equal is unknown; known here: path, equals, above, below, changed, missing",
                "profile.yaml:8: events[0].when[1].above «x» is not a number", "profile.yaml:8: events[0].when[1].changed «false» is not true",
            ]
        ),
        (
            head + "events:\n  - each: list\n    when: {path: a, changed: true}\n    emit: {type: device.tested}\n",
            ["profile.yaml:7: events[0].when.changed cannot stand in a row with each"]
        ),
        (head.replacing("zigbee2mqtt", with: "scaip") + "events:\n  - {}\n", ["profile.yaml:6: events is for codecs that are JSON"]),
        (head + "a: b: c\n", ["profile.yaml: not YAML: "]),
        (head + "technology: location\n", ["profile.yaml: not YAML: "]),
    ]

    @Test("what is wrong is told with file, line, key and the way out, all of it at once", arguments: problems)
    func problem(yaml: String, told: [String]) throws {
        let folder = try ProfileFolder()
        let found = try folder.problems(yaml)
        #expect(found.count == told.count, "\(found)")
        for text in told { #expect(found.contains { $0.contains(text) }, "\(text) in \(found)") }
    }

    private static let durations: [(text: String, milliseconds: Int64)] = [
        ("PT26H", 93_600_000), ("P7D", 604_800_000), ("P1DT12H", 129_600_000), ("PT90M", 5_400_000), ("PT1H30M5S", 5_405_000), ("P0DT1S", 1000),
    ]

    @Test("durations", arguments: durations)
    func duration(text: String, milliseconds: Int64) throws {
        #expect(try ProfileFolder.profile("canonical", "heartbeat: \(text)\n").heartbeatMilliseconds == milliseconds)
    }

    @Test("folders that are no profiles are told; files beside them are not")
    func folders() throws {
        let folder = try ProfileFolder()
        try folder.write("README.md", "")
        try folder.write("Water Sensor/profile.yaml", Self.head)
        try folder.write("empty/note.txt", "")
        let problems = DeviceProfiles.read([folder.path, "\(folder.path)/none"]).problems
        #expect(problems.count == 3, "\(problems)")
        #expect(problems.contains { $0.contains("Water Sensor: the folder's name is the profile's id") })
        #expect(problems.contains { $0.contains("empty/profile.yaml is missing") })
        #expect(problems.contains { $0.contains("none cannot be read") })
        #expect(throws: DeviceProfilesError.self) { try DeviceProfiles.load(folder.path) }
    }

    @Test("a sample that differs is told with where it does")
    func samples() throws {
        let folder = try ProfileFolder()
        try folder.write("x/profile.yaml", Self.head + Self.row + "{type: alarm.raised, kind: door}\n")
        try folder.write("x/samples/good-a.json", #"{"a":1,"last_seen":"2026-10-05T07:00:00Z"}"#)
        try folder.write("x/samples/good-a.topic", "stue\n")
        try folder.write("x/samples/good-b.json", "no")
        try folder.write("x/samples/bad-c.json", "{}")
        try folder.write("x/samples/bad-c.reason", "codec:not json\n")
        try folder.write("x/samples/bad-d.json", "{}")
        try folder.write("x/samples/other.json", "{}")
        try folder.write("x/samples/good-e.expected.json", "[]")
        func problems() throws -> [String] {
            let read = DeviceProfiles.read([folder.path])
            return ProfileSamples(of: try #require(read.profiles.first), in: "\(folder.path)/x", among: read.profiles).problems
        }
        let found = try problems()
        for told in [
            "good-a.expected.json is missing: `vaktlast devices try x", "good-b.json: is refused: codec:missing topic",
            "bad-c.json: is refused with «codec:missing topic», bad-c.reason says «codec:not json»", "bad-d.reason is missing",
            "other.json: samples are called good-… or bad-…", "good-e.expected.json belongs to no sample",
        ] { #expect(found.contains { $0.contains(told) }, "\(told) in \(found)") }
        #expect(found.count == 6)
        try folder.write("x/samples/good-a.expected.json", "[]")
        #expect(try problems().contains { $0.contains("good-a.expected.json: 1 events come, 0 are expected") })
    }

    @Test("a model that two profiles recognise is told")
    func recognisedTwice() throws {
        let folder = try ProfileFolder()
        for id in ["x", "y"] { try folder.write("\(id)/profile.yaml", Self.head + "recognise: {path: device.model, equals: W1}\n") }
        try folder.write("x/samples/good-a.json", #"{"device":{"model":"W1"}}"#)
        try folder.write("x/samples/good-a.topic", "stue")
        let read = DeviceProfiles.read([folder.path])
        let problems = ProfileSamples(of: try #require(read.profiles.first), in: "\(folder.path)/x", among: read.profiles).problems
        #expect(problems.contains { $0.contains("good-a.expected.json is missing") })
        try folder.write("x/samples/good-a.expected.json", "[]")
        let again = ProfileSamples(of: try #require(read.profiles.first), in: "\(folder.path)/x", among: read.profiles).problems
        #expect(again.contains { $0.contains("profile y recognises it as well") })
    }
}
