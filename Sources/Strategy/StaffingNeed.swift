/// How many people so many times today's load asks for, by whatever rule.
package struct StaffingNeed {
    /// Full-time equivalents for so many times today's load; never falling.
    package var fullTimeEquivalents: (_ loadFactor: Double) -> Double
    /// Of them those that stand whatever the load, since somebody has to be on watch.
    package var readiness: Double
    /// The part of the call-outs, 0–1, to take away at so many times today's load so that no more than so many full-time
    /// equivalents are needed; nil where not even all of them would do.
    package var removed: (_ loadFactor: Double, _ fullTimeEquivalents: Double) -> Double?

    package init(
        readiness: Double,
        fullTimeEquivalents: @escaping (_ loadFactor: Double) -> Double,
        removed: @escaping (_ loadFactor: Double, _ fullTimeEquivalents: Double) -> Double?
    ) {
        self.readiness = readiness
        self.fullTimeEquivalents = fullTimeEquivalents
        self.removed = removed
    }

    /// A rule that knows of one load alone: call-outs are taken away evenly, found by halving to 10⁻⁹ of them.
    package init(readiness: Double = 0, fullTimeEquivalents need: @escaping (_ loadFactor: Double) -> Double) {
        self.init(readiness: readiness, fullTimeEquivalents: need) { factor, staffing in
            func isEnough(_ part: Double) -> Bool { need(factor * (1 - part)) <= staffing + 1e-9 }
            if isEnough(0) { return 0 }
            guard isEnough(1) else { return nil }
            var (tooLittle, enough) = (0.0, 1.0)
            while enough - tooLittle > 1e-9 {
                let middle = (tooLittle + enough) / 2
                if isEnough(middle) { enough = middle } else { tooLittle = middle }
            }
            return enough
        }
    }
}
