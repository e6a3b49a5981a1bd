import Telemetry
package import Workload

extension Report {
    /// All tables with their provenance. Numbers are in the column's unit, shares 0–1, days as 2026-10-05; a withheld
    /// figure is `"withheld"`, one that does not exist null.
    package func json(_ localTime: LocalTime = .oslo) -> [UInt8] {
        var json = JSONText(bytesLikely: 1 << 18)
        json.object { json in
            json.member("municipality", municipalityNumber)
            json.member("name", municipalityName)
            json.member("zone", selectedZone?.id)
            json.member("period", period.description)
            json.member("from", Timestamp.format(coverage.bounds.lowerBound))
            json.member("to", Timestamp.format(coverage.bounds.upperBound))
            json.member("external", isExternal)
            json.member("generatedAt", Timestamp.format(provenance.generatedAt))
            json.member("position", provenance.position)
            json.member("definitions", provenance.definitions)
            json.array("tables", tables(localTime)) { json, table in
                json.object { json in
                    json.member("id", table.id)
                    json.member("title", table.title)
                    json.array("columns", table.columns) { json, column in
                        json.object { json in
                            json.member("name", column.name)
                            json.member("unit", column.unit.rawValue)
                        }
                    }
                    json.array("rows") { json in
                        for row in table.rows { json.array(row) { $0.value(of: $1) } }
                    }
                }
            }
        }
        return json.bytes
    }
}

extension JSONText {
    fileprivate mutating func value(of cell: ReportTable.Cell) {
        switch cell {
        case .text(let text): value(Norwegian.plain(text))
        case .number(let number): value(number)
        case .day(let day): value(day.iso)
        case .withheld: value("withheld")
        case .none: value(String?.none)
        }
    }
}
