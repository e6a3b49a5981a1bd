import Foundation
import Store
import Testing
import Workload

@Suite("The book of benefits")
struct BenefitBookTests {
    private static func entry(_ hours: Double, corrects: Int64? = nil) -> BenefitBook.Entry {
        .init(
            day: .init(year: 2026, month: 10, day: 1),
            hours: hours,
            kroner: 0,
            use: "færre vakter",
            technology: nil,
            goal: "vegvalg-6",
            note: "",
            corrects: corrects
        )
    }

    @Test("lines are there after the book is opened again, in their order, each municipality's alone")
    func durable() throws {
        let folder = try DataFolder()
        let first = try BenefitBook(folder: folder.path)
        let line = try #require(try first.add(Self.entry(3), municipality: "3407", who: "account:kari", now: 7))
        _ = try first.add(Self.entry(4), municipality: "3441", who: "b", now: 8)
        let again = try BenefitBook(folder: folder.path)
        #expect(try again.lines(municipality: "3407") == [line] && line.entry == Self.entry(3) && line.enteredAt == 7 && line.who == "account:kari")
        #expect(try again.lines(municipality: "3441").map(\.entry.hours) == [4])
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(BenefitBook.fileName)")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("a line is taken back once, by its own municipality, and what takes back is not")
    func corrections() throws {
        let folder = try DataFolder()
        let book = try BenefitBook(folder: folder.path)
        let line = try #require(try book.add(Self.entry(3), municipality: "3407", who: "a", now: 0))
        #expect(try book.add(Self.entry(-3, corrects: line.number), municipality: "3441", who: "a", now: 0) == nil)
        #expect(try book.add(Self.entry(-3, corrects: 99), municipality: "3407", who: "a", now: 0) == nil)
        let counter = try #require(try book.add(Self.entry(-3, corrects: line.number), municipality: "3407", who: "a", now: 0))
        #expect(try book.add(Self.entry(-3, corrects: line.number), municipality: "3407", who: "a", now: 0) == nil)
        #expect(try book.add(Self.entry(3, corrects: counter.number), municipality: "3407", who: "a", now: 0) == nil)
        #expect(try book.lines(municipality: "3407").count == 2)
    }
}
