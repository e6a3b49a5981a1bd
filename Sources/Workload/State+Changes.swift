import Telemetry

extension State {
    /// Forgets what restoring has marked as changed: the views hold it already. With `keepingFigures` (the zones or
    /// the registry have changed since it was stored) every cell and alarm stays marked.
    package mutating func finishRestoring(keepingFigures: Bool) {
        newAlarmEvents = []
        said = TextTable(hasher: hasher)
        if keepingFigures {
            telemetry.markAllDirty()
        } else {
            let boards = dirtyBoards
            // Cells and alarms are most, and making rows of them only to let them go takes its time.
            _ = (alarmCells.takeDirty(), telemetry.takeDirty())
            for number in dirtyAlarms { alarms[Int(number)].isDirty = false }
            dirtyAlarms = []
            _ = takeChanges()
            dirtyBoards = boards
        }
    }

    /// All that changed since the last call: the rows for the views. O(changes).
    package mutating func takeChanges() -> StateChanges {
        var changes = StateChanges()
        changes.alarmEvents = newAlarmEvents.map(row)
        newAlarmEvents = []
        if said.count > 0 { said = TextTable(hasher: hasher) }
        changes.alarms = dirtyAlarms.map { number in
            alarms[Int(number)].isDirty = false
            return record(of: number)
        }
        dirtyAlarms = []
        var keys = Set(alarmCells.takeDirty())
        keys.formUnion(telemetry.takeDirty())
        changes.cells = keys.map(cellRow)
        changes.assists = assists.takeDirty().map(assistRow)
        changes.ledgers = dirtySources.map { number in
            sources[Int(number)].isDirty = false
            return ledger(of: number)
        }
        dirtySources = []
        changes.devices = devices.takeDirty { zones.municipalities[Int($0)] }
        changes.faults = faults.takeDirty().map { key, record in
            DeviceFaultRow(
                municipality: municipalityName(ofDevice: key.device),
                device: devices.table.string(Int(key.device)),
                fault: key.fault,
                t: record.t,
                id: record.id,
                isOpen: record.isOpen
            )
        }
        changes.batteries = watch.takeDirtyBatteries().map { device, battery in
            BatteryRow(municipality: municipalityName(ofDevice: device), device: devices.table.string(Int(device)), battery: battery)
        }
        changes.deviceSources = watch.takeDirtySources().map { device, source in
            DeviceSourceRow(
                municipality: municipalityName(ofDevice: device),
                device: devices.table.string(Int(device)),
                source: sources[Int(source)].name
            )
        }
        changes.unknownZones = dirtyUnknownZones.map { key in
            UnknownZoneRow(
                municipality: zones.municipalities[Int(key.municipality)],
                zone: String(decoding: key.name, as: UTF8.self),
                count: unknownZones[key] ?? 0
            )
        }
        dirtyUnknownZones = []
        (changes.seenChunks, changes.seenKeepFrom) = seen.takeChanges()
        changes.seenDroppedForCount = seen.hasDroppedForCount
        changes.boards = dirtyBoards.map { zone in
            let place = zones.zones[Int(zone)]
            return (zones.municipalities[Int(place.municipality)], place.id, boards[zone] ?? ZoneBoard())
        }
        dirtyBoards = []
        return changes
    }

    private func cellRow(_ key: CellKey) -> CellRow {
        let zone = zones.zones[Int(key.zone)]
        let alarmCell = alarmCells.cell(key) ?? AlarmCells.Cell()
        let counts = telemetry.present(key) ?? TelemetryCounts()
        let firstCounts = telemetry.first(key)
        var present = alarmCell.present.measures(of: key)
        present.add(counts.measures)
        var first: Measures?
        if alarmCell.first != nil || firstCounts != nil {
            var figures = (alarmCell.first ?? alarmCell.present).measures(of: key)
            figures.add((firstCounts ?? counts).measures)
            first = figures == present ? nil : figures
        }
        return CellRow(
            municipality: zones.municipalities[Int(zone.municipality)],
            zone: zone.id,
            quarter: Int64(key.quarter),
            present: present,
            first: first,
            telemetry: counts.measures,
            telemetryFirst: firstCounts == counts ? nil : firstCounts?.measures
        )
    }

