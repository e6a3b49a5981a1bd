import COpenSSL
import Glibc

/// What a TLS server shows, whether or not it would be believed, and what our own files hold.
package struct ServerCertificate: Sendable {
    package struct Certificate: Sendable {
        package var subject: String
        /// Seconds since 1970, UTC.
        package var validFrom: Int64
        package var validTo: Int64
    }

    /// The server's own first, then what it sent to prove it.
    package var chain: [Certificate] = []
    /// OpenSSL's words when our authorities do not vouch for it, nil when they do; expiry is left to `chain`.
    package var problem: String?
    package var isForHost = true

    /// Shakes hands with the broker and hangs up. Throws when there is no TLS, or our own certificate is of no use.
    package init(_ settings: BrokerSettings, waitSeconds: Double) throws(MQTTError) {
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw MQTTError(ServerCertificate.said()) }
        defer { SSL_CTX_free(context) }
        if let file = settings.caFile {
            guard SSL_CTX_load_verify_locations(context, file, nil) == 1 else {
                throw MQTTError("broker.caFile \(file): \(ServerCertificate.said())")
            }
        } else {
            SSL_CTX_set_default_verify_paths(context)
        }
        if let certificate = settings.certFile, let key = settings.keyFile {
            guard SSL_CTX_use_certificate_chain_file(context, certificate) == 1, SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1 else {
                throw MQTTError("broker.certFile \(certificate) and broker.keyFile \(key): \(ServerCertificate.said())")
            }
        }
        // We look at it whatever it is.
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        let descriptor = try TCP.connect(host: settings.host, port: settings.port, waitSeconds: waitSeconds)
        defer { close(descriptor) }
        guard let connection = SSL_new(context) else { throw MQTTError(ServerCertificate.said()) }
        defer { SSL_free(connection) }
        SSL_set_fd(connection, descriptor)
        _ = settings.host.withCString { name in
            SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), UnsafeMutableRawPointer(mutating: name))
        }
        guard SSL_connect(connection) == 1 else { throw MQTTError("the handshake fails: \(ServerCertificate.said())") }
        guard let own = SSL_get1_peer_certificate(connection) else { throw MQTTError("the broker shows no certificate") }
        defer { X509_free(own) }
        let stack = SSL_get_peer_cert_chain(connection)
        chain = (0..<max(OPENSSL_sk_num(stack), 0)).compactMap { OPENSSL_sk_value(stack, $0) }
            .map { ServerCertificate.read(OpaquePointer($0)) }
        if chain.isEmpty { chain = [ServerCertificate.read(own)] }
        let result = SSL_get_verify_result(connection)
        let isExpiry = [Int(X509_V_ERR_CERT_HAS_EXPIRED), Int(X509_V_ERR_CERT_NOT_YET_VALID)].contains(result)
        if result != Int(X509_V_OK), !isExpiry { problem = String(cString: X509_verify_cert_error_string(result)) }
        isForHost = X509_check_ip_asc(own, settings.host, 0) == 1 || X509_check_host(own, settings.host, settings.host.utf8.count, 0, nil) == 1
        SSL_shutdown(connection)
    }

    /// The first certificate of a PEM file; nil when it holds none.
    package static func read(file: String) -> Certificate? {
        guard let stream = BIO_new_file(file, "r") else { return nil }
        defer { BIO_free(stream) }
        guard let certificate = PEM_read_bio_X509(stream, nil, nil, nil) else { return nil }
        defer { X509_free(certificate) }
        return read(certificate)
    }

    private static func read(_ certificate: OpaquePointer) -> Certificate {
        var name = [CChar](repeating: 0, count: 256)
        X509_NAME_oneline(X509_get_subject_name(certificate), &name, Int32(name.count))
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return Certificate(
            subject: String(decoding: bytes, as: UTF8.self),
            validFrom: seconds(X509_get0_notBefore(certificate)),
            validTo: seconds(X509_get0_notAfter(certificate))
        )
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int64(timegm(&parts))
    }

    /// OpenSSL's last words.
    private static func said() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let words = ERR_reason_error_string(code) else { return "the connection was closed" }
        return String(cString: words)
    }
}
