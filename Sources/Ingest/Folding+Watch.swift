import Devices
import Workload

extension WatchRule {
    init(_ profile: DeviceProfile) {
        self.init(
            heartbeatMilliseconds: profile.heartbeatMilliseconds,
            battery: profile.battery.map { BatteryRule(low: Float($0.low), restored: Float($0.restored)) }
        )
    }
}
