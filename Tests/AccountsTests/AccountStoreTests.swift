import Accounts
import Foundation
import Store
import Testing

@Suite("accounts.db")
struct AccountStoreTests {
    private static let leader = Reach(role: .leader, municipalities: ["3407"], zones: ["biri", "haugtun"])

    /// A folder that goes away with the test.
    private final class TestFolder {
        let path = NSTemporaryDirectory() + "vaktlast-accounts-\(UUID().uuidString)"
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test("accounts are kept with their reach, once a name, in a file for its owner alone")
    func accounts() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        #expect(try store.add("kari", Self.leader, hash: "h", now: 5))
        #expect(try !store.add("kari", Self.leader, hash: "other", now: 6))
        let again = try AccountStore(folder: folder.path)
        let found = try #require(try again.account("kari"))
        #expect(found.hash == "h" && found.account == Account(name: "kari", reach: Self.leader, isActive: true, createdAt: 5, lastLogin: nil))
        #expect(try again.account("Kari") == nil && again.accounts().count == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.contains("accounts.db-wal"))
        for name in names {
            #expect(try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test("a session lives while it is used, an hour without, twelve at most, and its secret is kept nowhere")
    func sessions() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        _ = try store.add("kari", Self.leader, hash: "h", now: 0)
        let secret = try store.beginSession(of: "kari", now: 0)
        let step: Int64 = 50 * 60_000
        for turn in 1...14 {
            let found = try store.session(secret, now: Int64(turn) * step)
            #expect((found != nil) == (Int64(turn) * step < Session.lengthMilliseconds), "turn \(turn)")
        }
        let idle = try store.beginSession(of: "kari", now: 0)
        #expect(try store.session(idle, now: Session.idleMilliseconds - 1, isActivity: false) != nil)
        #expect(try store.session(idle, now: Session.idleMilliseconds) == nil)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder.path)/\(name)"))
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
        }
    }

