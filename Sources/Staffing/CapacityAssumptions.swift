/// What a full position's year is made of, and what of it reaches users. Key `capacity` of `staffing.yaml`.
package struct CapacityAssumptions: Equatable, Sendable {
    /// 37.5, 35.5 or 33.6 by agreement; what lies between is allowed.
    package var hoursAWeek = SourcedFigure(35.5, source: "avtalt uke i turnus (eksempel)", isExample: true)
    package var weeksAYear = SourcedFigure(52, source: "52 uker × timer i uka")
    package var holidayWeeks = SourcedFigure(5, source: "ferieloven, og den avtalefestede femte uka")
    /// Of the hours left after holidays and public holidays, 0–1; short and long absence together.
    package var absenceShare = SourcedFigure.example(0.1)
    /// The part of it, of the same hours, that is long (over 16 days): SSB counts it apart.
    package var longAbsenceShare = SourcedFigure.example(0.06)
    package var trainingHours = SourcedFigure.example(20)
    /// Reports, meetings and documentation, of net hours, 0–1.
    package var meetingsShare = SourcedFigure.example(0.15)
    /// On the way to and between users, of net hours, 0–1.
    package var travelShare = SourcedFigure.example(0.15)

    package init() {}
}
