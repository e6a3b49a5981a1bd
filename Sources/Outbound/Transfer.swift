import CCurl
import Foundation

/// Why something did not get out. Never holds what was sent, nor a password.
package struct OutboundError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// Nobody answers at the address, or the line broke.
        case unreachable
        /// Not in the time there is.
        case tooSlow
        /// Certificate or encryption.
        case encryption
        /// The other side does not take name and password.
        case login
        /// The other side says no; `status` says how.
        case refused
        case tooLarge
        /// The address or what is to be sent cannot be.
        case wrongUse
    }

    package var kind: Kind
    /// The last status of the other side's protocol; 0 where none came.
    package var status: Int
    package var description: String

    package init(_ kind: Kind, status: Int = 0, _ description: String) {
        (self.kind, self.status, self.description) = (kind, status, description)
    }
}

/// How long something on the way out may take.
package struct OutboundLimits: Sendable {
    package var connectSeconds = 20
    package var totalSeconds = 180

    package init(connectSeconds: Int = 20, totalSeconds: Int = 180) {
        (self.connectSeconds, self.totalSeconds) = (connectSeconds, totalSeconds)
    }
}

/// One use of libcurl, on the thread that makes it. A setting that is not taken ends it, for a transfer without its
/// encryption or its limits is another one.
struct Transfer: ~Copyable {
    private let handle: UnsafeMutableRawPointer
    private let message: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var problem: OutboundError?

    /// `curl_global_init`, once for the process; 3 is CURL_GLOBAL_ALL, a macro that Swift does not read.
    private static let isReady = curl_global_init(3) == CURLE_OK
    private static let messageBytes = Int(CURL_ERROR_SIZE)

    init(url: String, limits: OutboundLimits, caFile: String?) throws(OutboundError) {
        guard Transfer.isReady, let handle = curl_easy_init() else { throw OutboundError(.wrongUse, "libcurl does not start") }
        self.handle = handle
        message = .allocate(capacity: Transfer.messageBytes)
        message.initialize(repeating: 0, count: Transfer.messageBytes)
        set(CURLOPT_ERRORBUFFER, pointer: message)
        set(CURLOPT_URL, url)
        // Without signals, for there are other threads.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT, limits.connectSeconds)
        set(CURLOPT_TIMEOUT, limits.totalSeconds)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let caFile { set(CURLOPT_CAINFO, caFile) }
        // What is on this machine is not asked for through a proxy.
        set(CURLOPT_NOPROXY, "localhost,127.0.0.1,::1")
    }

    deinit {
        for list in lists { curl_slist_free_all(list) }
        curl_easy_cleanup(handle)
        message.deallocate()
    }

    mutating func set(_ option: CURLoption, _ value: String) { keep(curl_set_text(handle, option, value)) }
    mutating func set(_ option: CURLoption, _ value: Int) { keep(curl_set_number(handle, option, value)) }
    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) { keep(curl_set_pointer(handle, option, pointer)) }
    mutating func set(_ option: CURLoption, _ function: @escaping curl_data_function) { keep(curl_set_function(handle, option, function)) }

    mutating func set(_ option: CURLoption, list texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts { list = curl_slist_append(list, text) }
        guard let list else { return }
        lists.append(list)
        keep(curl_set_pointer(handle, option, list))
    }

    private mutating func keep(_ code: CURLcode) {
        if code != CURLE_OK, problem == nil { problem = OutboundError(.wrongUse, "libcurl: \(String(cString: curl_easy_strerror(code)))") }
    }

    /// Runs to its end and gives the last status of the protocol.
    func run() throws(OutboundError) -> Int {
        if let problem { throw problem }
        let code = curl_easy_perform(handle)
        var status = 0
        _ = curl_response_code(handle, &status)
        guard code != CURLE_OK else { return status }
        let said = String(cString: message)
        let text = said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
        throw OutboundError(Transfer.kind(code), status: status, text)
    }

    private static func kind(_ code: CURLcode) -> OutboundError.Kind {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .tooSlow
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM: .encryption
        case CURLE_LOGIN_DENIED: .login
        case CURLE_WRITE_ERROR, CURLE_FILESIZE_EXCEEDED: .tooLarge
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT: .wrongUse
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_GOT_NOTHING: .unreachable
        default: .refused
        }
    }
}

/// Bytes that C reads from or writes to while a transfer runs.
final class TransferBytes {
    var bytes: [UInt8]
    var position = 0
    let countMax: Int

    init(_ bytes: [UInt8] = [], countMax: Int = .max) { (self.bytes, self.countMax) = (bytes, countMax) }

    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// Takes what came; less than everything tells libcurl to stop.
    static let take: curl_data_function = { data, size, count, context in
        guard let data, let context else { return 0 }
        let into = Unmanaged<TransferBytes>.fromOpaque(context).takeUnretainedValue()
        let added = size * count
        guard into.bytes.count + added <= into.countMax else { return 0 }
        into.bytes += UnsafeRawBufferPointer(start: data, count: added)
        return added
    }

    static let give: curl_data_function = { buffer, size, count, context in
        guard let buffer, let context else { return 0 }
        let from = Unmanaged<TransferBytes>.fromOpaque(context).takeUnretainedValue()
        let given = min(size * count, from.bytes.count - from.position)
        from.bytes.withUnsafeBytes { UnsafeMutableRawPointer(buffer).copyMemory(from: $0.baseAddress! + from.position, byteCount: given) }
        from.position += given
        return given
    }
}
