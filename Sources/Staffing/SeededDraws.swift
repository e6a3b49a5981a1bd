/// Random numbers that are a function of their seed alone: SplitMix64 (Steele, Lea & Flood 2014).
///
/// The standard library's generator cannot be seeded. The simulator has its own: the judge shares no code with the judged.
struct SeededDraws: Sendable {
    private var state: UInt64

    /// A generator for one part of the work (`stream`), so that one part's draws do not move another's.
    init(seed: UInt64, stream: UInt64) {
        state = SeededDraws.seed(seed, stream: stream)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SeededDraws.mixed(state)
    }

    /// Uniform in `0..<bound`; the bias of the multiplication is under 2⁻³² for the bounds used here.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// A seed for one part of the work.
    static func seed(_ seed: UInt64, stream: UInt64) -> UInt64 { mixed(seed ^ mixed(stream &+ 0x9E37_79B9_7F4A_7C15)) }

    /// A number that depends on the seed and a place alone, not on how many were drawn before.
    static func value(seed: UInt64, place: Int) -> UInt64 {
        mixed(mixed(seed) ^ mixed(UInt64(bitPattern: Int64(place)) &+ 0x9E37_79B9_7F4A_7C15))
    }

    /// The finishing function of SplitMix64: a bijection that spreads every bit over all bits.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
