package import Telemetry

extension Technology {
    /// The name that reports use.
    package var bokmal: String {
        switch self {
        case .digitalSupervision: "digitalt tilsyn"
        case .medicationDispenser: "medisindispenser"
        case .electronicLock: "elektronisk dørlås"
        case .location: "lokalisering"
        case .homeMonitoring: "digital hjemmeoppfølging"
        case .safetyAlarm: "trygghetsalarm"
        }
    }
}
