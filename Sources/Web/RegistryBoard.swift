import Synchronization

/// The municipalities as the pages and the API go by them: registry, roster and the rest may change while the service runs.
package final class RegistryBoard: Sendable {
    package struct Registry: Sendable {
        package var municipalities: [ReportedMunicipality]
        /// By municipality number.
        package var lists: [String: DeviceList]
        /// The plan that the fold goes by under it, counted from the start.
        package var generation: Int
        /// Counts the changes of any of it.
        package fileprivate(set) var revision = 0

        package init(municipalities: [ReportedMunicipality], generation: Int = 0) {
            self.municipalities = municipalities
            self.generation = generation
            lists = Dictionary(municipalities.map { ($0.number, DeviceList($0.devices)) }) { first, _ in first }
        }
    }

    private let registry: Mutex<Registry>
    /// Held from reading to replacing, so that of two changes at once none is lost.
    private let change = Mutex<Void>(())

    package init(_ registry: Registry) { self.registry = Mutex(registry) }

    package var current: Registry { registry.withLock { $0 } }

    /// Changes the municipalities.
    ///
    /// - Parameter generation: of the plan that the fold goes by from now on; nil: the same as before.
    package func update(generation: Int? = nil, _ body: (inout [ReportedMunicipality]) -> Void) {
        change.withLock { _ in
            let old = current
            var municipalities = old.municipalities
            body(&municipalities)
            var new = Registry(municipalities: municipalities, generation: generation ?? old.generation)
            new.revision = old.revision + 1
            registry.withLock { $0 = new }
        }
    }
}
