import Foundation
import Glibc
import Outbound
import Testing

/// Mail handed over to a server that speaks as mail servers do.
@Suite("Mail over SMTP")
struct MailServerTests {
    private static let from = MailAddress("Vaktlast Gjøvik <vaktlast@kommune.example>")

    private func server(_ port: Int, _ encryption: MailServer.Encryption, user: String? = nil, password: String? = nil, caFile: String? = nil) throws
        -> MailServer
    {
        let scheme = encryption == .implicit ? "smtps" : "smtp"
        return MailServer(
            url: "\(scheme)://127.0.0.1:\(port)",
            encryption: encryption,
            user: user,
            password: password,
            caFile: caFile,
            from: try #require(Self.from)
        )
    }

    private func message(to: String = "leder@kommune.example") -> MailMessage {
        MailMessage(
            to: to,
            subject: "Belastning i Åslundmarka, oktober 2026",
            text: "Hei.\n.En linje med punktum først\nBlåbærsyltetøy\n",
            attachments: [
                .init(name: "vaktlast-3407-2026-10.pdf", type: "application/pdf", bytes: Array("%PDF-1.7\n".utf8)),
                .init(name: "måned «1».csv", type: "text/csv; charset=utf-8", bytes: (0...255).map { $0 }),
            ],
            messageID: "abc@kommune.example",
            date: 1_793_000_000_000
        )
    }

