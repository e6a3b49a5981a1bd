import Foundation
import Telemetry

/// What a provider says about itself (OpenID Connect Discovery 1.0).
package struct IdentityProvider: Equatable, Sendable {
    package var authorizationAddress: String
    package var tokenAddress: String
    package var keysAddress: String
    /// Where a logout goes on; nil where the provider offers none.
    package var logoutAddress: String?
    /// Whether the client's secret is sent in the form, where the header is not taken.
    package var wantsSecretInForm: Bool

    /// Where a provider's description lies.
    package static func descriptionAddress(issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Reads a description. It must be of the issuer that was asked: else another one could stand in for it.
    ///
    /// - Parameter isAllowed: whether an address may be asked (HTTPS, or this machine).
    package init(json: [UInt8], issuer: String, isAllowed: (String) -> Bool) throws(IdentityError) {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(json))) as? [String: Any] else {
            throw IdentityError(.provider, "the description is no JSON object")
        }
        guard object["issuer"] as? String == issuer else {
            throw IdentityError(.provider, "the description is of another issuer than oidc.issuer; both must be the same, sign for sign")
        }
        func address(_ key: String) throws(IdentityError) -> String {
            guard let address = object[key] as? String, isAllowed(address), !address.contains("#") else {
                throw IdentityError(.provider, "the description's \(key) is missing, or not https://")
            }
            return address
        }
        authorizationAddress = try address("authorization_endpoint")
        tokenAddress = try address("token_endpoint")
        keysAddress = try address("jwks_uri")
        logoutAddress = try object["end_session_endpoint"] == nil ? nil : address("end_session_endpoint")
        let methods = object["token_endpoint_auth_methods_supported"] as? [String] ?? ["client_secret_basic"]
        wantsSecretInForm = !methods.contains("client_secret_basic")
    }

    /// An address with fields added to its query.
    package static func address(_ address: String, _ fields: [(name: String, value: String)]) -> String {
        let query = fields.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
        return address + (address.contains("?") ? "&" : "?") + query
    }
}
