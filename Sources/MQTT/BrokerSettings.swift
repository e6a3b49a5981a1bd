/// Where the broker is and who we are to it.
package struct BrokerSettings: Sendable, Equatable {
    package enum ProtocolVersion: Sendable { case v311, v5 }

    package var host: String
    package var port: UInt16
    package var usesTLS: Bool
    package var clientID: String
    package var version: ProtocolVersion
    package var username: String?
    package var password: String?
    /// PEM files; without a CA file the system's are used.
    package var caFile: String?
    package var certFile: String?
    package var keyFile: String?
    package var keepAliveSeconds: Int32 = 30
    /// Seconds between two messages of our own that prove that a session delivers; 0 switches them off.
    package var canarySeconds: Double = 60

    package init(
        host: String,
        port: UInt16,
        usesTLS: Bool = false,
        clientID: String,
        version: ProtocolVersion = .v5,
        username: String? = nil,
        password: String? = nil,
        caFile: String? = nil,
        certFile: String? = nil,
        keyFile: String? = nil
    ) {
        self.host = host
        self.port = port
        self.usesTLS = usesTLS
        self.clientID = clientID
        self.version = version
        self.username = username
        self.password = password
        self.caFile = caFile
        self.certFile = certFile
        self.keyFile = keyFile
    }

    /// The same broker under another client id.
    package func with(clientID: String) -> BrokerSettings {
        var settings = self
        settings.clientID = clientID
        return settings
    }

    package var address: String { "\(usesTLS ? "mqtts" : "mqtt")://\(host):\(port)" }
}

/// What went wrong with the broker, in words of the library or of the broker itself.
package struct MQTTError: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// A message as the broker gave it.
package struct InboundMessage: Sendable {
    package var topic: String
    package var payload: [UInt8]
    package var isRetained: Bool
    package var responseTopic: String?
    package var correlation: [UInt8]?

    package init(
        topic: String,
        payload: [UInt8],
        isRetained: Bool,
        responseTopic: String? = nil,
        correlation: [UInt8]? = nil
    ) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
        self.responseTopic = responseTopic
        self.correlation = correlation
    }
}

package struct OutboundMessage: Sendable {
    package var topic: String
    package var payload: [UInt8]
    package var isRetained: Bool
    package var correlation: [UInt8]?
    package var responseTopic: String?

    package init(
        topic: String,
        payload: [UInt8],
        isRetained: Bool = false,
        correlation: [UInt8]? = nil,
        responseTopic: String? = nil
    ) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
        self.correlation = correlation
        self.responseTopic = responseTopic
    }
}
