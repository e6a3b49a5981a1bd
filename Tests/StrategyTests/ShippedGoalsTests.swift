import Foundation
import Strategy
import Telemetry
import Testing

@Suite("The goals files that come along")
struct ShippedGoalsTests {
    struct Expected: CustomTestStringConvertible, Sendable {
        var folder: String
        var framework: String
        var ladder: String?
        /// The document's own titles, in its order.
        var titles: [String]
        var testDescription: String { "\(folder): \(framework)" }
    }

    static let documents = [
        Expected(
            folder: "3441-gausdal",
            framework: "vegvalg",
            ladder: "mestringstrappa",
            titles: [
                "Vegvalg 1: Bærekraftig tjenestenivå", "Vegvalg 2: Helsefremmende og forebyggende satsing", "Vegvalg 3: Helhetlig boligutvikling",
                "Vegvalg 4: Utvikling av helsetjenester i hjemmet", "Vegvalg 5: Utvikling av institusjonstjenestene", "Vegvalg 6: Aktiv bruk av teknologi",
            ]
        ),
        Expected(
            folder: "3407-gjovik",
            framework: "helse-og-omsorgsplan-2030",
            ladder: "omsorgstrappa",
            titles: [
                "4.1 Bo lengst mulig i eget hjem", "4.2 Ledelse, innovasjon, velferdsteknologi, kompetanse og rekruttering",
                "4.3 Styrking av helsetjenester", "4.4 ReHabiliteringsfokus i tjenestene", "4.5 Aktivt liv",
                "4.6 Brukerstyring og kontroll over egen livssituasjon", "4.7 Tilrettelagte tjenester til yngre med funksjonsnedsettelser",
                "4.8 Omsorgssenteret – en møteplass i lokalsamfunnet", "4.9 Heldøgns tjenester i omsorgsboliger", "4.10 Spesialisering av demensomsorg",
            ]
        ),
        Expected(
            folder: "9901-plan-2040-eksempel",
            framework: "helse-og-omsorgsplan-2040",
            ladder: "innsatstrappa",
            titles: [
                "1. Helhet og sammenheng i tjenestene", "2. Helsefremming, forebygging og tidlig innsats",
                "3. Arbeidskraft med riktig kompetanse til oppgavene", "4. Teknologi og nye arbeidsmåter", "5. Samskaping og samarbeid med frivillighet",
                "6. Bo trygt i eget hjem",
            ]
        ),
        Expected(
            folder: "5027-midtre-gauldal",
            framework: "leve-hele-livet",
            ladder: nil,
            titles: [
                "Fra passive mottakere til aktive deltakere", "Fra pleie og reparering til forebygging og helsefremmende arbeid",
                "Hverdagsmestring og livsglede gjennom bruk av ny teknologi", "Alle i samfunnet må bidra", "Målbilde 2030: bærekraftige tjenester",
            ]
        ),
        Expected(
            folder: "3440-oyer",
            framework: "mandat-2021-2050",
            ladder: "omsorgstrappa",
            titles: [
                "Omsorgstrappa: forebygging, hjemmebaserte tjenester og heldøgns omsorg utenfor institusjon",
                "Omsorgstrappa med tanke på dimensjonering av tjenester", "Heldøgns omsorgsboliger", "Forebyggende helsearbeid gjennom hele livsløpet",
                "Samordning av tildeling og koordinering", "Tverrfaglig bruk av kompetanse", "Driftskostnader, og hvor det kan gjøres endringer",
                "Handlingsrom økonomisk og personellmessig", "Alternative turnusordninger ved Øyer helsehus og i hjemmetjenesten",
                "Organisering og nye løsninger, velferdsteknologi", "Forankring i ny Plan for Livsløp",
            ]
        ),
    ]