    /// What Python's reader of mails makes of a message.
    private func read(_ message: String) throws -> [String: Any] {
        let script = """
            import sys, json, base64, email, email.policy
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            files = [{"name": p.get_filename(), "type": p.get_content_type(), "bytes": base64.b64encode(p.get_payload(decode=True)).decode()} for p in m.iter_attachments()]
            print(json.dumps({"subject": m["subject"], "from": m["from"], "to": m["to"], "id": m["message-id"], "date": m["date"],
              "text": m.get_body().get_content(), "files": files, "defects": len(m.defects)}))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(message.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("a mail arrives with subject, text and files as they were sent, to another's reader")
    func arrives() throws {
        let sink = try MailSink()
        try server(sink.port, .none).send(message())
        let mail = try #require(try sink.mails().first)
        #expect(mail.from == "vaktlast@kommune.example" && mail.to == ["leder@kommune.example"] && !mail.isEncrypted)
        #expect(mail.message.utf8.allSatisfy { $0 < 0x80 })
        let lines = mail.message.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 }, "\(lines.filter { $0.utf8.count > 78 })")
        let read = try read(mail.message)
        #expect(read["subject"] as? String == "Belastning i Åslundmarka, oktober 2026")
        #expect(read["from"] as? String == "Vaktlast Gjøvik <vaktlast@kommune.example>")
        #expect(read["id"] as? String == "<abc@kommune.example>" && read["date"] as? String == "Mon, 26 Oct 2026 07:33:20 +0000")
        #expect(read["text"] as? String == "Hei.\r\n.En linje med punktum først\r\nBlåbærsyltetøy\r\n" && read["defects"] as? Int == 0)
        let files = try #require(read["files"] as? [[String: String]])
        #expect(files.map { $0["name"] } == ["vaktlast-3407-2026-10.pdf", "måned «1».csv"])
        #expect(files[1]["type"] == "text/csv" && files[1]["bytes"] == Data(0...255).base64EncodedString())
    }

    @Test("long subjects and names come through whole, whatever they are made of")
    func subjects() throws {
        let sink = try MailSink()
        let subjects = [
            String(repeating: "æøå 🩺 ", count: 40), "=?UTF-8?B?eA==?=", String(repeating: "ord ", count: 60), "kort", "",
        ]
        for subject in subjects {
            var message = message()
            message.subject = subject
            try server(sink.port, .none).send(message)
        }
        let mails = try sink.mails()
        #expect(try mails.map { try read($0.message)["subject"] as? String } == subjects)
        #expect(mails.allSatisfy { $0.message.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 } })
    }

    @Test("STARTTLS and TLS from the first word, with name and password; an authority that is not ours and a wrong password are refused")
    func encrypted() throws {
        let folder = NSTemporaryDirectory() + "vaktlast-certificate-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (both, certificate) = try MailSink.certificate(folder)
        for encryption in [MailServer.Encryption.startTLS, .implicit] {
            let options = ["--certificate", both, "--user", "vaktlast:blåbær 1"] + (encryption == .implicit ? ["--implicit"] : [])
            let sink = try MailSink(options)
            try server(sink.port, encryption, user: "vaktlast", password: "blåbær 1", caFile: certificate).send(message())
            let mail = try #require(try sink.mails().first)
            #expect(mail.isEncrypted && mail.user == "vaktlast")
            let kinds = [
                (server: try server(sink.port, encryption, user: "vaktlast", password: "feil", caFile: certificate), kind: OutboundError.Kind.login),
                (try server(sink.port, encryption, user: "vaktlast", password: "blåbær 1"), .encryption),
            ]
            for row in kinds {
                let error = #expect(throws: OutboundError.self) { try row.server.send(message()) }
                #expect(error?.kind == row.kind, "\(error?.description ?? "")")
                #expect(error?.description.contains("feil") != true)
            }
            #expect(try sink.mails().count == 1)
        }
    }

    @Test("a server without STARTTLS is not spoken to where it is required")
    func stripped() throws {
        let sink = try MailSink()
        let error = #expect(throws: OutboundError.self) { try server(sink.port, .startTLS).send(message()) }
        #expect(error?.kind == .encryption, "\(error?.description ?? "")")
        #expect(try sink.mails().isEmpty)
    }

    @Test("a refused receiver, nobody at the address, and a server that never answers are told apart")
    func failures() throws {
        let sink = try MailSink()
        let refused = #expect(throws: OutboundError.self) { try server(sink.port, .none).send(message(to: "nobody@kommune.example")) }
        #expect(refused?.kind == .unreachable || refused?.kind == .refused, "\(String(describing: refused))")
        #expect(refused?.status == 550)

        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        #expect(isBound)
        let port = Int(in_port_t(bigEndian: address.sin_port))
        let nobody = #expect(throws: OutboundError.self) { try server(port, .none).send(message()) }
        #expect(nobody?.kind == .unreachable && nobody?.status == 0)
        // Listening, it takes the connection and says nothing.
        #expect(listen(descriptor, 5) == 0)
        let slow = #expect(throws: OutboundError.self) {
            try server(port, .none).send(message(), limits: OutboundLimits(connectSeconds: 2, totalSeconds: 2))
        }
        #expect(slow?.kind == .tooSlow)
    }

    @Test(
        "addresses that servers take are told from others",
        arguments: [
            ("leder@kommune.no", true), ("a.b+c@x-y.no", true), ("Leder@localhost", true), ("leder", false), ("a@b@c", false), ("@b.no", false),
            ("a@", false), ("a b@c.no", false), ("a@c..no", false), ("å@c.no", false), ("a@å.no", false), ("a@c.no>\r\nRCPT TO:<x@y.no", false),
            (".a@c.no", false), ("a\"@c.no", false), ("<a@c.no>", false),
        ]
    )
    func addresses(text: String, isGood: Bool) { #expect(MailAddress.isAddress(text) == isGood) }

    @Test("a name before the address is kept, and holds no line of its own")
    func names() {
        #expect(MailAddress("Vaktlast <v@k.no>")?.name == "Vaktlast" && MailAddress("\"Vakt, last\" <v@k.no>")?.name == "Vakt, last")
        #expect(MailAddress("v@k.no")?.name == nil && MailAddress("v@k.no")?.domain == "k.no")
        for text in ["Vaktlast <v@k.no", "Vaktlast <v>", "A\r\nBcc: x@y.no <v@k.no>", ""] { #expect(MailAddress(text) == nil, "\(text)") }
    }
}
