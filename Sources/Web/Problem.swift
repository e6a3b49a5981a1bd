import Hummingbird
import Telemetry

/// An error as RFC 9457 problem details.
struct Problem: Error {
    var status: HTTPResponse.Status
    var detail: String
    /// Lines of a table, where a table is what is wrong.
    var rows: [DeviceImport.Row] = []

    static func badParameter(_ name: String, _ detail: String) -> Problem {
        Problem(status: .badRequest, detail: "\(name): \(detail)")
    }

    static let forbidden = Problem(status: .forbidden, detail: "This token does not reach that far.")
    static let notFound = Problem(status: .notFound, detail: "There is nothing at this address; /openapi.json lists what there is.")

    var body: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("type", "about:blank")
            json.member("title", status.reasonPhrase)
            json.member("status", Int64(status.code))
            json.member("detail", detail)
            if !rows.isEmpty { json.array("rows", rows) { json, row in json.object { $0.members(of: row) } } }
        }
        return json.bytes
    }
}
