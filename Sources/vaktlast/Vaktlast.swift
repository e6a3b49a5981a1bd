import ArgumentParser
import Foundation

@main
struct Vaktlast: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "vaktlast")
}
