extension Report {
    /// The looks of report and pages: high contrast in light and dark, A4 in print, usable at 320 px.
    package static let styleSheet = [palette, layout, tables, pictures, records, printing].joined(separator: "\n")
}
