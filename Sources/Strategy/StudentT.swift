/// Student's t distribution (Gosset 1908).
enum StudentT {
    /// The 97.5 % quantile by the expansion of Abramowitz & Stegun 26.7.5; right to 0.002 from 6 degrees on.
    static func quantile975(degreesOfFreedom: Int) -> Double {
        let z = 1.959963984540054
        let n = Double(degreesOfFreedom)
        let z3 = z * z * z
        let z5 = z3 * z * z
        let z7 = z5 * z * z
        let first = (z3 + z) / 4
        let second = (5 * z5 + 16 * z3 + 3 * z) / 96
        let third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
        return z + first / n + second / (n * n) + third / (n * n * n)
    }
}
