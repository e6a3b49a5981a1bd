import Synchronization

/// The registry that the pages and the API go by, which may change while the service runs.
package final class RegistryBoard: Sendable {
    package struct Registry: Sendable {
        package var municipalities: [ReportedMunicipality]
        /// By municipality number.
        package var lists: [String: DeviceList]
        /// The plan that the fold goes by under it, counted from the start.
        package var generation: Int

        package init(municipalities: [ReportedMunicipality], generation: Int = 0) {
            self.municipalities = municipalities
            self.generation = generation
            lists = Dictionary(municipalities.map { ($0.number, DeviceList($0.devices)) }) { first, _ in first }
        }
    }

    private let registry: Mutex<Registry>

    package init(_ registry: Registry) { self.registry = Mutex(registry) }

    package var current: Registry { registry.withLock { $0 } }

    package func replace(_ registry: Registry) { self.registry.withLock { $0 = registry } }
}
