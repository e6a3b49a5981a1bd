import Foundation
import Telemetry

/// A file of messages, one JSON object a line: `time`, `topic`, and `payload` (`payloadBase64` for what is no UTF-8).
///
/// `simulate --format messages`, `simulate --sent` and `record` write it; `simulate FILE` plays it and
/// `verify --sent` judges by it. Of a device's own message `events` or `refused` say what it must become. What was
/// sent has lines with `number`, counted from 0 over the messages, and the `receipt` of that message.
package enum MessageFile {
    package enum Line: Equatable, Sendable {
        case message(SimulatedMessage)
        case receipt(number: Int, AuditValue)
    }

    /// What is wrong with a line.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package var description: String
    }

    package static func line(_ message: SimulatedMessage) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("time", AuditClock.text(message.time))
            json.member("topic", message.topic)
            if let text = String(validating: message.payload, as: UTF8.self) {
                json.member("payload", text)
            } else {
                json.member("payloadBase64", Data(message.payload).base64EncodedString())
            }
            switch message.meaning {
            case .canonical, .unknown: break
            case .events(let events): json.member("events", String(decoding: events, as: UTF8.self))
            case .refused(let reason): json.member("refused", reason)
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// - Parameter receipt: JSON as the service sent it.
    package static func line(receipt: [UInt8], number: Int) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("number", Int64(number))
            json.member("receipt", String(decoding: receipt, as: UTF8.self))
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a line without its end.
    package static func read(_ bytes: [UInt8]) throws(Problem) -> Line {
        guard let json = AuditJSON.read(bytes), json.isObject else { throw Problem(description: "is no JSON object") }
        if let number = json.member("number")?.numberValue.flatMap({ Int(exactly: $0) }) {
            guard let text = json.member("receipt")?.stringBytes, let receipt = AuditValue(json: text) else {
                throw Problem(description: "has a number and no receipt")
            }
            return .receipt(number: number, receipt)
        }
        guard let time = json.member("time")?.stringBytes.flatMap({ AuditClock.milliseconds($0) }) else {
            throw Problem(description: "has no time like 2026-10-05T06:00:00.000Z")
        }
        guard let topic = json.member("topic")?.stringBytes else { throw Problem(description: "has no topic") }
        var payload = json.member("payload")?.stringBytes
        if let text = json.member("payloadBase64")?.stringBytes {
            payload = Data(base64Encoded: String(decoding: text, as: UTF8.self)).map { Array($0) }
        }
        guard let payload else { throw Problem(description: "has no payload and no payloadBase64") }
        let name = String(decoding: topic, as: UTF8.self)
        var meaning: SimulatedMessage.Meaning = name.split(separator: "/").dropFirst(4).first == "native" ? .unknown : .canonical
        if let events = json.member("events")?.stringBytes { meaning = .events(events) }
        if let reason = json.member("refused")?.stringBytes { meaning = .refused(String(decoding: reason, as: UTF8.self)) }
        return .message(SimulatedMessage(time: time, topic: name, payload: payload, meaning: meaning))
    }
}
