package import Foundation

/// Taking devices into a municipality's registry, given by the one who wires, so that Web knows no files.
package struct DeviceImport: Sendable {
    /// A line of the table that could not be taken, or that is odd.
    package struct Row: Equatable, Sendable {
        package var line: Int
        package var reason: String

        package init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }
    }

    /// What became of a table.
    package struct Outcome: Sendable {
        package var added: Int
        package var moved: Int
        package var ended: Int
        package var corrected: Int
        package var unchanged: Int
        package var bad: [Row]
        package var warnings: [Row]
        package var isWritten: Bool
        /// The running service goes by it.
        package var isInForce: Bool

        package init(
            added: Int,
            moved: Int,
            ended: Int,
            corrected: Int,
            unchanged: Int,
            bad: [Row],
            warnings: [Row],
            isWritten: Bool,
            isInForce: Bool
        ) {
            self.added = added
            self.moved = moved
            self.ended = ended
            self.corrected = corrected
            self.unchanged = unchanged
            self.bad = bad
            self.warnings = warnings
            self.isWritten = isWritten
            self.isInForce = isInForce
        }
    }

    /// Why nothing could be done at all.
    package struct Refusal: Error {
        package enum Cause: Sendable { case noRegistry, notWritable }

        package var cause: Cause
        package var detail: String

        package init(_ cause: Cause, _ detail: String) {
            self.cause = cause
            self.detail = detail
        }
    }

    package var bytesMax: Int
    package var take: @Sendable (_ municipality: String, _ table: Data, _ isPartial: Bool) async throws -> Outcome

    package init(bytesMax: Int, take: @escaping @Sendable (_ municipality: String, _ table: Data, _ isPartial: Bool) async throws -> Outcome) {
        self.bytesMax = bytesMax
        self.take = take
    }
}
