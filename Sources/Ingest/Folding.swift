package import Devices
import Foundation
package import Store
package import Telemetry
package import Workload

/// Decodes journaled messages, gives their events to the state, and says what is to be answered.
///
/// Owned by one thread; the same journal and configuration always give the same rows. Used by the service, by
/// `rebuild` and by `import` alike.
package final class Folding {
    package struct Setup: Sendable {
        package var plan: ZonePlan
        /// By `municipality/source`; others have the contract's defaults.
        package var receipts: [String: ReceiptSetting]
        package var rememberedIDsMax: Int
        /// Topic trees of others, and what devices' own formats are read with.
        package var foreign = ForeignTopics()
        package var dc09Keys = DC09Keys()
        package var profiles: [DeviceProfile]
        package var registered = RegisteredProfiles()

        package init(
            plan: ZonePlan,
            receipts: [String: ReceiptSetting] = [:],
            rememberedIDsMax: Int = SeenIDs.countMaxDefault,
            profiles: [DeviceProfile] = []
        ) {
            self.plan = plan
            self.receipts = receipts
            self.rememberedIDsMax = rememberedIDsMax
            self.profiles = profiles
        }

        /// How the devices of each profile are watched.
        var rules: [String: WatchRule] {
            Dictionary(profiles.map { ($0.id, WatchRule($0)) }) { first, _ in first }
        }

        /// Identifies zones and registry: figures made with others are made anew.
        var fingerprint: Int64 {
            let digest = Digest.sha256(Array("\(plan)".utf8))
            return Int64(bitPattern: UInt64(digest.prefix(16), radix: 16) ?? 0)
        }
    }

    package struct Counts: Sendable {
        package var accepted: Int64 = 0
        package var duplicates: Int64 = 0
        package var rejected: Int64 = 0
    }

    package private(set) var position: Int64
    package private(set) var counts = Counts()
    package private(set) var boards: [(municipality: String, zone: String, board: ZoneBoard)] = []
    private(set) var received: EventTime = 0
    let setup: Setup
    let fingerprint: Int64
    private(set) var state: State
    private let decoder = CanonicalDecoder()
    private let native: NativeDecoder
    private var memory: DeviceMemory
    private var quarantine: [QuarantineRow] = []
    private var isDirty = false
    private var replacesFigures: Bool
    private var topics: [String: KnownTopic] = [:]

    /// What need not be found anew with each message of a topic.
    private struct KnownTopic {
        var reading: Topic.Reading
        var setting = ReceiptSetting.rejections
        /// Number in the state; nil until its first message.
        var source: UInt32?
    }

    /// Topics remembered with their parts; more than this many and they are forgotten.
    private static let topicsMax = 10_000

    /// Starts from what the views hold.
    package init(setup: Setup, hashKey: UInt64, views: Views) throws {
        self.setup = setup
        fingerprint = setup.fingerprint
        native = NativeDecoder(profiles: setup.profiles, keys: setup.dc09Keys)
        memory = DeviceMemory(stored: try views.deviceMemory())
        let stored = try views.stored()
        position = stored.position
        received = stored.received
        state = State(
            plan: setup.plan,
            hashKey: hashKey,
            seen: SeenIDs(countMax: setup.rememberedIDsMax, hasDroppedForCount: stored.seenDroppedForCount),
            rules: setup.rules
        )
        try views.restore(into: &state)
        replacesFigures = stored.position > 0 && stored.planFingerprint != fingerprint
        state.finishRestoring(keepingFigures: replacesFigures)
        isDirty = replacesFigures || stored.planFingerprint == nil
    }

    /// Starts with nothing: for benchmarks and tests that have no views.
    package init(setup: Setup, hashKey: UInt64) {
        self.setup = setup
        fingerprint = setup.fingerprint
        native = NativeDecoder(profiles: setup.profiles, keys: setup.dc09Keys)
        memory = DeviceMemory()
        position = 0
        replacesFigures = false
        state = State(plan: setup.plan, hashKey: hashKey, seen: SeenIDs(countMax: setup.rememberedIDsMax), rules: setup.rules)
    }

    /// Goes on where another folding has ended, whose rows the views hold: with its counts, and with what it knows of
    /// devices more exactly than they.
    func takeOver(_ old: Folding) {
        precondition(position == old.position, "the views hold all that the folding before has folded")
        counts = old.counts
        received = old.received
        state.takeOverWatch(from: old.state)
    }

    // MARK: - One message

    /// Folds the next message of the journal; gives the receipt to send, if there is to be one.
    package func fold(_ message: JournalMessage) -> (topic: String, payload: [UInt8])? {
        position = message.position
        received = message.received
        isDirty = true
        let known = knownTopic(message.topic)
        switch known.reading {
        case .ignored where Topic.isOwn(message.topic): return nil
        // Ignored, but not of our own root: of a tree that was configured when it came and no longer is. It is not
        // forgotten, but waits in quarantine.
        case .bad, .ignored:
            quarantine(message, index: 0, municipality: nil, id: nil, reason: .badTopic, excerpt: message.payload)
            return nil
        case .topic(let topic): return fold(message, topic, known)
        }
    }

    private func knownTopic(_ text: String) -> KnownTopic {
        if let known = topics[text] { return known }
        var known = KnownTopic(reading: setup.foreign.read(text))
        if case .topic(let topic) = known.reading {
            let configured = setup.receipts["\(topic.municipality)/\(topic.source)"]
            known.setting = configured ?? (topic.channel == .alarm ? .all : .rejections)
            known.source = state.source(topic.source, in: topic.municipality)
        }
        if topics.count >= Folding.topicsMax { topics = [:] }
        topics[text] = known
        return known
    }

    private func fold(_ message: JournalMessage, _ topic: Topic, _ known: KnownTopic) -> (topic: String, payload: [UInt8])? {
        let isHistory = topic.channel == .history || topic.channel == .importing
        let context = state.begin(
            position: message.position,
            received: message.received,
            source: known.source ?? state.source(topic.source, in: topic.municipality),
            isHistory: isHistory
        )
        let responseTopic = message.responseTopic.flatMap { topic.allowsResponse(on: $0) ? $0 : nil }
        let answersAll = known.setting == .all || (known.setting == .rejections && responseTopic != nil)
        var receipt = ReceiptBuilder(answersAll: answersAll)
        if let reason = events(of: message, topic, context, &receipt) {
            state.reject(sequence: nil, in: context)
            counts.rejected += 1
            receipt.reject(index: 0, id: nil, reason: reason)
            quarantine(
                message,
                index: 0,
                municipality: topic.municipality,
                id: nil,
                reason: reason,
                excerpt: message.payload
            )
        }
        guard answersAll || (known.setting == .rejections && !receipt.rejected.isEmpty) else { return nil }
        return (
            responseTopic ?? topic.senderRoot + "receipt",
            receipt.json(position: message.position, received: message.received)
        )
    }

    /// Reads and applies the message's events; the reason if it is refused whole.
    private func events(
        of message: JournalMessage,
        _ topic: Topic,
        _ context: State.Message,
        _ receipt: inout ReceiptBuilder
    ) -> Reason? {
        switch message.form {
        case .tooLarge: return .tooLarge
        case .badCompression: return .badCompression
        case .whole: break
        }
        let packing = message.payload.withUnsafeBufferPointer(Unpacking.packing)
        if packing == .none { return events(in: message.payload, of: message, topic, context, &receipt) }
        let unpacked = message.payload.withUnsafeBufferPointer { Unpacking.unpack($0, packing) }
        if let refusal = unpacked.refusal { return refusal }
        return events(in: unpacked.bytes, of: message, topic, context, &receipt)
    }

    private func events(
        in bytes: [UInt8],
        of message: JournalMessage,
        _ topic: Topic,
        _ context: State.Message,
        _ receipt: inout ReceiptBuilder
    ) -> Reason? {
        if case .native(let codec) = topic.channel { return nativeEvents(bytes, codec, message, topic, context, &receipt) }
        return bytes.withUnsafeBufferPointer {
            canonicalEvents($0, personal: message.personal, original: nil, message, topic, context, &receipt)
        }
    }

    /// Reads a device's own format, writes its events as canonical JSON, and reads that like any other: one set of rules.
    private func nativeEvents(
        _ bytes: [UInt8],
        _ codec: String?,
        _ message: JournalMessage,
        _ topic: Topic,
        _ context: State.Message,
        _ receipt: inout ReceiptBuilder
    ) -> Reason? {
        guard let codec = codec.flatMap(CodecName.init(rawValue:)) else { return .unknownCodec }
        guard message.personal.isEmpty else { return .personalData }
        let nativeMessage = NativeMessage(
            payload: bytes,
            topic: nativeTopic(message.topic, codec),
            municipality: topic.municipality,
            source: topic.source,
            received: message.received
        )
        var reading: NativeReading
        do throws(CodecRefusal) {
            reading = try native.read(nativeMessage, codec: codec, memory: &memory) { device in
                setup.registered.profile(of: device, municipality: topic.municipality, at: message.received)
            }
        } catch {
            return .codec(error.detail)
        }
        state.count(oddities: reading.oddities, in: context)
        if let first = reading.events.first(where: \.isOfMessage), state.knows(id: first.id, in: context) {
            // A copy: what it says now, against what is remembered now, it did not say when it came first.
            reading.events.removeAll { $0.isOfMessage && !state.knows(id: $0.id, in: context) }
        }
        if reading.events.isEmpty { return nil }
        var json = JSONText()
        json.array(reading.events) { json, event in json.object { event.write(source: codec.rawValue, into: &$0) } }
        // A number that the format's own writing had hidden from the gate's mask.
        let hidden = json.bytes.withUnsafeBufferPointer(PersonalData.mayOccur) ? PersonalData.maskJSON(json.bytes) : nil
        return (hidden?.masked ?? json.bytes).withUnsafeBufferPointer {
            canonicalEvents($0, personal: hidden?.events ?? [], original: bytes, message, topic, context, &receipt)
        }
    }

    private func nativeTopic(_ topic: String, _ codec: CodecName) -> String {
        if Topic.isOwn(topic) { return Topic.nativeRest(topic) }
        return codec == .zigbee2mqtt ? setup.foreign.belowBase(topic) : topic
    }

    /// - Parameters:
    ///   - personal: indexes of events with personal data.
    ///   - original: what a refused event is shown by; nil for the event itself.
    private func canonicalEvents(
        _ bytes: UnsafeBufferPointer<UInt8>,
        personal: [Int],
        original: [UInt8]?,
        _ message: JournalMessage,
        _ topic: Topic,
        _ context: State.Message,
        _ receipt: inout ReceiptBuilder
    ) -> Reason? {
        if case .failure(let refusal) = decoder.open(bytes) { return refusal.reason }
        if personal.isEmpty, decoder.refused.isEmpty {
            let accepted = state.apply(decoder.events, in: context)
            counts.accepted += Int64(accepted)
            counts.duplicates += Int64(decoder.events.count - accepted)
            receipt.count(decoder.events, accepted: accepted)
            return nil
        }
        var index = 0
        while let decoded = decoder.next(personal: personal) {
            switch decoded {
            case .event(let event):
                let isNew = state.apply(event, index: index, in: context) == .accepted
                if isNew { counts.accepted += 1 } else { counts.duplicates += 1 }
                receipt.count(isNew, id: event.id)
            case .rejected(let reason, let id, let sequence):
                state.reject(sequence: sequence, in: context)
                counts.rejected += 1
                let id = id?.string
                receipt.reject(index: index, id: id, reason: reason)
                quarantine(
                    message,
                    index: index,
                    municipality: topic.municipality,
                    id: id,
                    reason: reason,
                    excerpt: original ?? decoder.excerpt()
                )
            }
            index += 1
        }
        return nil
    }

    private func quarantine(
        _ message: JournalMessage,
        index: Int,
        municipality: String?,
        id: String?,
        reason: Reason,
        excerpt: [UInt8]
    ) {
        let text = String(decoding: excerpt.prefix(CanonicalDecoder.excerptBytesMax), as: UTF8.self)
        quarantine.append(
            QuarantineRow(
                position: message.position,
                index: index,
                received: message.received,
                municipality: municipality,
                topic: message.topic,
                id: id,
                reason: reason.word,
                excerpt: text.replacing("\0", with: "\u{FFFD}")
            )
        )
    }

    // MARK: - Rows

    /// What has changed since the last call, for one transaction of the views; nil where nothing has.
    package func takeCommit(outbox: [OutboxEntry]) -> ViewsCommit? {
        guard isDirty else { return nil }
        isDirty = false
        let changes = state.takeChanges()
        boards = changes.boards
        let commit = ViewsCommit(
            position: position,
            received: received,
            changes: changes,
            quarantine: quarantine,
            outbox: outbox,
            replacesFigures: replacesFigures,
            planFingerprint: fingerprint,
            deviceMemory: memory.takeRows()
        )
        quarantine = []
        replacesFigures = false
        return commit
    }
}
