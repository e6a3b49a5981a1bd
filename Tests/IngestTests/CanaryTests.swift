import Ingest
import Testing

@Suite("The canary")
struct CanaryTests {
    private func canary() -> Canary {
        var canary = Canary(channel: "alarm", instance: "t", intervalSeconds: 60)
        canary.begin()
        return canary
    }

    private func isSending(_ step: Canary.Step) -> Bool { if case .send = step { true } else { false } }

    @Test("is sent at once and every interval")
    func rhythm() {
        var canary = canary()
        for now in [100.0, 160, 220, 280] {
            #expect(isSending(canary.step(now)))
            #expect(canary.step(now + 59) == .nothing)
            canary.came(isOwn: true)
        }
    }

    @Test("two missing after one has come back: connect anew, and missing until something comes")
    func missing() {
        var canary = canary()
        _ = canary.step(0)
        canary.came(isOwn: true)
        #expect(isSending(canary.step(60)))
        #expect(isSending(canary.step(120)))
        #expect(!canary.isMissing)
        #expect(canary.step(180) == .reconnect)
        #expect(canary.isMissing)
        canary.begin()
        #expect(isSending(canary.step(181)))
        canary.came(isOwn: false)
        #expect(!canary.isMissing)
    }

    @Test("other messages show as well that the lane delivers: a backlog in front of the canary is no fault")
    func backlog() {
        var canary = canary()
        _ = canary.step(0)
        canary.came(isOwn: true)
        for now in stride(from: 60.0, to: 600, by: 30) {
            #expect(canary.step(now) != .reconnect)
            canary.came(isOwn: false)
        }
    }

    @Test("none has ever come back: connected anew once, then said once, never red")
    func unproven() {
        var canary = canary()
        var steps: [Canary.Step] = []
        for now in stride(from: 0.0, to: 1200, by: 10) {
            let step = canary.step(now)
            if step == .reconnect { canary.begin() }
            if !isSending(step), step != .nothing { steps.append(step) }
        }
        #expect(steps == [.reconnect, .unproven])
        #expect(!canary.isMissing)
    }

    @Test("an interval of zero switches it off")
    func off() {
        var canary = Canary(channel: "alarm", instance: "t", intervalSeconds: 0)
        canary.begin()
        for now in stride(from: 0.0, to: 1000, by: 50) { #expect(canary.step(now) == .nothing) }
    }
}
