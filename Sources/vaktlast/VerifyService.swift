import Foundation
import FoundationNetworking
import Simulator
import Synchronization

/// The API of a running service, asked from outside.
struct VerifyService {
    /// The views may need a while to reach the position asked for: each try waits 5 s.
    private static let tryCountMax = 24

    /// Without a slash at the end.
    let url: String
    let token: String?

    init(url: String, tokenFile: String?) throws {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard URL(string: self.url)?.host != nil, self.url.hasPrefix("http") else {
            throw Failure("--url «\(url)» is no address like http://127.0.0.1:8080")
        }
        token = try tokenFile.map { file in
            let text = try Service.text(of: file).trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty else { throw Failure("\(file) is empty: it holds the token, in one line") }
            return text
        }
    }

    /// An answer of the API; waits for views that are behind.
    func ask(_ path: String, _ query: String) throws -> AuditValue {
        for attempt in 1... {
            let (status, body) = try get("/api/v1/\(path)?\(query.replacing("+", with: "%2B"))")
            if status == 503, attempt < VerifyService.tryCountMax { continue }
            guard status == 200, let value = AuditValue(json: body) else {
                let detail = AuditValue(json: body)?["detail"]?.text ?? String(decoding: body.prefix(300), as: UTF8.self)
                let way = [401, 403].contains(status) ? " Name a token that may read the whole municipality with --token-file." : ""
                throw Failure("\(url)/api/v1/\(path) answers \(status): \(detail)\(way)")
            }
            return value
        }
        return .null
    }

    private func get(_ path: String) throws -> (status: Int, body: [UInt8]) {
        guard let address = URL(string: url + path) else { throw Failure("\(url)\(path) is no address") }
        var request = URLRequest(url: address, timeoutInterval: 120)
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<(Int, [UInt8]), any Error>>(.success((0, [])))
        let place = url
        URLSession.shared.dataTask(with: request) { body, response, error in
            result.withLock { result in
                if let error {
                    result = .failure(Failure("\(place) does not answer: \(error.localizedDescription). Is the service running? Check --url."))
                } else {
                    result = .success(((response as? HTTPURLResponse)?.statusCode ?? 0, Array(body ?? Data())))
                }
            }
            done.signal()
        }.resume()
        done.wait()
        return try result.withLock { try $0.get() }
    }

    // MARK: What it is configured with

    /// Zones and registry of a municipality as the service itself has them.
    func municipality(_ number: String) throws -> AuditedMunicipality? {
        let all = try ask("municipalities", "")
        guard case .array(let rows)? = all["municipalities"], let row = rows.first(where: { $0["number"]?.text == number }) else { return nil }
        var zones: [String] = []
        if case .array(let list)? = row["zones"] { zones = list.compactMap { $0["id"]?.text } }
        var registry: [AuditedMunicipality.Device] = []
        var cursor: String?
        repeat {
            let page = try ask("devices", "municipality=\(number)&registered=yes" + (cursor.map { "&cursor=\($0)" } ?? ""))
            if case .array(let list)? = page["devices"] {
                for row in list {
                    if let device = row["device"]?.text, let zone = row["zone"]?.text { registry.append(.init(device: device, zone: zone)) }
                }
            }
            if case .string(let next)? = page["next"] { cursor = next } else { cursor = nil }
        } while cursor != nil
        return AuditedMunicipality(number: number, zones: zones, registry: registry)
    }

    func journalPosition() throws -> Int64 {
        guard case .number(let position)? = try ask("status", "")["journalPosition"] else {
            throw Failure("\(url)/api/v1/status has no journalPosition: is this a Vaktlast?")
        }
        return Int64(position)
    }

    /// The sources that a municipality has already.
    func sources(municipality: String) throws -> [String] {
        guard case .array(let rows)? = try ask("sources", "municipality=\(municipality)")["sources"] else { return [] }
        return rows.compactMap { $0["source"]?.text }
    }
}
