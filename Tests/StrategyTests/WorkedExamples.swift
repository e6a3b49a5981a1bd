import Foundation
import Strategy
import Telemetry
import Testing
import Workload

/// One small example of a measure: what is known, and how a reader reckons the value by hand.
struct WorkedExample: CustomTestStringConvertible, Sendable {
    var measure: IndicatorMeasure
    /// In bokmål, with the value as the result line writes it.
    var byHand: String
    /// The value by hand, and its interval from a table or by hand; nil where there is none.
    var value: Double
    var low: Double?
    var high: Double?
    var data: IndicatorData

    var testDescription: String { measure.rawValue }

    init(
        _ measure: IndicatorMeasure,
        _ byHand: String,
        _ value: Double,
        _ interval: (Double, Double)?,
        _ fill: (inout IndicatorData) -> Void
    ) {
        self.measure = measure
        self.byHand = byHand
        self.value = value
        low = interval?.0
        high = interval?.1
        data = IndicatorData(keyFigures: .made(), responseMillisecondsByDay: [], users: 0, deviceDaysWithSign: 0, deviceDaysRegistered: 0)
        fill(&data)
    }

    private static let hour: Int64 = 3_600_000

    private static func week(_ data: inout IndicatorData, users: Int) {
        data.responseMillisecondsByDay = [Int64](repeating: 0, count: 10)
        data.users = users
    }

    private static func waits(_ within: Int, _ beyond: Int, limitSeconds: Int64) -> [Int64] {
        [Int64](repeating: limitSeconds, count: within) + [Int64](repeating: limitSeconds + 1, count: beyond)
    }

    static let all: [WorkedExample] = shares + load + technology

