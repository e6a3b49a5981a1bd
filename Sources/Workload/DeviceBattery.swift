package import Telemetry

/// What is known of a battery: its newest reading, and the newest word on whether it is low.
///
/// With hysteresis: a reading under `low` says low, one from `restored` on says good, one between says nothing. So do
/// `device.fault` and `device.restored` of `battery-low`. The newest word holds, so order and copies change nothing.
package struct DeviceBattery: Equatable, Sendable {
    /// Percent of the newest reading; of two at one instant the lower. Nil without any.
    package var percent: Float?
    package var readAt: EventTime
    /// Since when the newest word on it says what it says; of two at one instant «low».
    package var decidedAt: EventTime
    package var isLow: Bool

    package init(percent: Float? = nil, readAt: EventTime = .min, decidedAt: EventTime = .min, isLow: Bool = false) {
        self.percent = percent
        self.readAt = readAt
        self.decidedAt = decidedAt
        self.isLow = isLow
    }

    /// Takes a reading; true when something has changed.
    mutating func read(_ percent: Float, t: EventTime, rule: BatteryRule?) -> Bool {
        var hasChanged = false
        if t > readAt || t == readAt && percent < self.percent ?? .infinity {
            (self.percent, readAt) = (percent, t)
            hasChanged = true
        }
        guard let rule else { return hasChanged }
        if percent < rule.low { return decide(isLow: true, t: t) || hasChanged }
        if percent >= rule.restored { return decide(isLow: false, t: t) || hasChanged }
        return hasChanged
    }

    /// Takes a word on whether it is low; true when something has changed.
    mutating func decide(isLow: Bool, t: EventTime) -> Bool {
        guard t > decidedAt || t == decidedAt && isLow && !self.isLow else { return false }
        (self.isLow, decidedAt) = (isLow, t)
        return true
    }
}

/// Percent below which a battery counts as low, and from which on it counts as good again.
package struct BatteryRule: Equatable, Sendable {
    package var low: Float
    package var restored: Float

    package init(low: Float, restored: Float) {
        self.low = low
        self.restored = restored
    }
}

/// How the devices of a profile are watched.
package struct WatchRule: Equatable, Sendable {
    /// Longest time between two signs of life of a device that works; nil where it gives none.
    package var heartbeatMilliseconds: Int64?
    package var battery: BatteryRule?

    package init(heartbeatMilliseconds: Int64?, battery: BatteryRule? = nil) {
        self.heartbeatMilliseconds = heartbeatMilliseconds
        self.battery = battery
    }
}
