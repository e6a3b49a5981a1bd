/// How many positions a load asks for, as a number that goes evenly with it.
///
/// Erlang C is about whole positions: at the load where n no longer meet the norm it jumps to n + 1, so that a hair more load
/// is a whole person more. Here the load between the most that n − 1 carry and the most that n carry asks for so much of the
/// n-th position (straight between the two). Rounded up it is what Erlang C gives, for every load; and it never falls and never
/// jumps. (Jagers & van Doorn 1986 continue Erlang's formula itself to parts of a server, which gives between the same whole
/// numbers nearly the same; the straight line has no more to it than a reader can follow.)
struct PositionCapacity: Equatable, Sendable {
    private let curve: AttendanceCurve
    private let share: Double
    /// The most load in erlang that so many positions carry within the norm; under 0 is none. At least the first.
    private let mostErlang: [Double]

    /// Beyond this many the table is not made beforehand.
    private static let tableMax = 400

    /// - Parameters:
    ///   - share: attended in time, over 0, at most what the ways allow.
    ///   - erlang: loads up to this are answered from a table. Above it each asks for a new search.
    init(_ curve: AttendanceCurve, share: Double, upTo erlang: Double) {
        self.curve = curve
        self.share = share
        var table = [0.0]
        while table[table.count - 1] < erlang || table.count < 2, table.count < PositionCapacity.tableMax {
            table.append(curve.mostErlang(positions: table.count, share: share))
        }
        mostErlang = table
    }

    /// The most that one position carries: up to it somebody on watch is enough, whatever comes.
    var ofOne: Double { mostErlang[1] }

    /// 0 for no load; never falling, without jumps.
    func positions(offeredErlang: Double) -> Double {
        guard offeredErlang > 0 else { return 0 }
        let whole: Int
        if offeredErlang <= mostErlang[mostErlang.count - 1] {
            var (low, high) = (0, mostErlang.count - 1)
            while high - low > 1 {
                let middle = (low + high) / 2
                if mostErlang[middle] < offeredErlang { low = middle } else { high = middle }
            }
            whole = high
        } else {
            whole = curve.positions(offeredErlang: offeredErlang, share: share)
        }
        let (less, enough) = (most(whole - 1), most(whole))
        return Double(whole) - (enough > less ? max(0, min(1, (enough - offeredErlang) / (enough - less))) : 0)
    }

    private func most(_ positions: Int) -> Double {
        positions < mostErlang.count ? mostErlang[positions] : curve.mostErlang(positions: positions, share: share)
    }
}

extension AttendanceCurve {
    /// The most load with which so many positions attend such a share in time, to 10⁻¹⁰ of the positions; found by halving, since
    /// the share falls as the load grows.
    func mostErlang(positions: Int, share wanted: Double) -> Double {
        let enough = min(wanted, reachableShare - 1e-12)
        var (low, high) = (0.0, Double(positions))
        while high - low > 1e-10 * Double(positions) {
            let middle = (low + high) / 2
            if share(offeredErlang: middle, positions: positions) >= enough { low = middle } else { high = middle }
        }
        return low
    }
}
