import Foundation

/// The profiles of one or more folders such as `devices/`.
package struct DeviceProfiles: Sendable {
    /// By id.
    package var profiles: [DeviceProfile] = []
    /// Each profile's own folder, by id.
    package var folders: [String: String] = [:]
    /// A line each, with file, line and key.
    package var problems: [String] = []

    package init() {}

    package static let fileName = "profile.yaml"
    /// Messages of JSON codecs that are larger are refused.
    package static let messageBytesMax = DeviceText.payloadBytesMax
    package static let idRule = "1–64 of a–z, 0–9 and -"

    /// Reads all folders, and tells everything that is wrong with any of them.
    package static func read(_ roots: [String]) -> DeviceProfiles {
        var read = DeviceProfiles()
        for root in roots { read.add(root) }
        read.profiles.sort { $0.id < $1.id }
        return read
    }

    /// - Throws: `DeviceProfilesError` with all problems.
    package static func load(_ root: String) throws -> [DeviceProfile] {
        let read = read([root])
        guard read.problems.isEmpty else { throw DeviceProfilesError(problems: read.problems) }
        return read.profiles
    }

    private mutating func add(_ root: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: root) else {
            problems.append("\(root) cannot be read: a folder of device profiles is wanted, such as devices/")
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let folder = "\(root)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else { continue }
            guard DeviceProfiles.isID(name) else {
                problems.append("\(folder): the folder's name is the profile's id, \(DeviceProfiles.idRule)")
                continue
            }
            if let other = folders[name] {
                problems.append("\(folder): there is a profile \(name) already, in \(other). Give this one another name")
                continue
            }
            folders[name] = folder
            guard let text = DeviceProfiles.text("\(folder)/\(DeviceProfiles.fileName)") else {
                problems.append("\(folder)/\(DeviceProfiles.fileName) is missing or not UTF-8: every folder here holds one")
                continue
            }
            let found = ProfileNode.Problems()
            if let profile = ProfileReader(file: "\(folder)/\(DeviceProfiles.fileName)", problems: found).read(id: name, text: text) {
                profiles.append(profile)
            }
            problems += found.lines
        }
    }

    private static func isID(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    static func text(_ file: String) -> String? {
        FileManager.default.contents(atPath: file).flatMap { String(data: $0, encoding: .utf8) }
    }

    /// The folder that the program brings along: `share/vaktlast/devices` beside its own, else `devices/` of the checkout
    /// that it was built in. Nil where there is neither.
    package static func shippedFolder(program: String) -> String? {
        var folder = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
        var candidates = [folder.deletingLastPathComponent().appendingPathComponent("share/vaktlast/devices").path]
        // .build/x86_64-unknown-linux-gnu/release/vaktlast lies four folders below the project.
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("devices").path)
            folder.deleteLastPathComponent()
        }
        return candidates.first { FileManager.default.fileExists(atPath: "\($0)/profile.schema.json") }
    }

    /// The running program, which `argv[0]` names only by its caller's leave.
    package static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}

/// Everything that is wrong with a folder of profiles.
package struct DeviceProfilesError: Error, CustomStringConvertible {
    package let problems: [String]
    package var description: String { problems.joined(separator: "\n") }
}
