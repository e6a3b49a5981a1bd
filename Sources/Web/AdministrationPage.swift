import Accounts

/// The addresses below administration.
enum AdministrationPage: String, CaseIterable {
    case accounts = "/administrasjon"
    case account = "/administrasjon/konto"
    case tokens = "/administrasjon/tilgangsnokler"
    case deliveries = "/administrasjon/utsendinger"
    case log = "/administrasjon/innsynslogg"
    case logCSV = "/administrasjon/innsynslogg.csv"
    case logJSON = "/administrasjon/innsynslogg.json"

    init?(path: String) { self.init(rawValue: path) }

    /// Nil for files.
    var title: String? {
        switch self {
        case .accounts, .account: "Kontoer"
        case .tokens: "Tilgangsnøkler"
        case .deliveries: "Utsendinger"
        case .log: "Innsynslogg"
        case .logCSV, .logJSON: nil
        }
    }

    var takesForms: Bool {
        switch self {
        case .accounts, .account, .tokens: true
        case .deliveries, .log, .logCSV, .logJSON: false
        }
    }
}

extension Role {
    /// As pages call it.
    var title: String {
        switch self {
        case .leader: "Leder"
        case .technician: "Tekniker"
        case .planner: "Planlegger"
        case .central: "Alarmsentral"
        case .admin: "Administrator"
        }
    }

    /// What it may, in a sentence's words.
    var explanation: String {
        switch self {
        case .leader: "belastning, bemanning, mål, rapporter, enkeltalarmer og enheter; den som har hele kommunen, også datakvalitet"
        case .technician: "enheter, utfall og datakvalitet; ikke rapporter og ikke alarmer"
        case .planner: "summer alene: belastning, nøkkeltall, rapporter, bemanning og mål"
        case .central: "mottaksregnskapet for egen kilde"
        case .admin: "alt, også enhetsregister, turnus, kontoer, tilgangsnøkler og innsynslogg"
        }
    }
}
