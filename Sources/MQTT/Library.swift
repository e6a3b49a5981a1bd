import CMosquitto
import COpenSSL
import Glibc

/// What both kinds of client share of libmosquitto's set-up.
enum Library {
    /// Run once a process, by the first use.
    static let isReady: Bool = mosquitto_lib_init() == 0

    static func text(_ code: Int32) -> String { String(cString: mosquitto_strerror(code)) }

    static func reasonText(_ code: Int32) -> String { String(cString: mosquitto_reason_string(code)) }

    static func check(_ code: Int32, _ doing: String) throws(MQTTError) {
        guard code != Int32(MOSQ_ERR_SUCCESS.rawValue) else { return }
        let detail = code == Int32(MOSQ_ERR_ERRNO.rawValue) ? String(cString: strerror(errno)) : text(code)
        throw MQTTError("\(doing): \(detail)")
    }

    /// Makes a client with user, TLS, protocol version and TCP_NODELAY set.
    static func client(_ settings: BrokerSettings, cleanStart: Bool, context: UnsafeMutableRawPointer) throws(MQTTError)
        -> OpaquePointer
    {
        precondition(isReady, "libmosquitto cannot be set up")
        guard let client = mosquitto_new(settings.clientID, cleanStart, context) else {
            throw MQTTError("the client id \(settings.clientID) is not usable")
        }
        let version = settings.version == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
        try check(mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, version), "setting the protocol version")
        try check(mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1), "setting TCP_NODELAY")
        if let username = settings.username {
            try check(mosquitto_username_pw_set(client, username, settings.password), "setting user name and password")
        }
        if settings.usesTLS {
            if settings.caFile == nil {
                try check(mosquitto_int_option(client, MOSQ_OPT_TLS_USE_OS_CERTS, 1), "using the system's certificates")
            }
            // The library wants a CA file or folder even when it has been told to use the system's.
            let caFolder = settings.caFile == nil ? X509_get_default_cert_dir() : nil
            try check(
                mosquitto_tls_set(client, settings.caFile, caFolder, settings.certFile, settings.keyFile, nil),
                "reading the TLS files (broker.caFile, broker.certFile, broker.keyFile)"
            )
        }
        return client
    }
}
