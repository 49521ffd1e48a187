import Control

/// A line, or the two of an encoder, whose edges are counted.
package final class GPIOCounter<Calls: GPIOCalls>: BoardUnit {
    /// The kernel keeps 16 edges of a line with API 1: fetched so often, 8000 in a second fit.
    package static var cycleNanoseconds: UInt64 { 2_000_000 }

    /// With API 1 each line has a buffer of its own, and the kernel fills it from a thread: an edge may
    /// come after a later one of the other line, but not so long after.
    package static var settleNanoseconds: UInt64 { 2_000_000 }
    /// More edges than these cannot be young, but of another clock.
    private static var youngLimit: Int { 4_096 }

    package let channel: InputChannel
    package var name: String { channel.name }
    package var hasOutputs: Bool { false }

    private let measure: EdgeMeasure
    private let addresses: [GPIOAddress]
    private let options: GPIOOptions
    private let blankNanoseconds: UInt64
    private let idleNanoseconds: UInt64
    private let windowNanoseconds: UInt64
    private let calls: Calls

    private var request: Int32?
    private var fetched: [GPIOEdge] = []
    /// Edges that are too young to be in order for certain.
    private var young: [GPIOEdge] = []
    private var publishNanoseconds: UInt64 = 0
    private var rate: PulseRate
    private var lastEdge: UInt64?
    private var count: Int64 = 0
    private var encoder = Quadrature(a: false, b: false)
    private var hasOverflown = false

    /// - Parameters:
    ///   - addresses: one line, or A and B of an encoder, which are on one chip.
    ///   - blankNanoseconds: an edge that follows another one sooner is a bounce.
    ///   - idleNanoseconds: no edge for so long is standstill.
    ///   - windowNanoseconds: from one value to the next.
    package init(
        _ channel: InputChannel, _ measure: EdgeMeasure, at addresses: [GPIOAddress],
        _ options: GPIOOptions, blankNanoseconds: UInt64, idleNanoseconds: UInt64,
        windowNanoseconds: UInt64, calls: Calls
    ) {
        precondition(addresses.count == (measure == .quadrature ? 2 : 1))
        self.channel = channel
        self.measure = measure
        self.addresses = addresses
        self.options = options
        self.blankNanoseconds = blankNanoseconds
        self.idleNanoseconds = idleNanoseconds
        self.windowNanoseconds = windowNanoseconds
        self.calls = calls
        rate = PulseRate(
            idleNanoseconds: idleNanoseconds, blankNanoseconds: blankNanoseconds,
            nowNanoseconds: 0)
    }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        var chip: String?
        var offsets: [UInt32] = []
        for address in addresses {
            let found = try address.resolve(calls)
            guard chip == nil || chip == found.chip else { throw .notOneChip(name) }
            chip = found.chip
            offsets.append(found.offset)
        }
        do throws(CallFault) {
            let request = try calls.request(
                chip ?? "", offsets: offsets, options, values: 0)
            self.request = request
            if measure == .quadrature {
                let levels = try calls.get(request)
                encoder = Quadrature(a: levels & 1 != 0, b: levels & 2 != 0)
            }
        } catch {
            throw BoardFault(addresses.map(\.text).joined(separator: ", "), error)
        }
        rate = PulseRate(
            idleNanoseconds: idleNanoseconds, blankNanoseconds: blankNanoseconds,
            nowNanoseconds: now)
        publishNanoseconds = now + windowNanoseconds
        young = []
        count = 0
        lastEdge = nil
        hasOverflown = false
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        guard let request else { return now + Self.cycleNanoseconds }
        do throws(CallFault) {
            if try calls.readEdges(request, into: &fetched) { overflow(now) }
        } catch {
            throw BoardFault(name, error)
        }
        try takeSettled(now)
        if now >= publishNanoseconds {
            publish(now)
            publishNanoseconds = now + windowNanoseconds
        }
        return min(now + Self.cycleNanoseconds, publishNanoseconds)
    }

    /// A frequency is measured anew, without the edges around the gap; a count or a position is lost
    /// and stays so, since nobody can say how far it is off.
    private func overflow(_ now: UInt64) {
        hasOverflown = true
        fetched.removeAll(keepingCapacity: true)
        young.removeAll(keepingCapacity: true)
        rate.restart(nowNanoseconds: now)
    }

    private func takeSettled(_ now: UInt64) throws(BoardFault) {
        young += fetched
        guard !young.isEmpty else { return }
        young.sort { $0.timeNanoseconds < $1.timeNanoseconds }
        let settled = young.prefix { $0.timeNanoseconds + Self.settleNanoseconds <= now }
        for edge in settled { take(edge) }
        young.removeFirst(settled.count)
        guard young.count <= Self.youngLimit else { throw .foreignClock(name) }
    }

    private func take(_ edge: GPIOEdge) {
        switch measure {
        case .frequency, .period: rate.take(edgeAt: edge.timeNanoseconds)
        case .count:
            if let lastEdge, edge.timeNanoseconds < lastEdge + blankNanoseconds { return }
            lastEdge = edge.timeNanoseconds
            count += 1
        case .quadrature: encoder.take(line: edge.line, isActive: edge.isRising)
        }
    }

    private func publish(_ now: UInt64) {
        let hadOverflown = hasOverflown
        switch measure {
        case .frequency, .period:
            hasOverflown = false
            let hertz = rate.hertz(nowNanoseconds: now)
            guard !hadOverflown else { return channel.publish(.malformed) }
            guard let hertz else { return }
            guard measure == .period else {
                return channel.publish(hertz, timeNanoseconds: now)
            }
            guard hertz > 0 else { return channel.publish(.stale) }
            channel.publish(1 / hertz, timeNanoseconds: now)
        case .count:
            guard !hadOverflown else { return channel.publish(.malformed) }
            channel.publish(Double(count), timeNanoseconds: now)
        case .quadrature:
            guard !hadOverflown, encoder.faults == 0 else { return channel.publish(.malformed) }
            channel.publish(Double(encoder.position), timeNanoseconds: now)
        }
    }

    package func lose() {
        channel.publish(.disconnected)
        _ = close()
    }

    package func close() -> Bool {
        if let request { calls.release(request) }
        request = nil
        return true
    }
}
