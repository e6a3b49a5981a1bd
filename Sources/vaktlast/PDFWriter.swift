import Foundation

/// Turns a page into a tagged PDF (PDF/UA-1) by WeasyPrint, a program of its own.
enum PDFWriter {
    /// A year's report takes some seconds.
    static let secondsMax = 120.0
    private static let program = "weasyprint"

    /// One at a time and off the tasks' threads: a page takes a processor for seconds, and the alarms need theirs.
    private static let queue = DispatchQueue(label: "pdf", qos: .utility)

    /// Makes PDFs for the site; nil where there is no WeasyPrint.
    static var ofSite: (@Sendable (String) async throws -> Data)? {
        guard path != nil else { return nil }
        return { html in
            try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Result { try pdf(html: html) }) }
            }
        }
    }

    /// Waits for its turn on the caller's thread.
    static func pdfInTurn(html: String) throws -> Data { try queue.sync { try pdf(html: html) } }

    private static var path: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// - Throws: `Failure` where WeasyPrint is missing, says no or takes too long.
    private static func pdf(html: String) throws -> Data {
        guard let path else {
            throw Failure("PDF needs WeasyPrint, which is not in PATH. Install it with `apt-get install weasyprint`, or use --format html and print it.")
        }
        let folder = NSTemporaryDirectory() + "vaktlast-pdf-\(UUID().uuidString)"
        // Figures of a municipality are nobody else's on this machine.
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = (page: "\(folder)/page.html", pdf: "\(folder)/page.pdf", log: "\(folder)/log")
        try Data(html.utf8).write(to: URL(fileURLWithPath: files.page))
        let child = try ChildProcess(path, ["--pdf-variant", "pdf/ua-1", "--quiet", files.page, files.pdf], log: files.log)
        if !child.wait(seconds: secondsMax) { child.kill() }
        guard child.end == .exit(code: 0), let data = FileManager.default.contents(atPath: files.pdf), !data.isEmpty else {
            let said = FileManager.default.contents(atPath: files.log).map { String(decoding: $0.suffix(600), as: UTF8.self) } ?? ""
            let why = child.end.map { "\($0)" } ?? "still running"
            throw Failure("WeasyPrint made no PDF within \(Int(secondsMax)) s (\(why)). It said: \(said.isEmpty ? "nothing" : said)")
        }
        return data
    }
}
