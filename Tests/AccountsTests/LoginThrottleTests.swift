import Accounts
import Testing

@Suite("Throttling of logins")
struct LoginThrottleTests {
    @Test("five tries are free, then each waits twice as long, up to five minutes")
    func doubling() {
        var throttle = LoginThrottle()
        var now: Int64 = 1_000_000
        var waits: [Int64] = []
        for _ in 1...16 {
            let wait = throttle.wait(account: "kari", address: "a", now: now)
            waits.append(wait)
            now += wait
            #expect(throttle.wait(account: "kari", address: "a", now: now) == 0)
            throttle.failed(account: "kari", address: "a", now: now)
        }
        #expect(waits == [0, 0, 0, 0, 0] + (0..<9).map { min(300_000, 1000 << $0) } + [300_000, 300_000])
    }

    @Test("an hour without a wrong try is forgiven, and so is a right password")
    func forgiving() {
        var throttle = LoginThrottle()
        for _ in 1...10 { throttle.failed(account: "kari", address: "a", now: 0) }
        #expect(throttle.wait(account: "kari", address: "a", now: 1) > 0)
        #expect(throttle.wait(account: "kari", address: "a", now: LoginThrottle.memoryMilliseconds + 1) == 0)
        throttle.succeeded(account: "kari", address: "a", now: 1)
        #expect(throttle.wait(account: "kari", address: "a", now: 1) == 0)
    }

    @Test("whoever tries an account from everywhere does not lock its holder out where she has logged in before")
    func noLockOut() {
        var throttle = LoginThrottle()
        throttle.succeeded(account: "kari", address: "desk", now: 0)
        for place in 0..<1000 { throttle.failed(account: "kari", address: "bot-\(place)", now: Int64(place)) }
        #expect(throttle.wait(account: "kari", address: "desk", now: 1000) == 0)
        #expect(throttle.wait(account: "kari", address: "bot-1001", now: 1000) == LoginThrottle.waitMaxMilliseconds - 1)
        #expect(throttle.wait(account: "ola", address: "desk", now: 1000) == 0)
    }

    @Test("an address that tries many accounts waits with all of them")
    func spraying() {
        var throttle = LoginThrottle()
        for number in 0..<LoginThrottle.freeTriesOfAddress { throttle.failed(account: "u\(number)", address: "bot", now: 0) }
        #expect(throttle.wait(account: "new", address: "bot", now: 0) == 1000)
        #expect(throttle.wait(account: "new", address: "desk", now: 0) == 0)
    }

    @Test("a flood of names costs bounded room, and what is recent is still remembered")
    func bounded() {
        var throttle = LoginThrottle()
        for number in 0..<120_000 { throttle.failed(account: "u\(number)", address: "a\(number)", now: Int64(number)) }
        for _ in 1...6 { throttle.failed(account: "kari", address: "b", now: 120_000) }
        #expect(throttle.wait(account: "kari", address: "b", now: 120_000) == 2000)
    }
}
