import ArgumentParser

struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Device models: what their messages become.",
        subcommands: [DevicesTry.self]
    )
}
