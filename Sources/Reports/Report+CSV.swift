package import Workload

extension ReportTable {
    /// How CSV is written.
    package enum Dialect: String, CaseIterable, Sendable {
        /// As Norwegian Excel reads it: `;` between cells, decimal comma, shares in percent, a byte order mark.
        case excel
        /// RFC 4180: `,` between cells, decimal point, shares from 0 to 1, no byte order mark.
        case rfc4180
    }

    /// Header and rows, each with CRLF, without a byte order mark.
    func csv(_ dialect: Dialect) -> String {
        let separator = dialect == .excel ? ";" : ","
        let header = columns.map { column in
            [.text, .day, .number].contains(column.unit)
                ? column.name : "\(column.name) (\(dialect == .rfc4180 && column.unit == .share ? "0–1" : column.unit.rawValue))"
        }
        let lines = [header.map { dialect.quote($0) }] + rows.map { zip($0, columns).map { text($0, $1.unit, dialect) } }
        return lines.map { $0.joined(separator: separator) + "\r\n" }.joined()
    }

    private func text(_ cell: Cell, _ unit: Unit, _ dialect: Dialect) -> String {
        switch cell {
        case .none: return ""
        case .withheld: return "skjult"
        case .text(let text): return dialect.quote(text)
        case .day(let day): return day.iso
        case .number(let number):
            let shown = dialect == .excel && unit == .share ? number * 100 : number
            let text = ReportTable.decimal(shown)
            return dialect == .excel ? text.replacing(".", with: ",") : text
        }
    }

    /// At most six decimals, none that are zero at the end, without a power of ten.
    static func decimal(_ number: Double) -> String {
        let millionths = (abs(number) * 1e6).rounded()
        guard millionths < 1e18 else { return "\(number)" }
        let (whole, fraction) = Int64(millionths).quotientAndRemainder(dividingBy: 1_000_000)
        var digits = String(1_000_000 + fraction).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return (number < 0 && millionths > 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
    }
}

extension ReportTable.Dialect {
    /// Quoted where it must be. Excel would take a text that begins like a formula for one: an apostrophe prevents it.
    fileprivate func quote(_ text: String) -> String {
        var text = Norwegian.plain(text)
        if self == .excel, let first = text.unicodeScalars.first, "=+-@\t".unicodeScalars.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x2C || $0 == 0x3B }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension Report {
    /// All tables one beneath the other, each with its title above and an empty line behind it.
    ///
    /// - Parameter id: one table alone, without its title; nil where the report has none of that name.
    package func csv(_ dialect: ReportTable.Dialect = .excel, table id: String? = nil, localTime: LocalTime = .oslo) -> String? {
        let mark = dialect == .excel ? "\u{FEFF}" : ""
        let tables = tables(localTime)
        if let id {
            return tables.first { $0.id == id }.map { mark + $0.csv(dialect) }
        }
        return mark + tables.map { dialect.quote($0.title) + "\r\n" + $0.csv(dialect) }.joined(separator: "\r\n")
    }
}