    private static func text(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "config/municipalities/\(path)"), encoding: .utf8)
    }

    @Test("each document's framework has its own titles and its own name for the care ladder", arguments: documents)
    func titles(_ expected: Expected) throws {
        let goals = try Goals(yaml: Self.text("\(expected.folder)/goals.yaml"))
        let framework = try #require(goals.frameworks.first { $0.id == expected.framework })
        #expect(framework.goals.map(\.name) == expected.titles)
        #expect(framework.careLadder == expected.ladder && framework.document?.isEmpty == false)
    }

    @Test("every shipped baseline and target is an example, every goal has a reference, and one without indicators says why", arguments: documents)
    func examples(_ expected: Expected) throws {
        let goals = try Goals(yaml: Self.text("\(expected.folder)/goals.yaml"))
        for indicator in goals.indicators {
            #expect(indicator.target?.isExample == true && indicator.baseline?.isExample == true, "\(indicator.id)")
            #expect(indicator.deadline != nil && indicator.owner != nil, "\(indicator.id)")
            // A target in the direction that is better.
            let (target, baseline) = (try #require(indicator.target?.value), try #require(indicator.baseline?.value))
            #expect(indicator.direction == .up ? target > baseline : target < baseline, "\(indicator.id)")
        }
        for goal in goals.frameworks.flatMap(\.goals) {
            #expect(goal.reference != nil)
            #expect(!goal.indicators.isEmpty || goal.notMeasured != nil, "\(goal.id)")
            #expect(goal.contradictions.isEmpty, "\(goal.id)")
        }
        #expect(goals.doubts == [])
    }

    @Test("Gjøvik, which the demo shows, has its own ten areas first, and Gausdal's vegvalg 6 after them as an example")
    func demo() throws {
        let goals = try Goals(yaml: Self.text("3407-gjovik/goals.yaml"))
        #expect(goals.frameworks.map(\.id) == ["helse-og-omsorgsplan-2030", "vegvalg"] && goals.frameworks[0].goals.count == 10)
        #expect(goals.frameworks[1].goals.map(\.id) == ["vegvalg-6"] && goals.frameworks[1].goals[0].indicators.count == 6)
        #expect(goals.frameworks[1].goals[0].reference?.contains("4.2") == true)
    }

    @Test("Gausdal's vegvalg 6 asks how much is in use, what load it takes and gives, what was freed and what was realised")
    func vegvalg6() throws {
        let goals = try Goals(yaml: Self.text("3441-gausdal/goals.yaml"))
        let measures = try #require(goals.frameworks[0].goals.last).indicators.map(\.measure)
        #expect(Set([.safetyAlarmUsersPer1000, .closedAtCentre, .unintended, .freedHours, .realisedHours]).isSubset(of: Set(measures)))
    }

    @Test("the shipped files of planning are read, say that they are made up, and fit together", arguments: documents.map(\.folder))
    func planning(folder: String) throws {
        let number = String(folder.prefix(4))
        let population = try Population(csv: Self.text("\(folder)/population.csv"), municipality: number)
        let users = try UsersByAge(csv: Self.text("\(folder)/users-by-age.csv"))
        let assumptions = try ProjectionAssumptions(yaml: Self.text("\(folder)/projection.yaml"))
        #expect(population.isSynthetic && users.isSynthetic && assumptions.hasExample)
        let projection = try Projection(population: population, users: users, assumptions: assumptions, years: [2030, 2040, 2050]) { 5 * $0 }
        #expect(projection.rows.count == 9 && projection.isSynthetic)
        #expect(projection.rows.allSatisfy { $0.loadFactor > 0.3 && $0.workforceFactor != nil })
        if folder == "5027-midtre-gauldal" { #expect(assumptions.dependencyRatio?.ratio(in: 2050) == 2.2) }
    }

    @Test("Midtre Gauldal's measure of the whole effort stands in its goals in its own words")
    func ownWords() throws {
        let goals = try Goals(yaml: Self.text("5027-midtre-gauldal/goals.yaml"))
        let goal = try #require(goals.frameworks.flatMap(\.goals).first { $0.id == "malbilde-2030" })
        #expect(goal.note?.contains("«Aktive og engasjerte innbyggere til glede for seg selv og andre»") == true)
    }

    @Test("the shipped assumptions of benefits are all examples, of technologies that the municipality's devices have", arguments: documents.map(\.folder))
    func benefits(folder: String) throws {
        let text = try Self.text("\(folder)/benefits.yaml")
        let benefits = try BenefitAssumptions(yaml: text)
        #expect(text.contains("ALT ER EKSEMPLER") && benefits.technologies.count == 4 && benefits.technologies.allSatisfy(\.hasExample))
        #expect(try Self.text("\(folder)/municipality.yaml").contains("\nbenefits: benefits.yaml"))
        let devices = try Self.text("\(folder)/devices.csv")
        let models: [Technology: String] = [
            .digitalSupervision: "supervision-camera", .medicationDispenser: "medication-dispenser", .electronicLock: "electronic-lock",
            .safetyAlarm: "safety-alarm",
        ]
        for technology in benefits.technologies { #expect(devices.contains(";\(models[technology.technology] ?? "none");"), "\(technology.technology)") }
    }

    @Test("the shipped ledgers are read", arguments: ["3407-gjovik", "3441-gausdal"])
    func ledger(folder: String) throws {
        let ledger = try BenefitLedger(csv: Self.text("\(folder)/benefit-ledger.csv"))
        #expect(ledger.entries.count == 3 && ledger.isExample)
    }
}
