import Telemetry

extension AlarmKind {
    /// As readers of alarms know it.
    package var bokmal: String {
        switch self {
        case .manual: "trygghetsalarm"
        case .pullCord: "snortrekk"
        case .fall: "fall"
        case .smoke: "røyk"
        case .door: "dør"
        case .bed: "seng"
        case .inactivity: "inaktivitet"
        case .epilepsy: "epilepsi"
        case .medication: "medisin"
        case .location: "posisjon"
        case .supervision: "digitalt tilsyn"
        case .other: "annet"
        }
    }
}

extension Outcome {
    package var bokmal: String {
        switch self {
        case .resolvedByVoice: "løst med samtale"
        case .visited: "besøkt"
        case .emergencyServices: "nødetat"
        case .unintended: "utilsiktet"
        case .test: "prøve"
        case .technical: "teknisk"
        case .cancelled: "avbrutt"
        case .other: "annet"
        }
    }
}
