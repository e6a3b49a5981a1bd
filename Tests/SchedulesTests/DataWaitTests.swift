import Schedules
import Testing

@Suite("Waiting for data that is on its way")
struct DataWaitTests {
    @Test("a report is made when the service has been ready for a while and the views have caught up with what came by then")
    func settles() {
        var wait = DataWait(startedAt: 0)
        wait.look(isReady: true, journal: 10, views: 0, now: 1000)
        #expect(!wait.mayMake(due: -500, now: 1000))
        wait.look(isReady: true, journal: 500, views: 10, now: 31_000)
        #expect(!wait.mayMake(due: -500, now: 31_000), "the views are behind")
        wait.look(isReady: true, journal: 900, views: 500, now: 32_000)
        #expect(wait.mayMake(due: -500, now: 32_000), "more that came later is not waited for")
        wait.look(isReady: false, journal: 900, views: 900, now: 40_000)
        #expect(!wait.mayMake(due: 39_000, now: 40_000), "the broker is away")
        wait.look(isReady: true, journal: 900, views: 900, now: 50_000)
        #expect(!wait.mayMake(due: 39_000, now: 50_000))
        wait.look(isReady: true, journal: 900, views: 900, now: 80_000)
        #expect(wait.mayMake(due: 39_000, now: 80_000))
    }

    @Test("after an hour a report is made of what there is, an hour from the start for what was missed")
    func ends() {
        let wait = DataWait(startedAt: 1_000_000)
        #expect(!wait.mayMake(due: 0, now: 4_599_999) && wait.mayMake(due: 0, now: 4_600_000))
        #expect(!wait.mayMake(due: 9_000_000, now: 12_599_999) && wait.mayMake(due: 9_000_000, now: 12_600_000))
    }
}
