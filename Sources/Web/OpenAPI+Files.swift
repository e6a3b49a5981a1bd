import Reports
import Workload

/// The report and the access log as files.
extension OpenAPI {
    static let files = (ReportFile.allCases.map(report) + [AdministrationPage.logCSV, .logJSON].map(log)).joined(separator: ",\n")

    private static func report(_ file: ReportFile) -> String {
        let section =
            file == .pdf
            ? #",{"name":"seksjon","in":"query","description":"one page alone, such as maal, framskriving or sammendrag","schema":{"type":"string"}}"# : ""
        let dialects = ReportTable.Dialect.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        let dialect =
            file == .csv
            ? #",{"name":"\#(Pages.dialectField)","in":"query","description":"excel (as without it): ; between cells, decimal comma, shares in percent, a byte "#
                + #"order mark; rfc4180: comma, decimal point, shares from 0 to 1","schema":{"enum":[\#(dialects)]}}"# : ""
        let parameters =
            #"{"name":"municipality","in":"query","description":"the first within reach without it","schema":{"type":"string","pattern":"^[0-9]{4}$"}},"#
            + #"{"name":"period","in":"query","required":true,"description":"day, ISO week, month, quarter, year or 28 days","#
            + #""schema":{"type":"string","minLength":1,"examples":["2026-10-05","2026-W43","2026-10","2026-Q4","2026"]}},"#
            + #"{"name":"zone","in":"query","description":"this zone only","schema":{"type":"string","pattern":"^[a-z0-9-]{1,32}$"}}"# + section + dialect
        let refusals = [
            (400, "A parameter is missing or ill-formed"), (401, "No token, or one that is not known"), (403, "Out of reach"),
            (404, "No municipality is configured"), (413, "A body was sent"), (421, "Without accounts and tokens only the names of this machine are answered"),
            (501, "This service makes no PDF"), (503, "The access log cannot be written, or too many ask at once"),
        ].filter { $0.0 != 501 || file == .pdf }.map { "\"\($0.0)\":\(problem($0.1))" }.joined(separator: ",")
        return """
            "\(ReportFile.path)\(file.rawValue)":{"get":{"operationId":"report\(file.rawValue.uppercased())",\
            "summary":"The leaders' report as a file; that it was taken along is written to the access log","parameters":[\(parameters)],\
            "responses":{"200":{"description":"OK",\
            "headers":{"Vaktlast-Position":{"description":"journal position of the views","schema":{"type":"integer"}}},\
            "content":{\(content(file.type))}},\(refusals)}}}
            """
    }

    private static func log(_ page: AdministrationPage) -> String {
        let isCSV = page == .logCSV
        let dates = ["fra", "til"].map {
            #"{"name":"\#($0)","in":"query","description":"from, to and with this local date","schema":{"type":"string","format":"date"}}"#
        }
        let others = ["hvem", "kommune"].map { #"{"name":"\#($0)","in":"query","schema":{"type":"string"}}"# }
        let kind = #"{"name":"type","in":"query","schema":{"enum":["view","export","change","deletion"]}}"#
        let refusals = [
            (400, "A parameter is ill-formed"), (401, "No token, or one that is not known"), (403, "Not an admin of whole municipalities"),
            (404, "This service has no accounts"), (413, "A body was sent"), (421, "Without accounts and tokens only the names of this machine are answered"),
            (503, "The access log cannot be written"),
        ].map { "\"\($0.0)\":\(problem($0.1))" }.joined(separator: ",")
        return """
            "\(page.rawValue)":{"get":{"operationId":"accessLog\(isCSV ? "CSV" : "JSON")",\
            "summary":"The access log within reach; that it was taken along is written in it",\
            "parameters":[\((dates + others + [kind]).joined(separator: ","))],\
            "responses":{"200":{"description":"OK","content":{\(content(isCSV ? "text/csv" : "application/json"))}},\(refusals)}}}
            """
    }

    private static func content(_ type: String) -> String {
        let text = #"{"type":"string"}"#
        let schema = type == "application/json" ? #"{"type":"object"}"# : type.hasPrefix("text/") ? text : #"{"type":"string","contentEncoding":"binary"}"#
        return "\"\(type.prefix { $0 != ";" })\":{\"schema\":\(schema)}"
    }
}
