import ArgumentParser

struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Device models and the registry: what messages become, which devices there are.",
        subcommands: [DevicesTry.self, DevicesImport.self, DevicesList.self]
    )
}
