import Workload

extension KeyFigures {
    /// Key figures by hand: waits in seconds.
    static func made(
        answers: [Int64] = [],
        attendances: [Int64] = [],
        closedAtCentre: Share = Share(0, of: 0),
        unintended: Share = Share(0, of: 0)
    ) -> KeyFigures {
        KeyFigures(
            alarms: answers.count,
            answer: WaitFigures(
                waits: answers.map { $0 * 1000 },
                none: 0,
                negative: 0,
                limitsMilliseconds: answerLimitsMilliseconds
            ),
            attendance: WaitFigures(
                waits: attendances.map { $0 * 1000 },
                none: 0,
                negative: 0,
                limitsMilliseconds: attendanceLimitsMilliseconds
            ),
            closedAtCentre: closedAtCentre,
            unintended: unintended
        )
    }
}
