import CXLSXWriter
import Foundation
package import Workload

extension Report {
    /// Why a workbook could not be written.
    package struct WorkbookError: Error, CustomStringConvertible {
        package var description: String
    }

    /// Writes all tables as an Excel workbook: a sheet each with its heading row frozen, numbers as numbers in Norwegian
    /// formats, and charts of Excel's own beside those that a picture says more of.
    ///
    /// - Parameters:
    ///   - path: the file to write; one that is there is replaced.
    ///   - said: a text of it in the language that it is to be read in; bokmål without.
    /// - Throws: `WorkbookError` with the path and the reason.
    package func writeWorkbook(to path: String, localTime: LocalTime = .oslo, said: (String) -> String = { $0 }) throws(WorkbookError) {
        guard let workbook = workbook_new(path) else { throw WorkbookError(description: "\(path) cannot be written") }
        var writer = WorkbookWriter(workbook, dayFormat: said("d. mmmm yyyy"), withheld: said(withheldText))
        var titles: Set<String> = []
        for table in tables(localTime) {
            var table = table.said(said)
            // A sheet's name is short and its own.
            if table.title.count > ReportTable.titleLengthMax || !titles.insert(table.title.lowercased()).inserted {
                table.title = String(table.title.prefix(ReportTable.titleLengthMax - 3)) + " \(titles.count)"
                titles.insert(table.title.lowercased())
            }
            writer.add(table)
        }
        let code = workbook_close(workbook)
        guard code == LXW_NO_ERROR else {
            throw WorkbookError(description: "\(path) cannot be written: \(String(cString: lxw_strerror(code)))")
        }
    }
}

/// Lays tables out in a workbook. Positions are libxlsxwriter's: rows and columns from 0.
private struct WorkbookWriter {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let heading: UnsafeMutablePointer<lxw_format>?
    private let wrapped: UnsafeMutablePointer<lxw_format>?
    private var formats: [String: UnsafeMutablePointer<lxw_format>] = [:]

