/// Alarms with how many of them somebody was sent to, and how many were closed as unintended and as technical. Nil is withheld; causes
/// are told beside alarms and call-outs alone, technical ones beside unintended ones alone.
package struct AlarmsByCause: Equatable, Sendable {
    package var alarms: Int?
    package var callOuts: Int?
    package var unintended: Int?
    package var technical: Int?

    package init(alarms: Int? = nil, callOuts: Int? = nil, unintended: Int? = nil, technical: Int? = nil) {
        (self.alarms, self.callOuts, self.unintended, self.technical) = (alarms, callOuts, unintended, technical)
    }

    /// The most call-outs to technical alarms that there can be by what is told; nil where nothing is.
    var technicalCallOutsMax: Int? {
        guard let alarms, let callOuts else { return nil }
        return min(callOuts, alarms - (unintended ?? 0))
    }

    /// Alarms that nobody was sent to, less the unintended and the technical ones among them as far as these are told; nil where nothing is.
    ///
    /// - Parameters:
    ///   - falseAlarms: call-outs to unintended alarms; nil leaves these alarms in.
    ///   - visits: call-outs to technical ones.
    func left(falseAlarms: Int?, visits: Int) -> Int? {
        guard let alarms, let callOuts else { return nil }
        let unsentUnintended = falseAlarms.flatMap { sent in unintended.map { $0 - sent } } ?? 0
        return alarms - callOuts - unsentUnintended - (technical.map { $0 - visits } ?? 0)
    }
}