    private func ledger(of number: UInt32) -> LedgerRow {
        let ledger = sources[Int(number)].ledger
        var record = ledger.record
        record.firstSequence = ledger.arrived.first
        record.lastSequence = ledger.arrived.last
        record.missing = ledger.arrived.missing
        return LedgerRow(record: record, arrived: ledger.arrived, accepted: ledger.accepted)
    }

    // MARK: - Restoring

    /// Puts a stored ledger back.
    package mutating func restore(_ row: LedgerRow) {
        let number = Int(source(row.record.source, in: row.record.municipality))
        sources[number].ledger = Ledger(record: row.record, arrived: row.arrived, accepted: row.accepted)
    }

    /// Puts the telemetry of a stored cell back. It keeps its zone until `rebuild`, even
    /// one that is no longer configured.
    package mutating func restoreTelemetry(_ row: CellRow) {
        guard !row.telemetry.isEmpty || row.telemetryFirst != nil else { return }
        let municipality = zones.municipality(row.municipality)
        let zone = zones.zoneKeepingRetired(row.zone, in: municipality)
        telemetry.restore(
            CellKey(zone: zone, quarter: row.quarter),
            present: TelemetryCounts(row.telemetry),
            first: row.telemetryFirst.map(TelemetryCounts.init)
        )
    }

    package mutating func restore(_ row: DeviceRow) {
        let municipality = zones.municipality(row.municipality)
        let number = row.device.withText { devices.number($0, municipality: municipality) }
        devices.restore(number, row)
        watch.restore(devices.watched(number), lastSeen: row.lastSeen)
    }

    package mutating func restore(_ row: UnknownZoneRow) {
        let key = UnknownZone(municipality: zones.municipality(row.municipality), name: Array(row.zone.utf8))
        unknownZones[key] = row.count
    }

    /// Gives a stored alarm event to its alarm again, under today's zones and registry; in journal order.
    package mutating func restore(_ row: AlarmEventRow) {
        let source = source(row.source, in: row.municipality)
        let municipality = sources[Int(source)].municipality
        let message = Message(
            position: row.position,
            received: row.received,
            isHistory: row.isHistory,
            municipality: municipality,
            source: source
        )
        row.withEvent { event in
            let device = event.device.map { devices.number($0, municipality: municipality) }
            let zone =
                event.zone.flatMap { zones.zone($0, in: municipality) } ?? device.flatMap { devices.zone($0, at: row.t) }
            applyAlarm(
                event,
                withUnsafePointer(to: event) { hashes(of: $0, in: message, scope: sources[Int(source)].hashScope) },
                t: row.t,
                flag: row.flag,
                isLate: row.late,
                zone: zone,
                device: device,
                index: row.index,
                in: message
            )
        }
    }
}

extension AlarmEventRow {
    /// Lends the row as the event it was made of.
    func withEvent(_ body: (Event) -> Void) {
        id.withText { id in
            alarm.withText { alarm in
                var event = Event(type: type, id: id)
                event.alarm = alarm
                event.kind = kind
                event.priority = priority
                event.test = test
                event.voice = voice
                event.responders = responders
                event.outcome = outcome
                event.cause = cause
                State.withOptionalText(device) { device in
                    State.withOptionalText(zone) { zone in
                        State.withOptionalText(respondingZone) { respondingZone in
                            event.device = device
                            event.zone = zone
                            event.respondingZone = respondingZone
                            body(event)
                        }
                    }
                }
            }
        }
    }
}

extension State {
    fileprivate static func withOptionalText(_ string: String?, _ body: (Text?) -> Void) {
        if let string { string.withText { body($0) } } else { body(nil) }
    }
}
