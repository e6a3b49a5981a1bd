package import Telemetry

/// Which devices gave a sign of life, and on which UTC days: the base of availability and, later, of liveness.
struct DeviceLog {
    /// Days of one word of the log.
    static let windowDays: Int64 = 64

    private(set) var table: TextTable
    private var devices: ContiguousArray<Device> = []
    private var otherWindows: [WindowKey: WindowLog] = [:]
    private var dirty: [WindowKey] = []
    // Of the quarter asked for last.
    private var lastQuarter = Int32.min
    private var lastWindow: Int32 = 0
    private var lastBit: UInt64 = 0

    private struct WindowKey: Hashable {
        var device: UInt32
        var window: Int32
    }

    private struct WindowLog {
        /// Bit n is day n of the window.
        var days: UInt64 = 0
        /// Quarter of the last sign of life in the window: coarse, so that a heartbeat a minute is not a row a minute.
        var lastQuarter: Int32 = 0
        var isDirty = false
    }

    private struct Device {
        var window: Int32 = -1
        /// Its place in the watch: p for a watched device, −2 − p for one that is only registered, −1 for others.
        var watch: Int32 = -1
        var log = WindowLog()
        var registrations: [ZoneIndex.Place] = []
    }

    init(hasher: TextHasher) { table = TextTable(hasher: hasher) }

    var count: Int { devices.count }

    mutating func number(_ reference: Text, municipality: UInt32) -> UInt32 {
        number(reference, municipality: municipality, hash: table.hash(reference, scope: municipality))
    }

    /// The same with the hash that the table gives.
    mutating func number(_ reference: Text, municipality: UInt32, hash: UInt64) -> UInt32 {
        let (number, isNew) = table.intern(reference, scope: municipality, hash: hash)
        if isNew { devices.append(Device()) }
        return UInt32(number)
    }

    /// Brings near what is known of a device.
    @inline(__always)
    func prefetch(_ number: Int) {
        table.prefetchEntry(number)
        devices.withUnsafeBufferPointer { devices in
            guard number < devices.count, let start = devices.baseAddress else { return }
            LargeTable.prefetch(UnsafeRawPointer(start + number).assumingMemoryBound(to: UInt64.self))
        }
    }

    mutating func register(_ number: UInt32, _ place: ZoneIndex.Place) {
        devices[Int(number)].registrations.append(place)
    }

    /// The zone of a device at an instant, by the registry.
    func zone(_ number: UInt32, at t: EventTime) -> UInt32? {
        devices[Int(number)].registrations.first { place in
            (place.from.map { $0 <= t } ?? true) && (place.to.map { t < $0 } ?? true)
        }?.zone
    }

    /// Where a device stands in the watch; negative for one that is not watched.
    @inline(__always)
    func watched(_ number: UInt32) -> Int32 { devices[Int(number)].watch }

    /// A registered device's place in the watch, watched or not.
    func registered(_ number: UInt32) -> Int? {
        let watch = devices[Int(number)].watch
        return watch >= 0 ? Int(watch) : watch < -1 ? Int(-2 - watch) : nil
    }

    /// Gives a registered device its place; once watched it stays so.
    mutating func setRegistered(_ number: UInt32, _ place: Int, isWatched: Bool) {
        if isWatched || devices[Int(number)].watch >= 0 {
            devices[Int(number)].watch = Int32(place)
        } else {
            devices[Int(number)].watch = -2 - Int32(place)
        }
    }

    /// Notes a sign of life at an instant.
    mutating func sign(_ number: UInt32, at t: EventTime) {
        let quarter = Int32(TimeRule.quarter(of: t))
        if quarter != lastQuarter { remember(quarter) }
        let (window, bit) = (lastWindow, lastBit)
        let index = Int(number)
        if devices[index].window != window { switchWindow(index, to: window) }
        guard devices[index].log.days & bit == 0 || quarter > devices[index].log.lastQuarter else { return }
        devices[index].log.days |= bit
        devices[index].log.lastQuarter = max(devices[index].log.lastQuarter, quarter)
        if !devices[index].log.isDirty {
            devices[index].log.isDirty = true
            dirty.append(WindowKey(device: number, window: window))
        }
    }

    /// Most signs of life are of the same quarter, so of the same day.
    private mutating func remember(_ quarter: Int32) {
        let day = TimeRule.floorDivide(Int64(quarter) * TimeRule.quarterMilliseconds, TimeRule.dayMilliseconds)
        let window = TimeRule.floorDivide(day, DeviceLog.windowDays)
        lastQuarter = quarter
        lastWindow = Int32(window)
        lastBit = 1 << UInt64(day - window * DeviceLog.windowDays)
    }

    private mutating func switchWindow(_ index: Int, to window: Int32) {
        let old = devices[index]
        if old.window >= 0 { otherWindows[WindowKey(device: UInt32(index), window: old.window)] = old.log }
        devices[index].window = window
        devices[index].log =
            otherWindows.removeValue(forKey: WindowKey(device: UInt32(index), window: window)) ?? WindowLog()
    }

    /// The rows that changed since the last call. `municipalityName` turns a table scope into its name.
    mutating func takeDirty(municipalityName: (UInt32) -> String) -> [DeviceRow] {
        defer { dirty = [] }
        return dirty.map { key in
            let index = Int(key.device)
            if devices[index].window == key.window {
                devices[index].log.isDirty = false
            } else {
                otherWindows[key]?.isDirty = false
            }
            let log = devices[index].window == key.window ? devices[index].log : otherWindows[key] ?? WindowLog()
            return DeviceRow(
                municipality: municipalityName(table.scope(of: index)),
                device: table.string(index),
                window: key.window,
                days: log.days,
                lastSeen: Int64(log.lastQuarter) * TimeRule.quarterMilliseconds
            )
        }
    }

    mutating func restore(_ number: UInt32, _ row: DeviceRow) {
        let index = Int(number)
        let log = WindowLog(days: row.days, lastQuarter: Int32(TimeRule.quarter(of: row.lastSeen)))
        if row.window > devices[index].window { switchWindow(index, to: row.window) }
        if row.window == devices[index].window {
            devices[index].log = log
        } else {
            otherWindows[WindowKey(device: number, window: row.window)] = log
        }
    }
}

/// Sixty-four UTC days of one device: bit n of `days` is day `window` × 64 + n since 1970.
package struct DeviceRow: Equatable, Sendable {
    package var municipality: String
    package var device: String
    package var window: Int32
    package var days: UInt64
    /// Start of the quarter of the last sign of life in the window.
    package var lastSeen: EventTime

    package init(
        municipality: String,
        device: String,
        window: Int32,
        days: UInt64,
        lastSeen: EventTime
    ) {
        self.municipality = municipality
        self.device = device
        self.window = window
        self.days = days
        self.lastSeen = lastSeen
    }
}