    private static let shares = [
        WorkedExample(.closedAtCentre, "Av 20 lukkede alarmer ble 15 lukket uten at noen dro: 15 / 20 = 75,0 %.", 0.75, (0.5313, 0.8881)) {
            $0.keyFigures = .made(closedAtCentre: Share(15, of: 20))
        },
        WorkedExample(
            .lowestEffectiveStep,
            "Av de samme 20 måtte noen likevel dra til 2 av de 15 innen et døgn: 13 / 20 = 65,0 %.",
            0.65,
            (0.4329, 0.8188)
        ) { $0.lowestEffectiveStep = Share(13, of: 20) },
        WorkedExample(.unintended, "Av 10 lukkede alarmer var 0 utilsiktet: 0 / 10 = 0,0 %. Intervallet når likevel nesten 28 %.", 0, (0, 0.2775)) {
            $0.keyFigures = .made(unintended: Share(0, of: 10))
        },
        WorkedExample(.silent, "Av 10 besvarte alarmer var 1 uten talekontakt: 1 / 10 = 10,0 %.", 0.1, (0.0179, 0.4042)) { $0.silent = Share(1, of: 10) },
        WorkedExample(.answerWithin60Seconds, "Av 20 svar kom 19 innen 60 sekunder: 19 / 20 = 95,0 %.", 0.95, (0.7639, 0.9911)) {
            $0.keyFigures = .made(answers: waits(19, 1, limitSeconds: 60))
        },
        WorkedExample(.answerWithin180Seconds, "Av 20 svar kom alle innen 180 sekunder: 20 / 20 = 100,0 %.", 1, (0.8389, 1)) {
            $0.keyFigures = .made(answers: waits(20, 0, limitSeconds: 180))
        },
        WorkedExample(.unanswered, "Av 20 alarmer var 1 uten svar: 1 / 20 = 5,0 %.", 0.05, (0.0089, 0.2361)) {
            $0.keyFigures = .made(answers: waits(19, 0, limitSeconds: 60))
            $0.keyFigures.alarms = 20
            $0.keyFigures.answer.none = 1
        },
        WorkedExample(.open, "Av 20 alarmer er 18 lukket, så 2 er åpne: 2 / 20 = 10,0 %.", 0.1, (0.0279, 0.3010)) {
            $0.keyFigures = .made(answers: waits(20, 0, limitSeconds: 60), closedAtCentre: Share(9, of: 18))
        },
        WorkedExample(.attendanceWithin45Minutes, "Av 10 utrykninger var 9 framme innen 45 minutter: 9 / 10 = 90,0 %.", 0.9, (0.5958, 0.9821)) {
            $0.keyFigures = .made(attendances: waits(9, 1, limitSeconds: 45 * 60))
        },
        WorkedExample(.attendanceWithin60Minutes, "Av 10 utrykninger var alle framme innen 60 minutter: 10 / 10 = 100,0 %.", 1, (0.7225, 1)) {
            $0.keyFigures = .made(attendances: waits(10, 0, limitSeconds: 60 * 60))
        },
        WorkedExample(.late, "Av 100 steg kom 2 for sent: 2 / 100 = 2,0 %.", 0.02, (0.0055, 0.0700)) { $0.late = Share(2, of: 100) },
        WorkedExample(.simultaneousResponses, "Av 10 utrykninger begynte 2 mens en annen pågikk: 2 / 10 = 20,0 %.", 0.2, (0.0567, 0.5098)) {
            $0.simultaneous = Share(2, of: 10)
        },
        WorkedExample(.deviceAvailability, "10 enheter i 10 døgn er 100 enhetsdøgn; 97 av dem med livstegn: 97 / 100 = 97,0 %.", 0.97, (0.9155, 0.9897)) {
            $0.deviceDaysWithSign = 97
            $0.deviceDaysRegistered = 100
        },
        WorkedExample(
            .ladderNotRisen,
            "Av 10 brukere sto 7 på samme trinn, 1 gikk ned og 2 gikk opp: 8 / 10 = 80,0 %.",
            0.8,
            (0.4902, 0.9433)
        ) {
            let users = (0..<10).map { "bruker-\($0)" }
            let before = Dictionary(uniqueKeysWithValues: users.map { ($0, 3) })
            let after = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1, $0 == 0 ? 2 : $0 < 3 ? 4 : 3) })
            $0.ladder = LadderMovement(before: before, after: after)
        },
    ]

    private static let load = [
        WorkedExample(
            .callOutsPer100Users,
            "10 utrykninger hos 50 brukere på 10 døgn. 50 × 10 / 3000 = 0,1667, og 10 / 0,1667 = 60,0. Garwood for 10 er 4,795 til 18,390.",
            60,
            (28.772, 110.343)
        ) {
            week(&$0, users: 50)
            $0.callOuts = 10
        },
        WorkedExample(
            .nightCallOutsPer100Users,
            "2 av dem om natten: 2 / 0,1667 = 12,0. Garwood for 2 er 0,242 til 7,225.",
            12,
            (1.453, 43.348)
        ) {
            week(&$0, users: 50)
            $0.nightCallOuts = 2
        },
        WorkedExample(
            .callOutHoursPer100Users,
            "8 døgn med annethvert 1 og 3 timer er 16 timer hos 100 brukere: 100 × 8 / 3000 = 0,2667, og 16 / 0,2667 = 60,0 t.",
            60,
            (33.19, 86.81)
        ) {
            $0.responseMillisecondsByDay = [1, 3, 1, 3, 1, 3, 1, 3].map { Int64($0) * hour }
            $0.users = 100
        },
        WorkedExample(
            .repeatUsers,
            "100 brukere: de 5 med flest har 12 hver, 20 har 1 hver og resten ingen. 5 × 12 / 80 = 75,0 %.",
            0.75,
            nil
        ) { $0.callOutsByUser = [Int](repeating: 12, count: 5) + [Int](repeating: 1, count: 20) + [Int](repeating: 0, count: 75) },
        WorkedExample(.unplannedShare, "14 døgn med 2 timer utrykning og 100 timer på vakt: 28 / 1400 = 2,0 %.", 0.02, (0.02, 0.02)) {
            $0.rosteredMillisecondsByDay = [Int64](repeating: 100 * hour, count: 14)
            $0.rosteredResponseMillisecondsByDay = [Int64](repeating: 2 * hour, count: 14)
        },
    ]

    private static let technology: [WorkedExample] =
        IndicatorMeasure.allCases.compactMap { measure in
            measure.technology.map { technology in
                WorkedExample(
                    measure,
                    "10 brukere med \(technology.bokmal) og 200 innbyggere på 80 år og eldre: 10 × 1000 / 200 = 50,0. Garwood for 10 er 4,795 til 18,390.",
                    50,
                    (23.977, 91.952)
                ) {
                    $0.inhabitants80 = 200
                    $0.usersByTechnology = [technology: 10]
                }
            }
        } + [
            WorkedExample(
                .technologyUsersPer1000,
                "15 hjem med trygghetsalarm og 10 med medisindispenser, 5 av dem de samme, er 20 brukere; blant 200 innbyggere på 80 år og eldre: "
                    + "20 × 1000 / 200 = 100,0.",
                100,
                (61.083, 154.442)
            ) {
                $0.inhabitants80 = 200
                $0.technologyUsers = 20
            },
            WorkedExample(
                .freedHours,
                "1000 doser × 60 % × 10 minutter = 100 timer; 40 oppfølginger × 15 minutter = 10 timer; 2 utrykninger til dispensere som ikke virket "
                    + "× 30 minutter = 1 time: 89 timer på 60 døgn er 44,5 t per 30 døgn. Lavt: 50 % × 8 minutter minus 11 timer er 55,7 timer; "
                    + "høyt: 75 % × 12 minutter minus 11 timer er 139 timer. Doser og oppfølginger er hendelser fra dispenserne.",
                44.5,
                (27.833, 69.5)
            ) {
                func known(_ low: Double, _ main: Double, _ high: Double) -> Assumption {
                    Assumption(Range3(low: low, main: main, high: high), source: "eksempel", isExample: true)
                }
                let dispenser = BenefitAssumptions.Technology(
                    technology: .medicationDispenser,
                    replaces: "legemiddelbesøk",
                    share: known(0.5, 0.6, 0.75),
                    minutes: known(8, 10, 12),
                    newWorkMinutes: [.followUp: known(15, 15, 15), .technicalVisit: known(30, 30, 30)]
                )
                func doses(_ hour: Int64, _ count: Int64, _ result: AssistResult) -> AssistRow {
                    .init(municipality: "3407", zone: "a", hour: hour, technology: .medicationDispenser, result: result, count: count)
                }
                let counts = FreedHours.counts(
                    assists: [doses(1, 600, .done), doses(2, 400, .done), doses(2, 40, .followUp)],
                    alarms: ["m1", "m2"].map { .made($0, device: $0, outcome: .technical, steps: [.raised, .dispatched, .closed]) },
                    technologies: ["m1": .medicationDispenser, "m2": .medicationDispenser]
                )
                $0.freed = FreedHours(BenefitAssumptions(technologies: [dispenser]), counts: counts)
                $0.freedDays = 60
            },
            WorkedExample(.realisedHours, "Ført i år: 120,5 timer i mars, 40 i april og en retting på −10: 150,5 t.", 150.5, (150.5, 150.5)) {
                $0.realised = book
            },
            WorkedExample(.realisedKroner, "De samme tre linjene: 48 000 kroner i mars, 0 i april og 0 i rettingen: 48000 kr.", 48_000, (48_000, 48_000)) {
                $0.realised = book
            },
        ]

    private static var book: BenefitLedger.Sum {
        var sum = BenefitLedger.Sum()
        (sum.hours, sum.kroner, sum.lines) = (150.5, 48_000, 3)
        return sum
    }
}
