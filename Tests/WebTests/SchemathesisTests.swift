import Foundation
import Testing

/// What a program finds that makes up requests from `/openapi.json`: no error of ours, and no answer that is not described there.
@Suite("Made-up requests")
struct SchemathesisTests {
    /// Where scripts/test puts what it takes from PyPI.
    private static let program: String = {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "/root")/.cache") + "/vaktlast/python/bin/schemathesis"
    }()

    private static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    /// `503` and `501` are described: what cannot be done now, and what this service does not do.
    private static let settings = """
        [checks]
        not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", 501, 503]
        """

    /// Runs it; gives its exit code and what it says.
    private func run(_ site: ServedSite, token: String?) async throws -> (code: Int32, text: String) {
        let folder = "\(site.folder)/schemathesis"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Whoever asks for a position that does not come waits 5 s for the refusal: that is tried elsewhere.
        let text = try await site.get("/openapi.json").text.replacing(#/\{"name":"atLeast".*?"minimum":0\}\},?/#, with: "").replacing(",]", with: "]")
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/openapi.json"))
        try Data(Self.settings.utf8).write(to: URL(fileURLWithPath: "\(folder)/schemathesis.toml"))
        let authorization = token.map { ["--header", "Authorization: Bearer \($0)"] } ?? []
        let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
        let arguments =
            ["--config-file", "\(folder)/schemathesis.toml", "run", "\(folder)/openapi.json", "--url", "http://127.0.0.1:\(site.port)"]
            + ["--checks", checks, "--phases", "examples,coverage,fuzzing", "--max-examples", "8", "--seed", "1", "--no-shrink", "--workers", "1"]
            + ["--generation-database", "none", "--request-timeout", "300", "--no-color"] + authorization
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: Self.program)
                        process.arguments = arguments
                        process.currentDirectoryURL = URL(fileURLWithPath: folder)
                        let output = Pipe()
                        (process.standardOutput, process.standardError) = (output, output)
                        try process.run()
                        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                        process.waitUntilExit()
                        return (process.terminationStatus, said)
                    }
                )
            }
        }
    }

    @Test(
        "made-up requests find no error of ours and no answer that is not described, with every right and with none",
        .enabled(if: isInstalled, "scripts/test could not install schemathesis from PyPI"),
        arguments: ["admin", "zone-leader", nil]
    )
    func madeUp(token: String?) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let (code, text) = try await run(site, token: token)
        #expect(code == 0, "\(text.suffix(6000))")
        #expect(text.contains("Tested"), "it has asked nothing: \(text.suffix(2000))")
        #expect(try await site.get("/healthz").status == 200)
    }
}
