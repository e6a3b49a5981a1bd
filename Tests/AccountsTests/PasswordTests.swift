import Accounts
import Testing

@Suite("Passwords and secrets")
struct PasswordTests {
    @Test("a hash is argon2id with a salt of its own and knows its password alone")
    func hashing() {
        let password = "blåbær på tunet i regn"
        let (first, second) = (Password.hash(password), Password.hash(password))
        #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$") && first != second)
        #expect(Password.isRight(password, for: first) && Password.isRight(password, for: second))
        #expect(!Password.isRight("blåbær på tunet i regn ", for: first) && !Password.isRight("", for: first))
        #expect(!Password.isRight(password, for: "no hash") && !Password.isRight(String(repeating: "x", count: 2000), for: first))
        // The same signs, composed in another way, are other bytes.
        #expect(!Password.isRight("bla\u{30A}bær på tunet i regn", for: first))
    }

    static let objections: [(password: String, said: String?)] = [
        ("kort", "at least 15"), ("æøåæøåæøåæøåæø", "at least 15"), ("aaaaaaaaaaaaaaaaaaaa", "different"), ("kari.nordmann er her", "name"),
        (String(repeating: "abcdef", count: 200), "at most"), ("hest batteri stift riktig", nil),
    ]

    @Test("a password that is too easy is refused with the reason", arguments: objections)
    func objection(password: String, said: String?) {
        let objection = Password.objection(to: password, of: "kari.nordmann")
        #expect(said.map { objection?.contains($0) == true } ?? (objection == nil), "\(objection ?? "none")")
    }

    @Test("secrets are 43 characters, never the same, and compared in full")
    func secrets() {
        let secrets = (0..<200).map { _ in Secret.make() }
        #expect(Set(secrets).count == 200 && secrets.allSatisfy { $0.utf8.count == 43 })
        #expect(Secret.isSame(Secret.digest(secrets[0]), Secret.digest(secrets[0])))
        #expect(!Secret.isSame(Secret.digest(secrets[0]), Secret.digest(secrets[1])) && !Secret.isSame("a", "ab"))
        #expect(Secret.formToken(of: secrets[0]) != Secret.digest(secrets[0]))
    }
}
