import Control

/// A sensor of a board that the kernel shows in files.
package final class FileSensor<Source: FileSource, Calls: FileCalls, Clock: BoardClock>: BoardUnit {
    package let channel: InputChannel
    package var name: String { channel.name }
    package var hasOutputs: Bool { false }

    private var source: Source
    private let cycleNanoseconds: UInt64
    private let calls: Calls
    private let clock: Clock

    /// - Parameter cycleNanoseconds: from the end of one reading to the next, however long it takes.
    package init(
        _ channel: InputChannel, _ source: Source, cycleNanoseconds: UInt64, calls: Calls,
        clock: Clock
    ) {
        self.channel = channel
        self.source = source
        self.cycleNanoseconds = cycleNanoseconds
        self.calls = calls
        self.clock = clock
    }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) { try source.open(calls) }

    /// A reading is as old as its begin: what the sensor says, it measured after that.
    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        switch try source.measure(calls) {
        case .value(let value): channel.publish(value, timeNanoseconds: now)
        case .malformed: channel.publish(.malformed)
        case .silent: channel.publish(.disconnected)
        }
        return clock.nowNanoseconds + cycleNanoseconds
    }

    package func lose() { channel.publish(.disconnected) }

    package func close() -> Bool { true }
}
