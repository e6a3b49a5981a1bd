/// Why a login by the municipality's own account is not taken. Holds no token and nothing about the person.
package struct IdentityError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// What the provider publishes about itself cannot be used.
        case provider
        /// The answer belongs to no login of this browser, to one that is long past, or to one that is over.
        case state
        /// The provider says no, with a word of its own.
        case refused
        /// The token is not what it should be.
        case token
    }

    package var kind: Kind
    package var description: String

    package init(_ kind: Kind, _ description: String) { (self.kind, self.description) = (kind, description) }
}