    @Test("a changed password, role or state ends the sessions, and so do logging out and removing")
    func endedSessions() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        _ = try store.add("kari", Self.leader, hash: "h", now: 0)
        let changes: [(AccountStore, String) throws -> Void] = [
            { store, _ in _ = try store.change("kari", hash: "new") },
            { store, _ in _ = try store.change("kari", reach: Reach(role: .planner, municipalities: ["3407"])) },
            { store, _ in _ = try store.change("kari", isActive: false) }, { store, secret in try store.endSession(secret) },
            { store, _ in _ = try store.remove("kari") },
        ]
        for change in changes {
            let secret = try store.beginSession(of: "kari", now: 10)
            try change(store, secret)
            #expect(try store.session(secret, now: 11) == nil)
            _ = try store.change("kari", isActive: true)
        }
        #expect(try !store.change("kari", isActive: true))
    }

    @Test("a session's secret is replaced when its time is over; the old one holds until the new one has come, and a minute more")
    func renewal() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        _ = try store.add("kari", Self.leader, hash: "h", now: 0)
        let first = try store.beginSession(of: "kari", now: 0)
        let name = try #require(try store.session(first, now: 1)).name
        #expect(try store.renewSession(first, now: Session.secretMilliseconds - 1) == nil)
        let due = Session.secretMilliseconds
        let second = try #require(try store.renewSession(first, now: due))
        #expect(second != first)
        #expect(try store.renewSession(first, now: due + 1) == nil, "one that was replaced is not replaced again")
        // The answer with the new one may have been lost.
        #expect(try store.session(first, now: due + 10 * 60_000)?.name == name)
        #expect(try store.session(second, now: due + 11 * 60_000)?.name == name)
        #expect(try store.session(first, now: due + 11 * 60_000 + Session.overlapMilliseconds - 1)?.name == name)
        #expect(try store.session(first, now: due + 11 * 60_000 + Session.overlapMilliseconds) == nil)
        try store.setPurpose(.insight, ofSession: name)
        let third = try #require(try store.renewSession(second, now: 2 * due))
        #expect(try store.session(third, now: 2 * due + 1)?.purpose == .insight)
        #expect(try store.sessionCounts(now: 2 * due + 2) == ["kari": 1])
        try store.endSession(second)
        #expect(try store.session(third, now: 2 * due + 2) == nil, "logging out in an old tab ends the session")
    }

    @Test("a visit is a session that carries its reach: no account of its name has anything to do with it, and ending it leaves others alone")
    func visits() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        let planner = Reach(role: .planner, municipalities: ["3407", "3441"])
        _ = try store.add("kari", planner, hash: "h", now: 0)
        let own = try store.beginSession(of: "kari", now: 0)
        let visit = try store.beginVisit(of: "kari", Self.leader, now: 5)
        let found = try #require(try store.session(visit, now: 6))
        #expect(found.isVisit && found.account.name == "kari" && found.account.reach == Self.leader && found.beganAt == 5 && found.purpose == nil)
        try store.setPurpose(.insight, ofSession: found.name)
        #expect(try store.visits(now: 6).map(\.name) == [found.name] && store.visits(now: 6).map(\.purpose) == [.insight])
        #expect(try store.sessionCounts(now: 6) == ["kari": 1])
        let renewed = try #require(try store.renewSession(visit, now: 5 + Session.secretMilliseconds))
        #expect(try store.session(renewed, now: 6 + Session.secretMilliseconds)?.name == found.name)
        #expect(try store.remove("kari") && store.session(own, now: 7) == nil)
        #expect(try store.session(renewed, now: 7 + Session.secretMilliseconds) != nil, "an account of this name was another's")
        let other = try store.beginVisit(of: "kari", planner, now: 8)
        try store.endVisit(session: found.name)
        #expect(try store.session(renewed, now: 9) == nil && store.session(other, now: 9) != nil)
        #expect(try store.visits(now: 8 + Session.idleMilliseconds).isEmpty)
        try store.endVisits()
        #expect(try store.session(other, now: 9) == nil)
    }

    @Test("a link for a password holds for three days, once, and alone")
    func invitations() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        #expect(try store.invite("kari", now: 0) == nil)
        _ = try store.add("kari", Self.leader, hash: "h", now: 0)
        let first = try #require(try store.invite("kari", now: 0))
        let second = try #require(try store.invite("kari", now: 1))
        #expect(try store.invited(first, now: 2) == nil && store.invited(second, now: 2) == "kari")
        #expect(try store.invited(second, now: 1 + AccountStore.invitationMilliseconds) == nil)
        _ = try store.change("kari", isActive: false)
        #expect(try store.invited(second, now: 2) == nil)
        _ = try store.change("kari", isActive: true)
        _ = try store.change("kari", hash: "new")
        #expect(try store.invited(second, now: 2) == nil)
    }

    @Test("a token holds until it runs out or is revoked; its name is never given again")
    func tokens() throws {
        let folder = try TestFolder()
        let store = try AccountStore(folder: folder.path)
        let planner = Reach(role: .planner, municipalities: ["3407", "3441"])
        let secret = try #require(try store.issueToken("excel", planner, expiresAt: 100, now: 0))
        #expect(try store.token(secret, now: 99)?.reach == planner)
        #expect(try store.token(secret, now: 100) == nil && store.token(secret + "x", now: 1) == nil)
        #expect(try store.issueToken("excel", planner, expiresAt: nil, now: 0) == nil)
        #expect(try store.revokeToken("excel", now: 50) && !store.revokeToken("excel", now: 51))
        #expect(try store.token(secret, now: 60) == nil)
    }

    @Test("what does not fit together is said")
    func objections() {
        #expect(Reach(role: .central, municipalities: ["3407"]).objection?.contains("source") == true)
        #expect(Reach(role: .leader, municipalities: ["3407"], source: "a").objection?.contains("central") == true)
        #expect(Reach(role: .leader, municipalities: []).objection != nil && Reach(role: .leader, municipalities: ["1"], zones: []).objection != nil)
        #expect(Reach(role: .central, municipalities: ["3407"], source: "a").objection == nil)
        #expect(Role.allCases.filter { $0.rights.contains(.benefits) } == [.leader, .admin])
        #expect(
            Role.planner.rights == [.figures] && Role.technician.rights.isDisjoint(with: [.alarms, .figures, .moments]) && Role.central.rights == [.ownLedger]
        )
    }
}
