/// Why someone looks at single alarms: chosen once a session, or given with a token. Raw values are the words of the access log,
/// of commands and of the header `Vaktlast-Purpose`.
package enum Purpose: String, CaseIterable, Sendable {
    case followUp = "oppfolging"
    case complaint = "klage"
    case control = "kontroll"
    case operation = "drift"
    case insight = "innsyn"
}