    /// Room for an explanation, in characters.
    private static let textWidthMax = 90.0
    /// Excel writes these in the reader's own signs: a Norwegian Excel shows `1 234,5` and `97,2 %`.
    private static let numberFormats: [ReportTable.Unit: String] = [
        .share: "0.0%", .hours: "#,##0.0", .seconds: "#,##0", .minutes: "#,##0.0", .kroner: "#,##0", .erlang: "0.00", .positions: "0.0", .count: "#,##0",
        .number: "#,##0.0",
    ]
    /// What stands in place of a figure that is left out.
    private let withheld: String

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>, dayFormat: String, withheld: String) {
        self.workbook = workbook
        self.withheld = withheld
        heading = workbook_add_format(workbook)
        format_set_bold(heading)
        format_set_text_wrap(heading)
        format_set_align(heading, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        format_set_bottom(heading, UInt8(LXW_BORDER_THIN.rawValue))
        wrapped = workbook_add_format(workbook)
        format_set_text_wrap(wrapped)
        format_set_align(wrapped, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        for (unit, format) in WorkbookWriter.numberFormats.merging([.day: dayFormat], uniquingKeysWith: { $1 }) {
            guard let made = workbook_add_format(workbook) else { continue }
            format_set_num_format(made, format)
            format_set_align(made, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            formats[unit.rawValue] = made
        }
    }

    mutating func add(_ table: ReportTable) {
        guard let sheet = workbook_add_worksheet(workbook, table.title) else { return }
        worksheet_freeze_panes(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)  // A4
        worksheet_fit_to_pages(sheet, 1, 0)
        for (place, column) in table.columns.enumerated() {
            let place = lxw_col_t(place)
            worksheet_write_string(sheet, 0, place, column.name, heading)
            worksheet_set_column(sheet, place, place, width(of: table, column: Int(place)), nil)
        }
        for (row, cells) in table.rows.enumerated() {
            for (place, cell) in cells.enumerated() {
                write(cell, table.columns[place].unit, sheet, lxw_row_t(row + 1), lxw_col_t(place))
            }
        }
        if table.columns.contains(where: { $0.unit != .text }), table.rows.count > 1 {
            worksheet_autofilter(sheet, 0, 0, lxw_row_t(table.rows.count), lxw_col_t(table.columns.count - 1))
        }
        if table.id == "belastning" { shade(table, sheet) }
        for (place, chart) in table.charts.enumerated() { add(chart, place, of: table, to: sheet) }
    }

    private func width(of table: ReportTable, column: Int) -> Double {
        guard table.columns[column].unit == .text else { return 13 }
        let longest = table.rows.reduce(0) { longest, row in
            guard case .text(let text) = row[column] else { return longest }
            return max(longest, text.count)
        }
        return min(WorkbookWriter.textWidthMax, Double(max(longest, 8)) + 2)
    }

    private func write(
        _ cell: ReportTable.Cell,
        _ unit: ReportTable.Unit,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>,
        _ row: lxw_row_t,
        _ column: lxw_col_t
    ) {
        switch cell {
        case .none: break
        case .text(let text): worksheet_write_string(sheet, row, column, Norwegian.plain(text), wrapped)
        case .withheld: worksheet_write_string(sheet, row, column, withheld, wrapped)
        case .number(let number): worksheet_write_number(sheet, row, column, number, formats[unit.rawValue])
        case .day(let day):
            var date = lxw_datetime(year: Int32(day.year), month: Int32(day.month), day: Int32(day.day), hour: 0, min: 0, sec: 0)
            worksheet_write_datetime(sheet, row, column, &date, formats[ReportTable.Unit.day.rawValue])
        }
    }

    /// The heat map's colours, from white to a dark blue, over the hours.
    private func shade(_ table: ReportTable, _ sheet: UnsafeMutablePointer<lxw_worksheet>) {
        var scale = lxw_conditional_format()
        scale.type = UInt8(LXW_CONDITIONAL_2_COLOR_SCALE.rawValue)
        scale.min_color = 0xFFFFFF
        scale.max_color = 0x2B6CB0
        let last = (row: lxw_row_t(table.rows.count), column: lxw_col_t(table.columns.count - 1))
        worksheet_conditional_format_range(sheet, 1, 2, last.row, last.column, &scale)
    }

    private func add(_ chart: ReportTable.Chart, _ place: Int, of table: ReportTable, to sheet: UnsafeMutablePointer<lxw_worksheet>) {
        let kind = chart.kind == .columns ? LXW_CHART_COLUMN : LXW_CHART_LINE
        let rows = chart.shownRows(of: table)
        guard !rows.isEmpty, let made = workbook_add_chart(workbook, UInt8(kind.rawValue)) else { return }
        for column in chart.values {
            let categories = WorkbookWriter.area(table.title, chart.categories, rows)
            guard let series = chart_add_series(made, categories, WorkbookWriter.area(table.title, column...column, rows)) else { continue }
            chart_series_set_name_range(series, table.title, 0, lxw_col_t(column))
        }
        chart_title_set_name(made, chart.title)
        if chart.values.count == 1 { chart_legend_set_position(made, UInt8(LXW_CHART_LEGEND_NONE.rawValue)) }
        // Beside the table, one beneath the other, each 15 rows high.
        var options = lxw_chart_options()
        options.x_scale = chart.kind == .lines ? 2 : 1.2
        options.y_scale = 1
        worksheet_insert_chart_opt(sheet, lxw_row_t(1 + place * 16), lxw_col_t(table.columns.count + 1), made, &options)
    }

    /// Cells as a chart's formula names them: `=Blad!$A$2:$A$4`, in parentheses where rows between are left out.
    private static func area(_ title: String, _ columns: ClosedRange<Int>, _ rows: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for row in rows {
            if let last = runs.last, last.upperBound + 1 == row { runs[runs.count - 1] = last.lowerBound...row } else { runs.append(row...row) }
        }
        let sheet = "'\(title.replacing("'", with: "''"))'!"
        // Rows are counted from 1 in a formula, and the first is the heading.
        let areas = runs.map { "\(sheet)$\(letter(columns.lowerBound))$\($0.lowerBound + 2):$\(letter(columns.upperBound))$\($0.upperBound + 2)" }
        return areas.count == 1 ? "=\(areas[0])" : "=(\(areas.joined(separator: ",")))"
    }

    /// A column's name, by its place under 26: tables with charts have few.
    private static func letter(_ column: Int) -> Character { Character(UnicodeScalar(UInt8(ascii: "A") + UInt8(column))) }
}

extension ReportTable.Chart {
    /// Its rows without those of which a value is left out: Excel would draw it as nothing.
    fileprivate func shownRows(of table: ReportTable) -> [Int] {
        rows.filter { row in !values.contains { table.rows[row][$0] == .withheld } }
    }
}
