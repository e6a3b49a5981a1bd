import Devices
import Foundation

extension ServiceSettings {
    /// `devices: DIR` names a folder of own profiles, beside those that the program brings along.
    static func readProfiles(_ file: YAMLReader, folder: String, _ problems: YAMLReader.Problems) -> DeviceProfiles {
        var folders: [String] = []
        if let shipped = DeviceProfiles.shippedFolder(program: DeviceProfiles.program) {
            folders.append(shipped)
        } else {
            problems.warnings.append(
                "no device profiles came with \(DeviceProfiles.program): native messages of JSON codecs are read by those of devices: alone. "
                    + "They belong in share/vaktlast/devices beside its bin folder"
            )
        }
        if let own = file.text("devices").map({ Paths.resolve($0, in: folder) }) {
            var isFolder: ObjCBool = false
            if !FileManager.default.fileExists(atPath: own, isDirectory: &isFolder) || !isFolder.boolValue {
                file.problem(key: "devices", "is no folder: \(own). It holds a folder a device model, each with a profile.yaml")
            } else if !folders.contains(own) {
                folders.append(own)
            }
        }
        let profiles = DeviceProfiles.read(folders)
        problems.lines += profiles.problems
        return profiles
    }

    /// Registered devices whose profile does not exist are counted all the same; their native messages are refused.
    func warnOfProfiles(_ problems: YAMLReader.Problems) {
        let known = Set(profiles.profiles.map(\.id)).union(profiles.folders.keys)
        guard !known.isEmpty else { return }
        for municipality in municipalities {
            let unknown = municipality.registry.filter { $0.profile.map { !known.contains($0) } ?? false }
            for (name, devices) in Dictionary(grouping: unknown, by: { $0.profile ?? "" }).sorted(by: { $0.key < $1.key }) {
                problems.warnings.append(
                    "\(municipality.file): its devices name profile «\(name)» (\(devices.count) of them), which is none. "
                        + "Known: \(known.sorted().joined(separator: ", "))"
                )
            }
        }
    }
}
