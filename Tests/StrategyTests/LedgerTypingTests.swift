import Strategy
import Testing
import Workload

@Suite("What is typed into the benefit ledger")
struct LedgerTypingTests {
    private static let today = LocalTime.Day(year: 2026, month: 10, day: 26)

    private func typed(_ change: (inout BenefitLedger.Typed) -> Void) -> BenefitLedger.Typed {
        var typed = BenefitLedger.Typed()
        (typed.day, typed.hours, typed.kroner, typed.use) = ("2026-10-01", "12,5", "", "flere brukere")
        change(&typed)
        return typed
    }

    private func problems(_ typed: BenefitLedger.Typed) -> Set<BenefitLedger.TypedField> {
        do throws(BenefitLedger.TypingProblems) {
            _ = try BenefitLedger.entry(typed, today: Self.today)
            return []
        } catch { return Set(error.problems.keys) }
    }

    @Test(
        "numbers with comma, point, spaces and a minus are read; a thousand with a point, powers and words are not",
        arguments: [
            ("12", 12.0), ("12,5", 12.5), ("12.5", 12.5), ("1 200", 1200), ("1\u{A0}200,25", 1200.25), (" -3 ", -3), ("1.000", nil), ("1,234", nil),
            ("1e3", nil),
            ("mye", nil), ("--1", nil), ("100001", nil), ("nan", nil), ("inf", nil),
        ]
    )
    func numbers(text: String, value: Double?) throws {
        let typed = typed { $0.hours = text }
        guard let value else { return #expect(problems(typed) == [.hours]) }
        #expect(try BenefitLedger.entry(typed, today: Self.today).hours == value)
    }

    @Test("each field that is wrong is named, all at once")
    func fields() {
        #expect(problems(typed { $0.day = "2026-10-27" }) == [.day] && problems(typed { $0.day = "2026-02-30" }) == [.day])
        #expect(problems(typed { $0.day = "2026-10-26" }).isEmpty, "today has come")
        #expect(problems(typed { ($0.hours, $0.kroner) = ("", "") }) == [.hours] && problems(typed { ($0.hours, $0.kroner) = ("", "100") }).isEmpty)
        #expect(problems(typed { $0.use = "kaffe" }) == [.use] && problems(typed { $0.technology = "robot" }) == [.technology])
        #expect(problems(typed { $0.note = String(repeating: "å", count: 301) }) == [.note] && problems(typed { $0.note = "a\nb" }) == [.note])
        #expect(problems(BenefitLedger.Typed()) == [.day, .hours, .use])
    }

    @Test(
        "a note with eleven digits as people write them is refused; dates, sums and telephones are not",
        arguments: [
            ("01017000027", true), ("010170 00027", true), ("010170-00027", true), ("01 01 70 00027", true), ("01.01.70 000 27", true),
            ("bruker 01017000027.", true),
            ("١٢٣٤٥٦٧٨٩٠١", true), ("123456789012", true), ("fra 2026-10-01 til 2026-10-15", false), ("100000 - 200000 kr", false), ("ring 61 15 88 00", false),
            ("1 200 timer i uke 43", false), ("", false),
        ]
    )
    func identities(note: String, isRefused: Bool) {
        #expect(problems(typed { $0.note = note }).contains(.note) == isRefused)
    }
}
