import Telemetry
import Testing
import Workload

@Suite("Silent days")
struct SilentDaysInCellsTests {
    private func cell(_ day: Int, hour: Int64 = 12, heartbeats: Int64 = 0, raised: Int64 = 0) -> LoadCell {
        var measures = Measures()
        (measures.heartbeats, measures.raised) = (heartbeats, raised)
        let start = LocalTime.oslo.instant(.init(year: 2026, month: 10, day: day), milliseconds: hour * TimeRule.hourMilliseconds)
        return LoadCell(zone: "biri", start: start, measures: measures, revised: false)
    }

    private let october = LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 20))..<LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 28))

    @Test("a day without any event among days with signs of life is silent, also the one of 25 hours; one alarm is enough not to be")
    func silent() {
        let cells = [20, 21, 23, 24, 27].map { cell($0, heartbeats: 3) } + [cell(26, hour: 0, raised: 1)]
        #expect(LocalTime.oslo.silentDays(of: cells, in: october).map(\.day) == [22, 25])
    }

    @Test("a day that the period has but a part of is not called silent, nor any day where no device gives signs of life")
    func cannotSay() {
        let cells = [21, 22, 23, 24, 25, 26].map { cell($0, heartbeats: 1) }
        let part = (october.lowerBound + 1)..<(october.upperBound - 1)
        #expect(LocalTime.oslo.silentDays(of: cells, in: part) == [])
        #expect(LocalTime.oslo.silentDays(of: [cell(20, raised: 1), cell(27, raised: 1)], in: october) == [])
        #expect(LocalTime.oslo.silentDays(of: [], in: october) == [])
        // Where devices have given signs of life before, none at all is silence.
        #expect(LocalTime.oslo.silentDays(of: [], in: october, expectsSigns: true).count == 8)
    }

    @Test("cells that are counted instead of kept make the same days silent")
    func counted() {
        let quarter = TimeRule.quarterMilliseconds
        let all = [20, 21, 23, 24].map { cell($0, heartbeats: 3) } + [cell(26, hour: 0, raised: 1), cell(27, heartbeats: 1)]
        for kept in [0b000000, 0b111111, 0b010000, 0b101010, 0b110001] {
            var quiet = QuietCells()
            var cells: [LoadCell] = []
            for (place, cell) in all.enumerated() {
                if kept & 1 << place != 0 || cell.measures.raised > 0 {
                    cells.append(cell)
                } else {
                    quiet.add(zone: cell.zone, quarter: cell.start / quarter, isRevised: false, hasHeartbeats: true)
                }
            }
            #expect(LocalTime.oslo.silentDays(of: cells, quiet: quiet, in: october) == LocalTime.oslo.silentDays(of: all, in: october))
            #expect((quiet.byZone["biri"]?.cells ?? 0) + cells.count == all.count)
        }
    }
}
