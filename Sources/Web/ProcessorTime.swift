import Foundation

/// What the calling thread has taken of the processors, so that a busy machine makes nothing look dear.
enum ProcessorTime {
    static func milliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}
