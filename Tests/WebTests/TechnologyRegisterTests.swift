import Strategy
import Telemetry
import Testing
import Web

@Suite("Users of technology")
struct TechnologyRegisterTests {
    private func device(_ name: String, _ technology: Technology?, _ accessory: String? = nil, from: EventTime? = nil, to: EventTime? = nil)
        -> ReportedMunicipality.Device
    {
        .init(device: name, zone: "biri", technology: technology, accessory: accessory, from: from, to: to, isSafetyAlarm: accessory == nil)
    }

    @Test("a user is a home with at least one device of the technology; smoke detectors and sensors have their own words")
    func uses() {
        let register = TechnologyRegister([
            device("b-0001", .safetyAlarm), device("b-0001-smoke", .safetyAlarm, "røykvarsler"), device("b-0001-smoke2", .safetyAlarm, "røykvarsler"),
            device("b-0001-door", .digitalSupervision, "dørsensor"), device("b-0001-cam", .digitalSupervision),
            device("b-0001-cam-2", .digitalSupervision), device("b-0002", .safetyAlarm), device("b-00021", .safetyAlarm),
            device("lonely-cam", .digitalSupervision), device("gone", .location, to: 5), device("odd", nil, from: 5),
        ])
        let uses = register.uses(in: 10..<11)
        #expect(uses.map(\.kind.bokmal) == ["digitalt tilsyn", "trygghetsalarm", "dørsensor", "røykvarsler"])
        #expect(uses.map(\.users) == [2, 4, 1, 1] && uses.map(\.devices) == [3, 4, 1, 2])
        // The home b-0001 has two technologies and is one user; smoke detectors and sensors make nobody one.
        #expect(register.technologyUsers(in: 10..<11) == 5 && register.technologyUsers(in: 10..<11, zone: "sentrum") == 0)
        #expect(register.uses(in: 1..<2).contains { $0.kind == .technology(.location) } && register.uses(in: 10..<11, zone: "sentrum").isEmpty)
    }
}
