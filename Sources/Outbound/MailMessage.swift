import Foundation
package import Telemetry

/// A mail with a text and files, written as MIME (RFC 2045–2047, 2231, 5322).
package struct MailMessage: Sendable {
    package struct Attachment: Sendable {
        package var name: String
        package var type: String
        package var bytes: [UInt8]

        package init(name: String, type: String, bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.bytes = bytes
        }
    }

    /// One receiver, so that each is told and tried again by itself.
    package var to: String
    package var subject: String
    package var text: String
    package var attachments: [Attachment]
    /// Without angle brackets. The same for the same content, so that a second copy can be known.
    package var messageID: String
    package var date: EventTime

    package init(to: String, subject: String, text: String, attachments: [Attachment], messageID: String, date: EventTime) {
        self.to = to
        self.subject = subject
        self.text = text
        self.attachments = attachments
        self.messageID = messageID
        self.date = date
    }

    /// The message as it goes over the wire, lines ended by CR LF, ASCII alone. Dots at the start of a line are the
    /// sender's matter.
    package func bytes(from: MailAddress) -> [UInt8] {
        // Base64 holds no =_, so no part can hold the boundary.
        let boundary = "=_vaktlast_\(Digest.sha256(Array(messageID.utf8)).prefix(24))"
        var lines = [
            "Date: \(MailMessage.date(date))",
            "From: \(from.name.map { "\(MailMessage.phrase($0)) <\(from.address)>" } ?? from.address)",
            "To: \(to)",
            "Subject: \(MailMessage.words(subject, after: "Subject: ".count))",
            "Message-ID: <\(messageID)>",
            // Holiday answers are not for us (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=\"\(boundary)\"",
            "", "--\(boundary)",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        ]
        let lineEnds = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        lines += MailMessage.base64(Array(lineEnds.utf8))
        for file in attachments {
            let isPlain = file.name.unicodeScalars.allSatisfy(MailMessage.isPlain)
            let name = isPlain ? "filename=\"\(file.name)\"" : "filename*=UTF-8''\(file.name.percentEncoded)"
            lines += ["--\(boundary)", "Content-Type: \(file.type)", "Content-Transfer-Encoding: base64"]
            lines += ["Content-Disposition: attachment;", " \(name)", ""]
            lines += MailMessage.base64(file.bytes)
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "\"" && scalar != "\\"
    }

    /// Lines of 76 characters.
    private static func base64(_ bytes: [UInt8]) -> [String] {
        Data(bytes).base64EncodedString(options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
            .components(separatedBy: "\r\n")
    }

    /// A name before an address: quoted where it is ASCII, else as encoded words.
    private static func phrase(_ name: String) -> String {
        name.unicodeScalars.allSatisfy(isPlain) ? "\"\(name)\"" : words(name, after: "From: ".count)
    }

    /// Text of a header: as it is where it is short ASCII, else encoded words of 75 characters at most, folded (RFC 2047).
    ///
    /// - Parameter after: characters already in the first line.
    static func words(_ text: String, after: Int) -> String {
        let isASCII = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }
        if isASCII, text.utf8.count + after <= 76, !text.contains("=?") { return text }
        // 45 bytes are 60 characters, with =?UTF-8?B? and ?= 72. No character is cut in two.
        let bytesMax = 45
        var words: [String] = []
        var word: [UInt8] = []
        var room = min(bytesMax, (75 - after - 12) / 4 * 3)
        for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > room {
                words.append(Data(word).base64EncodedString())
                (word, room) = ([], bytesMax)
            }
            word += bytes
        }
        words.append(Data(word).base64EncodedString())
        return words.map { "=?UTF-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }

    /// `Mon, 26 Oct 2026 07:33:20 +0000`
    static func date(_ time: EventTime) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date(timeIntervalSince1970: Double(time) / 1000))
    }
}
