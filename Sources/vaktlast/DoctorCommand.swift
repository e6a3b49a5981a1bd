import ArgumentParser
import Doctor
import Foundation
import MQTT
import Settings

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "What would be lost, before it is: broker, ACL, TLS, clocks, disk.",
        discussion: """
            May be run beside the service, and when service or broker is down. It connects under client ids of its own \
            ({clientId}-doctor-…), publishes at most some hundred bytes on topics that nobody counts, and takes neither \
            the sessions nor the data folder. Exit code 0 when nothing is wrong (notes allowed), 1 when there is a \
            warning or an error, 2 for wrong usage.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The broker's mosquitto.conf, when it is on this machine.")
    var mosquittoConf: String?
    @Option(help: "A central's account, to try that it can neither send nor read for others.")
    var centralUser: String?
    @Option(help: "A file with that account's password.")
    var centralPasswordFile: String?
    @Flag(help: "Leave out the check of the database files, which reads all of them.")
    var quick = false
    @Flag(help: "One JSON object instead of lines.")
    var json = false

    func validate() throws {
        if (centralUser == nil) != (centralPasswordFile == nil) {
            throw ValidationError("--central-user and --central-password-file go together; see --help")
        }
        for (name, file) in [("mosquitto-conf", mosquittoConf), ("central-password-file", centralPasswordFile)] {
            if let file, !FileManager.default.isReadableFile(atPath: file) {
                throw ValidationError("--\(name) \(file) cannot be read; run it as a user who may, or give another file")
            }
        }
    }

    func run() throws {
        var diagnosis = Diagnosis()
        let check = ConfigurationCheck(folder: configuration.config)
        diagnosis.add(DoctorCommand.findings(of: check))
        if let mosquittoConf {
            let file = MosquittoFile(path: mosquittoConf, reader: DoctorCommand.disk)
            let broker = check.settings?.broker
            diagnosis.add(file.findings(clientID: broker?.clientID ?? "", usesVersion5: broker?.version != .v311))
        }
        if let settings = check.settings, !settings.broker.host.isEmpty {
            let store = StoreExamination(settings: settings)
            let service = ServiceExamination(settings: settings).facts()
            diagnosis.add(service.findings)
            diagnosis.add(CertificateExamination(settings: settings.broker).findings())
            diagnosis.add(BrokerExamination(settings: settings, central: try central()).findings())
            diagnosis.add(store.clocks().findings)
            diagnosis.add(store.facts(checksFiles: !quick, isServiceRunning: service.isAnswering).findings)
        }
        if json {
            Terminal.say(String(decoding: diagnosis.json, as: UTF8.self))
        } else {
            for line in diagnosis.lines { Terminal.say(line) }
        }
        if diagnosis.isIll { throw ExitCode(1) }
    }

    private func central() throws -> (user: String, password: String)? {
        guard let centralUser, let centralPasswordFile else { return nil }
        return (centralUser, try Service.text(of: centralPasswordFile).trimmingCharacters(in: .newlines))
    }

    private static func findings(of check: ConfigurationCheck) -> [Finding] {
        let problems = check.problems.map {
            Finding.error(.configuration, $0, loss: "the service does not start with it", mend: "as it says; vaktlast check tells when it is mended")
        }
        let warnings = check.warnings.map {
            Finding.warning(.configuration, $0, loss: "access or figures that someone expects", mend: "mend the entry, or take it away")
        }
        if problems.isEmpty, warnings.isEmpty { return [.ok(.configuration, "\(check.folder): no problems")] }
        return problems + warnings
    }

    private static var disk: MosquittoFile.Reader {
        .init(
            text: { FileManager.default.contents(atPath: $0).map { String(decoding: $0, as: UTF8.self) } },
            names: { try? FileManager.default.contentsOfDirectory(atPath: $0) }
        )
    }
}
