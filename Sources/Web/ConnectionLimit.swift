import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Bounds how many connections are open at once. Where there are as many as may be, the one that has waited longest for its client to
/// say something is closed for the new one, so that who holds connections open without asking keeps nobody else out. Only where all
/// are being answered a new one is told so, and closed.
final class ConnectionLimit: Sendable {
    /// Well below the 1,024 files that a process may have open where nobody has raised it. Streams are at most 200 of them.
    static let connectionsMax = 600
    /// Connections that are told so at once; further ones are closed without a word.
    private static let refusedMax = 100

    private struct Open {
        var channel: any Channel
        /// When it began to wait for its client, counted up; nil while it is being answered.
        var waitsSince: UInt64?
        var isRefused: Bool
    }

    private struct Connections {
        var open: [ObjectIdentifier: Open] = [:]
        var refused = 0
        var count: UInt64 = 0
    }

    private let connections = Mutex(Connections())

    /// A new connection; false where there is no place for it and it is to be told so.
    fileprivate func enter(_ channel: any Channel) -> Bool {
        let (isTaken, isFull, evicted) = connections.withLock { state -> (Bool, Bool, (any Channel)?) in
            state.count += 1
            var evicted: (any Channel)?
            if state.open.count - state.refused >= ConnectionLimit.connectionsMax {
                let waiting = state.open.filter { !$0.value.isRefused && $0.value.waitsSince != nil }
                guard let oldest = waiting.min(by: { ($0.value.waitsSince ?? 0) < ($1.value.waitsSince ?? 0) }) else {
                    guard state.refused < ConnectionLimit.refusedMax else { return (false, true, nil) }
                    state.refused += 1
                    state.open[ObjectIdentifier(channel)] = Open(channel: channel, waitsSince: state.count, isRefused: true)
                    return (false, false, nil)
                }
                evicted = oldest.value.channel
                state.open[oldest.key] = nil
            }
            state.open[ObjectIdentifier(channel)] = Open(channel: channel, waitsSince: state.count, isRefused: false)
            return (true, false, evicted)
        }
        evicted?.close(promise: nil)
        if isFull { channel.close(promise: nil) }
        return isTaken
    }

    fileprivate func leave(_ channel: any Channel) {
        connections.withLock { state in
            if state.open.removeValue(forKey: ObjectIdentifier(channel))?.isRefused == true { state.refused -= 1 }
        }
    }

    /// - Parameter isWaiting: for its client, whose request is not whole yet; else it is being answered.
    fileprivate func set(_ channel: any Channel, isWaiting: Bool) {
        connections.withLock { state in
            state.count += 1
            state.open[ObjectIdentifier(channel)]?.waitsSince = isWaiting ? state.count : nil
        }
    }

    /// What looks on at one connection.
    final class Handler: ChannelDuplexHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart
        typealias InboundOut = HTTPRequestPart
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = HTTPResponsePart

        private let limit: ConnectionLimit
        private var isTaken = true

        init(_ limit: ConnectionLimit) { self.limit = limit }

        func handlerAdded(context: ChannelHandlerContext) { isTaken = limit.enter(context.channel) }

        func channelInactive(context: ChannelHandlerContext) {
            limit.leave(context.channel)
            context.fireChannelInactive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard isTaken else {
                if case .head = unwrapInboundIn(data) { refuse(context) }
                return
            }
            if case .end = unwrapInboundIn(data) { limit.set(context.channel, isWaiting: false) }
            context.fireChannelRead(data)
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if case .end = unwrapOutboundIn(data) { limit.set(context.channel, isWaiting: true) }
            context.write(data, promise: promise)
        }

        private func refuse(_ context: ChannelHandlerContext) {
            let text = "Too many connections are being answered: ask again in a moment.\n"
            let fields: HTTPFields = [
                .contentType: "text/plain; charset=utf-8", .contentLength: "\(text.utf8.count)", .retryAfter: "5", .connection: "close",
                .cacheControl: "no-store",
            ]
            context.write(wrapOutboundOut(.head(HTTPResponse(status: .serviceUnavailable, headerFields: fields))), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(string: text))), promise: nil)
            let done = context.eventLoop.makePromise(of: Void.self)
            done.futureResult.whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
        }
    }
}
