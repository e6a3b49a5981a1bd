import Foundation
import MQTT
import Settings
import Testing

/// Environment variables over keys, CONTRACT 10.
@Suite("Environment variables")
struct EnvironmentTests {
    @Test("variables override keys of the file")
    func override() throws {
        let folder = try ConfigurationFolder(
            "instance: a\ndata: ./d\nbroker: {url: mqtt://h, clientId: c, version: 5, username: u}\nhttp: {host: h, port: 1}\n"
        )
        let settings = try folder.settings([
            "VAKTLAST_INSTANCE": "b", "VAKTLAST_DATA": "/var/lib/vaktlast", "VAKTLAST_BROKER_URL": "mqtts://other:99",
            "VAKTLAST_BROKER_CLIENT_ID": "d", "VAKTLAST_BROKER_VERSION": "3.1.1", "VAKTLAST_BROKER_USERNAME": "v",
            "VAKTLAST_HTTP_HOST": "::", "VAKTLAST_HTTP_PORT": "65535", "PATH": "/bin", "VAKTLASTING": "1",
        ])
        #expect(settings.instance == "b" && settings.dataFolder == "/var/lib/vaktlast")
        let broker = BrokerSettings(
            host: "other",
            port: 99,
            usesTLS: true,
            clientID: "d",
            version: .v311,
            username: "v"
        )
        #expect(settings.broker == broker)
        #expect(settings.httpHost == "::" && settings.httpPort == 65_535)
    }

    @Test("a variable is enough where the file has no broker")
    func brokerAlone() throws {
        let settings = try ConfigurationFolder("").settings([
            "VAKTLAST_BROKER_URL": "mqtt://h", "VAKTLAST_BROKER_CLIENTID": "without an inner line",
        ])
        #expect(settings.broker.host == "h" && settings.broker.clientID == "without an inner line")
    }

    @Test("relative paths in a variable are relative to the working folder")
    func paths() throws {
        let folder = try ConfigurationFolder()
        let working = FileManager.default.currentDirectoryPath
        #expect(try folder.settings(["VAKTLAST_DATA": "some/data"]).dataFolder == working + "/some/data")
        try folder.write("password", "from the variable\n")
        let password = ["VAKTLAST_BROKER_PASSWORD_FILE": folder.path + "/password"]
        #expect(try folder.settings(password).broker.password == "from the variable")
        let problems = try folder.problems(["VAKTLAST_BROKER_PASSWORD_FILE": "password-\(UUID().uuidString)"])
        #expect(problems.count == 1)
        #expect(problems.first?.contains("broker.passwordFile") == true && problems.first?.contains(working) == true)
    }

    static let unknownNames = [
        "VAKTLAST_COLOUR", "VAKTLAST_", "VAKTLAST_BROKER", "VAKTLAST_HTTP_PORTS", "VAKTLAST_data",
    ]

    @Test("an unknown variable is an error that names it", arguments: unknownNames)
    func unknown(name: String) throws {
        let problems = try ConfigurationFolder().problems([name: "1"])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(name) ") == true)
    }

    static let badValues: [(name: String, value: String)] = [
        ("VAKTLAST_HTTP_PORT", "0"), ("VAKTLAST_HTTP_PORT", "http"), ("VAKTLAST_HTTP_PORT", ""),
        ("VAKTLAST_BROKER_URL", "http://h"), ("VAKTLAST_BROKER_VERSION", "7"), ("VAKTLAST_INSTANCE", "North/1"),
    ]

    @Test("a bad value in a variable stops the start as it does in the file", arguments: badValues)
    func bad(name: String, value: String) throws {
        #expect(try ConfigurationFolder().problems([name: value]).count == 1)
    }
}
