import Reports
import Strategy
import Telemetry
import Testing
import Workload

@Suite("Signs of life in the report")
struct AvailabilityTests {
    private func input(_ groups: [(zone: String, technology: Technology?, withSign: Int, registered: Int, devices: Int)]) throws -> ReportInput {
        var input = ReportInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: [.init(id: "biri", name: "Biri"), .init(id: "haugtun", name: "Haugtun")],
            period: try ReportPeriod("2026-10"),
            generatedAt: 1_793_500_000_000,
            position: 1
        )
        for group in groups {
            input.deviceDaysByGroup[.init(zone: group.zone, technology: group.technology)] = .init(
                days: .init(withSign: group.withSign, registered: group.registered),
                devices: group.devices,
                silentDevices: group.withSign < group.registered ? group.devices : 0
            )
        }
        return input
    }

    private static let groups: [(zone: String, technology: Technology?, withSign: Int, registered: Int, devices: Int)] = [
        ("biri", .safetyAlarm, 290, 310, 10), ("biri", .medicationDispenser, 31, 62, 2), ("haugtun", .safetyAlarm, 180, 186, 6), ("haugtun", nil, 5, 31, 1),
    ]

    /// The shares of a row by column, as fractions; nil where nobody is registered, «skjult» where it is withheld.
    private func row(_ figures: AvailabilityFigures, _ zone: String?) -> [String] {
        figures.rows.first { $0.zone?.id == zone }?.shares.map { share in
            share.map { $0.share.map { "\($0.numerator)/\($0.denominator)" } ?? "skjult" } ?? "–"
        } ?? []
    }

    @Test("by zone and technology, with what has no known model and all together")
    func figures() throws {
        let figures = try #require(Report(try input(Self.groups)).availability)
        #expect(figures.technologies == [.medicationDispenser, .safetyAlarm, nil])
        #expect(row(figures, "biri") == ["31/62", "290/310", "–", "321/372"])
        #expect(row(figures, "haugtun") == ["–", "180/186", "5/31", "185/217"])
        #expect(row(figures, nil) == ["31/62", "470/496", "5/31", "506/589"])
    }

    @Test("what fewer than five devices did does not leave the municipality, however many days they make")
    func external() throws {
        var external = try input(Self.groups)
        external.isExternal = true
        let report = Report(external)
        let figures = try #require(report.availability)
        // Nor can it be found by subtraction: one share of all is told, and holds what is hidden too.
        #expect(figures.rows.count == 1 && figures.technologies.isEmpty && row(figures, nil) == ["506/589"])
        #expect(!report.html().contains("Lavest:"))
    }

    @Test("where few devices were silent their share is hidden: so many silent days would tell how many they are at least")
    func fewSilent() throws {
        var external = try input([("biri", .safetyAlarm, 3617, 3618, 120), ("haugtun", .safetyAlarm, 1860, 1860, 60)])
        external.deviceDaysByGroup[.init(zone: "biri", technology: .safetyAlarm)]?.silentDevices = 1
        external.isExternal = true
        let report = Report(external)
        let total = try #require(report.availability?.rows.last?.shares.last ?? nil)
        #expect(total.share == nil && total.rounded == nil)
        let cells = report.tables().first { $0.id == "livstegn" }.map { $0.rows.flatMap(\.self) } ?? []
        #expect(!cells.contains(.number(3617)) && !cells.contains(.number(5477)) && cells.contains(.withheld))
    }

    @Test("one zone alone has no row for all; without devices the section says so")
    func few() throws {
        var one = try input(Self.groups)
        one.zone = "biri"
        let figures = try #require(Report(one).availability)
        #expect(figures.rows.count == 1 && row(figures, "biri") == ["31/62", "290/310", "–", "321/372"])
        let none = Report(try input([]))
        #expect(none.availability == nil && none.html().contains("Ingen døgn i perioden har både data og registrerte enheter."))
    }
}
