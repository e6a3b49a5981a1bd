/// A JSON value of an answer, to be held against what the service says.
///
/// Numbers are doubles (every figure is far below 2⁵³, so counts are exact) and strings are compared bytewise:
/// `1` equals `1.0`, and an é in one code point does not equal an e with an accent behind it.
package enum AuditValue: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([AuditValue])
    case object([String: AuditValue])

    package static func integer(_ value: Int64) -> AuditValue { .number(Double(value)) }

    package static func integer(_ value: Int) -> AuditValue { .number(Double(value)) }

    package static func optional(_ value: String?) -> AuditValue { value.map { .string($0) } ?? .null }

    /// An instant as the service writes it in receipts: UTC with milliseconds.
    package static func instant(_ milliseconds: Int64) -> AuditValue { .string(AuditClock.text(milliseconds)) }

    /// Reads an answer of the service; nil when it is not JSON.
    package init?(json: [UInt8]) {
        guard let read = AuditJSON.read(json) else { return nil }
        self.init(read)
    }

    init(_ json: AuditJSON) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let value): self = .number(value)
        case .string(let bytes): self = .string(String(decoding: bytes, as: UTF8.self))
        case .array(let elements): self = .array(elements.map { AuditValue($0) })
        case .object(let members):
            var object: [String: AuditValue] = [:]
            for member in members { object[String(decoding: member.name, as: UTF8.self)] = AuditValue(member.value) }
            self = .object(object)
        }
    }

    /// A member of an object.
    package subscript(name: String) -> AuditValue? {
        if case .object(let members) = self { return members[name] }
        return nil
    }

    /// The path of the first place where `other` differs, and both values; nil when all is equal.
    ///
    /// Members of `other` that are not here do not count: the service may say more (CONTRACT 8). Fractions may
    /// differ by `tolerance`.
    package func difference(from other: AuditValue, tolerance: Double = 0, at path: String = "") -> String? {
        switch (self, other) {
        case (.object(let mine), .object(let theirs)):
            for (name, value) in mine.sorted(by: { $0.key < $1.key }) {
                guard let their = theirs[name] else { return "\(path).\(name): \(value) against nothing" }
                if let found = value.difference(from: their, tolerance: tolerance, at: "\(path).\(name)") {
                    return found
                }
            }
            return nil
        case (.array(let mine), .array(let theirs)):
            if mine.count != theirs.count { return "\(path): \(mine.count) against \(theirs.count) elements" }
            for (index, (value, their)) in zip(mine, theirs).enumerated() {
                if let found = value.difference(from: their, tolerance: tolerance, at: "\(path)[\(index)]") {
                    return found
                }
            }
            return nil
        case (.number(let mine), .number(let theirs)) where abs(mine - theirs) <= tolerance: return nil
        default: return self == other ? nil : "\(path): \(self) against \(other)"
        }
    }
}

extension AuditValue: Equatable {
    package static func == (left: AuditValue, right: AuditValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}
