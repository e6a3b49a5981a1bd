package import Staffing

extension StaffingAnalysis {
    package var html: String { text }
}
