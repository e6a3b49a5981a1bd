package import Foundation

/// A municipality's roster over the API, given by the one who wires, so that Web knows no files.
package struct RosterExchange: Sendable {
    /// A line of the table that is wrong.
    package typealias Row = DeviceImport.Row

    /// What became of a roster.
    package struct Outcome: Sendable {
        package var rows: Int
        /// The name of the file that the old roster is kept in; nil where nothing was replaced.
        package var keptCopy: String?
        /// The running service goes by it.
        package var isInForce: Bool

        package init(rows: Int, keptCopy: String?, isInForce: Bool) {
            self.rows = rows
            self.keptCopy = keptCopy
            self.isInForce = isInForce
        }
    }

    /// Why nothing was taken.
    package enum Refusal: Error {
        case noRoster(String)
        case bad([Row])
        case notWritable(String)
    }

    package var bytesMax: Int
    /// The CSV text of the roster in force; nil where the municipality has none.
    package var held: @Sendable (_ municipality: String) -> String?
    /// Throws `Refusal`.
    package var take: @Sendable (_ municipality: String, _ table: Data) throws -> Outcome

    package init(
        bytesMax: Int,
        held: @escaping @Sendable (_ municipality: String) -> String?,
        take: @escaping @Sendable (_ municipality: String, _ table: Data) throws -> Outcome
    ) {
        self.bytesMax = bytesMax
        self.held = held
        self.take = take
    }
}
