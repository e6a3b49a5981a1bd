/// How bad a finding is. Warnings and errors name a loss and a way out; notes lose nothing.
package enum Severity: String, CaseIterable, Comparable, Sendable {
    case ok, note, warning, error

    package static func < (one: Severity, other: Severity) -> Bool {
        (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
    }
}

/// What a finding is about; findings are shown in this order.
package enum Subject: String, CaseIterable, Sendable {
    case configuration, service, broker, tls, settings, delivery, access, clock, store

    /// The heading it stands under.
    package var title: String {
        switch self {
        case .configuration: "configuration of the service"
        case .service: "running service"
        case .broker: "broker"
        case .tls: "TLS"
        case .settings: "broker settings"
        case .delivery: "delivery, measured"
        case .access: "who may do what (ACL)"
        case .clock: "clocks"
        case .store: "data folder"
        }
    }
}

/// One thing that was looked at.
package struct Finding: Equatable, Sendable {
    package var severity: Severity
    package var subject: Subject
    /// What was found: file, line, key and value, or what the broker did.
    package var found: String
    /// What would be lost; never nil for warnings and errors.
    package var loss: String?
    /// How to mend it; never nil for warnings and errors.
    package var mend: String?

    package static func ok(_ subject: Subject, _ found: String) -> Finding {
        Finding(severity: .ok, subject: subject, found: found)
    }

    package static func note(_ subject: Subject, _ found: String, mend: String? = nil) -> Finding {
        Finding(severity: .note, subject: subject, found: found, mend: mend)
    }

    package static func warning(_ subject: Subject, _ found: String, loss: String, mend: String) -> Finding {
        Finding(severity: .warning, subject: subject, found: found, loss: loss, mend: mend)
    }

    package static func error(_ subject: Subject, _ found: String, loss: String, mend: String) -> Finding {
        Finding(severity: .error, subject: subject, found: found, loss: loss, mend: mend)
    }
}
