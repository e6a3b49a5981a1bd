import Staffing
import Workload

/// Two measures of one shift: more out than on duty, as it was measured, and who was reached in time, as it is replayed. A shift
/// can have the first and still hold the norm, so that neither is told without the other.
extension StaffingWords {
    /// What the replay says of a shift in which more were out than on duty.
    struct GapReading {
        enum Verdict { case holds, breaks, tooFew }

        var verdict: Verdict
        /// Whether that is more than chance.
        var isSure = false
        /// A sentence or two.
        var text: String
    }

    /// Nil where nothing is replayed.
    func reading(zone: String, kind: ShiftKind) -> GapReading? {
        guard let scope = analysis.replay?.byShift.first(where: { $0.zone == zone && $0.kind == kind }), let share = scope.withinNorm else { return nil }
        let figures = scope.figures
        guard scope.isTelling else {
            return GapReading(
                verdict: .tooFew,
                text: "Bare \(Norwegian.count(figures.callOuts, "utrykning", "utrykninger")) dit er spilt mot turnusen: for få til å si om normen holdes."
            )
        }
        let norm = analysis.settings.norm.share
        let holds = share.value >= norm
        let found =
            "spilt mot turnusen ville \(Norwegian.percent(share.value)) av \(Norwegian.count(figures.callOuts)) utrykninger dit vært framme "
            + "\(within) (normen er \(Norwegian.percent(norm, decimals: 0)))"
        let waits =
            figures.waited == 0
            ? "ingen ville måttet vente på at noen ble ledig"
            : "\(Norwegian.count(figures.waited)) ville måttet vente på at noen ble ledig, lengst \(Norwegian.duration(milliseconds: figures.waitMaxMilliseconds))"
        guard holds else { return GapReading(verdict: .breaks, text: "Normen brytes også: \(found); \(waits).") }
        let isSure = isSurelyHeld(scope)
        return GapReading(verdict: .holds, isSure: isSure, text: "Likevel holdes normen\(isSure ? "" : ", men det kan være tilfeldig"): \(found); \(waits).")
    }

    /// The worst shift by the norm in a clause: `Biri om dagen, 94,4 % framme innen 45 min, spilt mot turnusen`; nil where none can be named.
    var worstByNorm: (zone: String, kind: ShiftKind, text: String, isWhole: Bool, isBelow: Bool, isSurelyBelow: Bool)? {
        guard let scope = analysis.worst?.scope, let zone = scope.zone, let kind = scope.kind, let share = scope.withinNorm else { return nil }
        let norm = analysis.settings.norm.share
        return (
            zone, kind, "\(name(scope)), \(Norwegian.percent(share.value)) framme \(within), spilt mot turnusen", share.value == 1, share.value < norm,
            isSurelyBelow(scope)
        )
    }

    /// Where the shift with the fewest in time is another than the one in which most often more were out than on duty, each page
    /// names its own first and the other after it; nil where they are one, or all were reached in time.
    ///
    /// - Parameter gap: the worst of the shifts that are told.
    func otherWorst(besides gap: ShiftRow) -> (weakest: String, mostOut: String)? {
        guard let weakest = worstByNorm, !weakest.isWhole, weakest.zone != gap.zone.id || weakest.kind != gap.kind,
            let scope = analysis.worst?.scope, let share = scope.withinNorm
        else { return nil }
        return (
            "Svakest mot normen er en annen: \(name(scope)) (\(Norwegian.percent(share.value))). Se Bemanning.",
            "Oftest flere ute enn på vakt er en annen: \(gap.zone.name) \(gap.kind.during) "
                + "(\(gap.shiftsExceeded.numerator) av \(gap.shiftsExceeded.denominator) vakter). Se Belastning."
        )
    }

    /// How the two measures differ, and what follows for the leader.
    var twoMeasures: String {
        "«Framme \(within)» over sier om folk ble nådd i tide; det er det turnusen skal måles på. «Flere ute enn på vakt» sier at noen "
            + "stunder tok flere enn turnusen har i sonen: en gikk ut av vakta si, to dro sammen, eller noen kom fra en annen sone. En vakt kan ha det "
            + "og likevel holde normen, når stundene er korte og ingen ny alarm kommer imens. Sett inn flere der normen brytes. Der bare dette slår "
            + "ut, er det nok å avtale hvem som hjelper."
    }
}
