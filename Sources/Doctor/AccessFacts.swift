/// What the broker's ACL lets whom do: tried, not read.
package struct AccessFacts: Sendable {
    package enum Who: Sendable, Equatable {
        case service
        case anonymous
        case central(String)

        var name: String {
            switch self {
            case .service: "the service"
            case .anonymous: "anyone without an account"
            case .central(let user): "central \(user)"
            }
        }
    }

    /// What was tried; whether it must succeed depends on who tried.
    package enum Deed: Sendable, Equatable {
        /// A message of the channel comes in: published by the service itself, and read.
        case readInbound
        /// The canary goes out.
        case writeCanary
        case writeReceipt
        case writeLive
        case writeStatus
        /// Sends on inbound topics of a source that is not its own.
        case sendForeign
        /// Reads receipts of another source.
        case readForeign
    }

    package struct Trial: Sendable {
        package var who: Who
        package var deed: Deed
        package var topic: String
        /// Nil when it could not be found out.
        package var wasAllowed: Bool?

        package init(_ who: Who, _ deed: Deed, _ topic: String, wasAllowed: Bool?) {
            self.who = who
            self.deed = deed
            self.topic = topic
            self.wasAllowed = wasAllowed
        }
    }

    package var trials: [Trial] = []
    /// Whether the broker lets a client without user name in; nil when not tried.
    package var letsAnonymousIn: Bool?
    /// Why nothing could be tried.
    package var problem: String?
    /// Why the central's account could not be tried.
    package var centralProblem: String?
    package var hasTriedCentral = false

    package init() {}

    package var findings: [Finding] {
        if let problem { return [.note(.access, "not tried: \(problem)")] }
        var findings: [Finding] = []
        if let letsAnonymousIn {
            findings.append(
                letsAnonymousIn
                    ? .error(
                        .access,
                        "the broker lets clients in without user name and password",
                        loss: "anyone who reaches the port can connect; what such a client may do stands below",
                        mend: "allow_anonymous false in mosquitto.conf, an account for each central (mosquitto_passwd)"
                    ) : .ok(.access, "a client without user name is refused")
            )
        }
        findings += grouped.map(AccessFacts.finding)
        if let centralProblem {
            findings.append(
                .error(
                    .access,
                    "the central's account could not be tried: \(centralProblem)",
                    loss: "whether a central can send for another is unknown; one that cannot connect delivers no alarm",
                    mend: "check --central-user and --central-password-file against the broker's password_file"
                )
            )
        } else if !hasTriedCentral {
            findings.append(.note(.access, "no central's account tried", mend: "--central-user NAME --central-password-file FILE"))
        }
        return findings
    }

    /// Trials with the same outcome, told together.
    private var grouped: [[Trial]] {
        var groups: [[Trial]] = []
        for trial in trials {
            let place = groups.firstIndex { group in
                group.first.map { $0.who == trial.who && $0.deed == trial.deed && $0.wasAllowed == trial.wasAllowed } == true
            }
            if let place { groups[place].append(trial) } else { groups.append([trial]) }
        }
        return groups
    }

    private static func finding(_ group: [Trial]) -> Finding {
        let trial = group[0]
        let mustSucceed = trial.who == .service
        let others = group.count == 1 ? "" : " and \(group.count - 1) more like it"
        let words = "\(trial.who.name) \(verb(trial.deed)) \(trial.topic)\(others)"
        guard let wasAllowed = trial.wasAllowed else { return .note(.access, "\(words): could not be found out") }
        let outcome = "\(words): \(wasAllowed ? "allowed" : "refused")"
        if wasAllowed == mustSucceed { return .ok(.access, outcome) }
        let (loss, mend) = consequences(trial)
        return .error(.access, outcome, loss: loss, mend: mend)
    }

    private static func verb(_ deed: Deed) -> String {
        switch deed {
        case .readInbound, .readForeign: "reads"
        case .writeCanary, .writeReceipt, .writeLive, .writeStatus, .sendForeign: "writes"
        }
    }

    private static func consequences(_ trial: Trial) -> (loss: String, mend: String) {
        let inACL = "in the broker's acl_file"
        switch trial.deed {
        case .readInbound:
            return (
                "the broker throws away what centrals send on such topics, though they see it acknowledged",
                "for the service's user: topic read vaktlast/v1/+/+/# \(inACL)"
            )
        case .writeCanary:
            return ("a stuck session is not noticed: alarms wait unread", "for the service's user: topic write vaktlast/v1/# \(inACL)")
        case .writeReceipt:
            return (
                "centrals get no receipts and cannot tell what was counted or refused",
                "for the service's user: topic write vaktlast/v1/+/+/receipt, or vaktlast/v1/# \(inACL)"
            )
        case .writeLive:
            return ("live boards stay empty or old", "for the service's user: topic write vaktlast/v1/+/zone/+/live \(inACL)")
        case .writeStatus:
            return ("nobody sees whether the service is online", "for the service's user: topic write vaktlast/v1/service/# \(inACL)")
        case .sendForeign:
            return (
                "alarms can be forged in the name of a central, and figures with them",
                "give each account its own topic readwrite vaktlast/v1/MUNICIPALITY/SOURCE/# \(inACL), and nothing wider"
            )
        case .readForeign:
            return (
                "alarm ids and quantities of other centrals are open to it",
                "give each account its own topic readwrite vaktlast/v1/MUNICIPALITY/SOURCE/# \(inACL), and nothing wider"
            )
        }
    }
}
