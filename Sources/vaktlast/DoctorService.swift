import Doctor
import Foundation
import Glibc
import MQTT
import Settings

/// Asks the running service how it is, and looks who holds the data folder.
struct ServiceExamination {
    let settings: ServiceSettings

    func facts() -> ServiceFacts {
        let host = settings.httpHost == "localhost" ? "127.0.0.1" : settings.httpHost
        let address = "\(settings.httpHost):\(settings.httpPort)"
        let ready = ask(host, "/readyz")
        var facts = ServiceFacts(address: address, isAnswering: ready != nil)
        facts.readyStatus = ready?.status
        facts.readyText = String((ready?.body ?? "").trimmingCharacters(in: .whitespacesAndNewlines).prefix(400))
        facts.metrics = metrics(host)
        facts.lockHolder = lockHolder()
        facts.hasRunBefore = FileManager.default.fileExists(atPath: "\(settings.dataFolder)/journal.db")
        facts.hasCanary = settings.broker.canarySeconds > 0
        return facts
    }

    /// Nil when nothing answers.
    private func ask(_ host: String, _ path: String) -> (status: Int, body: String)? {
        guard let port = UInt16(exactly: settings.httpPort) else { return nil }
        return try? TCP.get(host: host, port: port, path: path, waitSeconds: 10)
    }

    /// Seconds that the first canary of a service that has just started may take.
    private static let canarySeconds = 5

    private func metrics(_ host: String) -> [String: Int64] {
        var metrics: [String: Int64] = [:]
        for second in 0...ServiceExamination.canarySeconds {
            if second > 0 { sleep(1) }
            metrics = ask(host, "/metrics").map { ServiceExamination.metrics($0.body) } ?? [:]
            let isAwaited = settings.broker.canarySeconds > 0 && metrics["vaktlast_ready"] == 1 && metrics["vaktlast_canaries_total"] == 0
            if !isAwaited { break }
        }
        return metrics
    }

    /// `name{labels} value`, a line each.
    private static func metrics(_ text: String) -> [String: Int64] {
        var metrics: [String: Int64] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let value = line.split(separator: " ").last.flatMap({ Int64($0) }) else { continue }
            metrics[String(line.prefix { $0 != "{" && $0 != " " })] = value
        }
        return metrics
    }

    /// What the lock file says, while its process lives. The lock itself is not touched.
    private func lockHolder() -> String? {
        guard let text = try? String(contentsOfFile: "\(settings.dataFolder)/lock", encoding: .utf8) else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count >= 2, let process = pid_t(words[1]), kill(process, 0) == 0 || errno == EPERM else { return nil }
        // The number may have gone to another program since.
        let command = (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) ?? ""
        return command.hasPrefix("vaktlast") ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }
}

/// Looks at the certificates of a TLS connection to the broker.
struct CertificateExamination {
    let settings: BrokerSettings

    func findings() -> [Finding] {
        guard settings.usesTLS else { return [] }
        var facts = CertificateFacts()
        do {
            let server = try ServerCertificate(settings, waitSeconds: TrialSession.waitSeconds)
            for (index, certificate) in server.chain.enumerated() {
                facts.certificates.append(Self.named(index == 0 ? "the broker's" : "an authority's (sent by the broker)", certificate))
            }
            facts.verificationProblem = server.problem
            if !server.isForHost { facts.mismatchedHost = settings.host }
        } catch { facts.handshakeProblem = "\(error)" }
        for (key, file) in [("broker.caFile", settings.caFile), ("broker.certFile", settings.certFile)] {
            guard let file else { continue }
            if let certificate = ServerCertificate.read(file: file) {
                facts.certificates.append(Self.named("\(key) \(file):", certificate))
            } else {
                facts.ownProblem = "\(key) \(file) holds no PEM certificate"
            }
        }
        return facts.findings(now: Int64(Date().timeIntervalSince1970))
    }

    private static func named(_ name: String, _ certificate: ServerCertificate.Certificate) -> CertificateFacts.Certificate {
        .init(name: name, subject: certificate.subject, validFrom: certificate.validFrom, validTo: certificate.validTo)
    }
}
