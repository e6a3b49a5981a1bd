package import Telemetry

/// How long one must wait before the next try to log in. Pure: the clock is given.
///
/// After some wrong passwords for an account from one address each further try from there waits twice as long, up to
/// five minutes. An account that is tried from many addresses waits too, but not from an address that has lately
/// logged in to it: so nobody can lock a leader out for good, nor from his own desk.
package struct LoginThrottle: Sendable {
    package static let freeTries = 5
    package static let freeTriesOfAccount = 30
    package static let freeTriesOfAddress = 100
    package static let waitMaxMilliseconds: Int64 = 300_000
    /// Wrong tries are forgotten after so long without another.
    package static let memoryMilliseconds: Int64 = 3_600_000
    /// An address that has logged in is known for so long.
    package static let knownMilliseconds: Int64 = 90 * 86_400_000
    /// Entries kept at most; beyond that the oldest go.
    package static let entriesMax = 100_000

    private struct Tries {
        var count = 0
        var last: EventTime = 0
    }

    private enum Key: Hashable {
        case pair(account: String, address: String)
        case account(String)
        case address(String)
    }

    private var tries: [Key: Tries] = [:]
    private var known: [Key: EventTime] = [:]

    package init() {}

    /// Milliseconds until a try is allowed; 0 for now.
    package func wait(account: String, address: String, now: EventTime) -> Int64 {
        let pair = Key.pair(account: account, address: address)
        var waits = [left(pair, Self.freeTries, now), left(.address(address), Self.freeTriesOfAddress, now)]
        let isKnown = known[pair].map { now - $0 < Self.knownMilliseconds } ?? false
        if !isKnown { waits.append(left(.account(account), Self.freeTriesOfAccount, now)) }
        return waits.max() ?? 0
    }

    package mutating func failed(account: String, address: String, now: EventTime) {
        if tries.count >= Self.entriesMax { forget(now) }
        for key in [Key.pair(account: account, address: address), .account(account), .address(address)] {
            var entry = tries[key] ?? Tries()
            if now - entry.last > Self.memoryMilliseconds { entry.count = 0 }
            entry.count += 1
            entry.last = now
            tries[key] = entry
        }
    }

    package mutating func succeeded(account: String, address: String, now: EventTime) {
        let pair = Key.pair(account: account, address: address)
        tries[pair] = nil
        if known.count >= Self.entriesMax { known = known.filter { now - $0.value < Self.knownMilliseconds / 2 } }
        known[pair] = now
    }

    private func left(_ key: Key, _ free: Int, _ now: EventTime) -> Int64 {
        guard let entry = tries[key], entry.count >= free, now - entry.last <= Self.memoryMilliseconds else { return 0 }
        let wait = min(Self.waitMaxMilliseconds, Int64(1000) << Int64(min(entry.count - free, 20)))
        return max(0, entry.last + wait - now)
    }

    /// Takes out what has been forgotten, and where that is not enough the older half.
    private mutating func forget(_ now: EventTime) {
        tries = tries.filter { now - $0.value.last <= Self.memoryMilliseconds }
        guard tries.count >= Self.entriesMax else { return }
        let times = tries.values.map(\.last).sorted()
        let middle = times[times.count / 2]
        tries = tries.filter { $0.value.last > middle }
    }
}
