import Control

/// What an industrial I/O device captures by itself: a trigger paces it, the kernel keeps the records.
///
/// All channels of one device, since they come together. A reading is the newest record, and as old
/// as its own timestamp, whenever this looks at it; on a device without timestamps it is as old as the
/// look before, after which it was captured.
package final class IIOBuffer<Calls: FileCalls>: BoardUnit {
    /// An open device.
    private struct Capture {
        var directory: String
        var node: String
        var descriptor: Int32
        var factors: [IIOFactors] = []
        /// Of the inputs in their order, then of the timestamp, if there is one.
        var elements: [(index: Int, element: IIOElement)] = []
        var record = IIORecord([])
        var hasTimestamps = false
        /// When there was last nothing more in the buffer.
        var emptiedNanoseconds: UInt64
    }

    /// The word for a device that paces its captures itself.
    package static var ownTrigger: String { "own" }

    /// Records that the kernel keeps: at 100 ms between two looks enough for 10 kHz.
    static var length: Int { 1_024 }
    private static var timestamp: String { "in_timestamp" }
    /// A timestamp may be so much younger than the look at it, since clocks are read one after the other.
    private static var futureNanoseconds: UInt64 { 1_000_000_000 }

    package let name: String
    package var hasOutputs: Bool { false }

    private let device: String
    private let trigger: String
    private let inputs: [IIOInput]
    private let cycleNanoseconds: UInt64
    private let calls: Calls
    private var capture: Capture?

    /// - Parameters:
    ///   - name: what messages call it.
    ///   - device: its directory, or its name.
    ///   - trigger: the name of the trigger, or `ownTrigger`.
    ///   - cycleNanoseconds: between two looks.
    package init(
        name: String, device: String, trigger: String, inputs: [IIOInput],
        cycleNanoseconds: UInt64, calls: Calls
    ) {
        self.name = name
        self.device = device
        self.trigger = trigger
        self.inputs = inputs
        self.cycleNanoseconds = cycleNanoseconds
        self.calls = calls
    }

    // MARK: Set-up

    /// The node first: who else captures from the device has it, and is not disturbed.
    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        let directory = try SysfsText.directory(
            device, in: IIOChannel.directory, named: "name", calls)
        let node = "/dev/" + (directory.split(separator: "/").last ?? "")
        let descriptor: Int32
        do throws(CallFault) {
            descriptor = try calls.openStream(node)
        } catch {
            throw BoardFault(node, error)
        }
        var opened = Capture(
            directory: directory, node: node, descriptor: descriptor, emptiedNanoseconds: now)
        capture = opened
        try setUp(&opened)
        capture = opened
    }

    private func setUp(_ capture: inout Capture) throws(BoardFault) {
        let directory = capture.directory
        let files = try SysfsText.list(directory, calls)
        let scanned = try SysfsText.list("\(directory)/scan_elements", calls)
        for input in inputs {
            capture.factors.append(
                try IIOFactors(of: input.channel, files, in: directory, calls))
            capture.elements.append(try element("in_\(input.channel)", scanned, directory))
        }
        // Its clock is another one unless it is told.
        capture.hasTimestamps =
            scanned.contains("\(Self.timestamp)_en") && files.contains("current_timestamp_clock")
        if capture.hasTimestamps {
            capture.elements.append(try element(Self.timestamp, scanned, directory))
        }
        capture.record = IIORecord(capture.elements)

        // Nothing can be set while it runs, as it may since a crash.
        try write("buffer/enable", "0")
        var wanted = Set(inputs.map { "in_\($0.channel)_en" })
        if capture.hasTimestamps {
            wanted.insert("\(Self.timestamp)_en")
            try write("current_timestamp_clock", "monotonic")
        }
        for file in scanned where file.hasSuffix("_en") {
            try write("scan_elements/\(file)", wanted.contains(file) ? "1" : "0")
        }
        if trigger != Self.ownTrigger { try write("trigger/current_trigger", trigger) }
        try write("buffer/length", "\(Self.length)")
        try write("buffer/enable", "1")
    }

    private func element(
        _ name: String, _ scanned: [String], _ directory: String
    ) throws(BoardFault) -> (index: Int, element: IIOElement) {
        let path = "\(directory)/scan_elements/\(name)"
        guard scanned.contains("\(name)_en") else { throw .notFound("\(path)_en") }
        guard let index = Int(try SysfsText.require("\(path)_index", calls)) else {
            throw .malformed("\(path)_index")
        }
        guard let element = IIOElement(try SysfsText.require("\(path)_type", calls)) else {
            throw .malformed("\(path)_type")
        }
        return (index, element)
    }

    private func write(_ file: String, _ text: String) throws(BoardFault) {
        guard let capture else { return }
        try SysfsText.write("\(capture.directory)/\(file)", text, calls)
    }

    // MARK: Looks

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        guard var capture else { throw .notFound(device) }
        let size = capture.record.byteCount
        let bytes: [UInt8]
        do throws(CallFault) {
            bytes = try calls.readStream(capture.descriptor, limit: Self.length * size)
        } catch {
            throw BoardFault(capture.node, error)
        }
        // The kernel gives whole records.
        guard bytes.count.isMultiple(of: size) else { throw .malformed(capture.node) }
        if !bytes.isEmpty {
            try publish(
                bytes.suffix(size), capture, isFull: bytes.count == Self.length * size, now)
        }
        capture.emptiedNanoseconds = now
        self.capture = capture
        return now + cycleNanoseconds
    }

    private func publish(
        _ bytes: ArraySlice<UInt8>, _ capture: Capture, isFull: Bool, _ now: UInt64
    ) throws(BoardFault) {
        func number(_ place: Int) -> Int64 {
            let begin = bytes.startIndex + capture.record.offsets[place]
            let element = capture.elements[place].element
            return element.number(bytes[begin..<begin + element.byteCount])
        }
        var time = capture.emptiedNanoseconds
        if capture.hasTimestamps {
            let stamped = number(inputs.count)
            guard stamped > 0, UInt64(stamped) <= now + Self.futureNanoseconds else {
                throw .foreignClock(capture.node)
            }
            time = min(UInt64(stamped), now)
        } else if isFull {
            // A full buffer takes no more: nobody knows how old its last record is.
            for input in inputs { input.sensor.publish(.malformed) }
            return
        }
        for (place, input) in inputs.enumerated() {
            input.sensor.publish(
                capture.factors[place].value(Double(number(place))), timeNanoseconds: time)
        }
    }

    package func lose() {
        for input in inputs { input.sensor.publish(.disconnected) }
        _ = close()
    }

    /// Nothing is driven; the capture ends as far as the device lets it.
    package func close() -> Bool {
        guard let capture else { return true }
        try? write("buffer/enable", "0")
        calls.release(capture.descriptor)
        self.capture = nil
        return true
    }
}
