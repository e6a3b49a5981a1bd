/// Certificates of the broker and of ours, and what checking them said.
package struct CertificateFacts: Sendable {
    package struct Certificate: Sendable {
        /// Whose it is and where it lies: `the broker's`, `broker.certFile /etc/…`.
        package var name: String
        package var subject: String
        /// Seconds since 1970, UTC.
        package var validFrom: Int64
        package var validTo: Int64

        package init(name: String, subject: String, validFrom: Int64, validTo: Int64) {
            self.name = name
            self.subject = subject
            self.validFrom = validFrom
            self.validTo = validTo
        }
    }

    package var certificates: [Certificate] = []
    /// Why no TLS connection came about.
    package var handshakeProblem: String?
    /// What is wrong with the broker's certificate by our authorities, expiry apart.
    package var verificationProblem: String?
    /// The host of `broker.url` when the certificate is for another.
    package var mismatchedHost: String?
    /// What is wrong with our own certificate or key.
    package var ownProblem: String?

    /// Days before its end at which a certificate is called out.
    package static let warningDays: Int64 = 30

    package init() {}

    /// - Parameter now: seconds since 1970, UTC.
    package func findings(now: Int64) -> [Finding] {
        var findings = certificates.map { CertificateFacts.finding($0, now: now) }
        func add(_ found: String?, loss: String, mend: String) {
            if let found { findings.append(.error(.tls, found, loss: loss, mend: mend)) }
        }
        let unread = "the service cannot connect: nothing is read"
        add(
            verificationProblem.map { "the broker's certificate is not trusted: \($0)" },
            loss: unread,
            mend: "broker.caFile must be the PEM of the authority that signed the broker's certificate"
        )
        add(
            mismatchedHost.map { "the broker's certificate is not for \($0), the host of broker.url" },
            loss: unread,
            mend: "put a name of the certificate into broker.url, or make one with this name (subjectAltName)"
        )
        add(ownProblem, loss: unread, mend: "broker.certFile and broker.keyFile must be PEM files that belong together")
        add(handshakeProblem.map { "no TLS connection: \($0)" }, loss: unread, mend: "check that broker.url names a TLS listener; mqtt:// is for others")
        return findings
    }

    private static func finding(_ certificate: Certificate, now: Int64) -> Finding {
        let what = "\(certificate.name) certificate (\(certificate.subject))"
        let days = (certificate.validTo - now) / 86_400
        let loss = "without a valid certificate no client connects: nothing is read, no receipt is sent"
        if certificate.validTo <= now {
            let ago = (now - certificate.validTo) / 86_400
            return .error(.tls, "\(what) expired \(ago) days ago", loss: loss, mend: "renew it, then reload broker or service")
        }
        if certificate.validFrom > now {
            return .error(.tls, "\(what) is not valid yet", loss: loss, mend: "check this machine's clock, or make the certificate anew")
        }
        if days < warningDays {
            return .warning(.tls, "\(what) expires in \(days) days", loss: "from then on: " + loss, mend: "renew it now, and automatically from now on")
        }
        return .ok(.tls, "\(what) is valid for \(days) days")
    }
}
