import CGPIOD
import CRealtime
import Glibc

/// libgpiod's calls, on the chips of a directory, which is `/dev` but in tests.
package struct SystemGPIOCalls: GPIOCalls {
    /// As the kernel shows them to every user of a line.
    private static let consumer = "flyball"
    /// The longest name of the kernel has 31 bytes.
    private static let nameCapacity = 64
    /// As many as two lines have with API 1, and more; the kernel keeps what is left for the next call.
    private static let edgeCapacity = 256

    private let directory: String

    package init(directory: String = "/dev") { self.directory = directory }

    package func chips() throws(CallFault) -> [String] {
        try SystemFileCalls().list(directory).filter { $0.hasPrefix("gpiochip") }
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }

    package func chip(_ name: String) throws(CallFault) -> GPIOChip {
        var lines: UInt32 = 0
        let (ownName, label) = try unsafe names { own, label, capacity in
            unsafe flyball_gpio_chip("\(directory)/\(name)", own, label, capacity, &lines)
        }
        return GPIOChip(name: ownName, label: label, lineCount: lines)
    }

    package func line(_ chip: String, offset: UInt32) throws(CallFault) -> GPIOLine {
        var state: UInt32 = 0
        let (name, consumer) = try unsafe names { name, consumer, capacity in
            unsafe flyball_gpio_line(
                "\(directory)/\(chip)", offset, name, consumer, capacity, &state)
        }
        return GPIOLine(
            name: name, consumer: consumer, isUsed: state & FLYBALL_GPIO_USED != 0,
            isOutput: state & FLYBALL_GPIO_IS_OUTPUT != 0)
    }

    package func request(
        _ chip: String, offsets: [UInt32], _ options: GPIOOptions, values: UInt64
    ) throws(CallFault) -> Int32 {
        flyball_rt_last_words_also(flyball_gpio_say)
        var request: Int32 = -1
        try check(
            unsafe flyball_gpio_request(
                "\(directory)/\(chip)", offsets, UInt32(offsets.count), options.flags, values,
                Self.consumer, &request))
        return request
    }

    package func get(_ request: Int32) throws(CallFault) -> UInt64 {
        var values: UInt64 = 0
        try check(unsafe flyball_gpio_get(request, &values))
        return values
    }

    package func set(_ request: Int32, values: UInt64) throws(CallFault) {
        try check(flyball_gpio_set(request, values))
    }

    package func readEdges(
        _ request: Int32, into edges: inout [GPIOEdge]
    ) throws(CallFault) -> Bool {
        edges.removeAll(keepingCapacity: true)
        var isOverflow = false
        var count: UInt32 = 0
        let empty = flyball_gpio_edge(time_ns: 0, line: 0, is_rising: 0)
        var kept = [flyball_gpio_edge](repeating: empty, count: Self.edgeCapacity)
        try check(
            unsafe flyball_gpio_edges(
                request, &kept, UInt32(Self.edgeCapacity), &count, &isOverflow))
        for edge in kept.prefix(Int(count)) {
            edges.append(
                GPIOEdge(
                    timeNanoseconds: edge.time_ns, line: Int(edge.line),
                    isRising: edge.is_rising != 0))
        }
        return isOverflow
    }

    package func release(_ request: Int32) { flyball_gpio_release(request) }

    package func arm(_ request: Int32, values: UInt64) { flyball_gpio_arm(request, values) }

    private func names(
        _ body: (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, UInt32) -> Int32
    ) throws(CallFault) -> (String, String) {
        var first = [CChar](repeating: 0, count: Self.nameCapacity)
        var second = first
        let status = unsafe first.withUnsafeMutableBufferPointer { first in
            unsafe second.withUnsafeMutableBufferPointer { second in
                unsafe body(first.baseAddress, second.baseAddress, UInt32(Self.nameCapacity))
            }
        }
        try check(status)
        return (Self.text(first), Self.text(second))
    }

    private static func text(_ characters: [CChar]) -> String {
        String(
            decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func check(_ status: Int32) throws(CallFault) {
        guard status == 0 else { throw CallFault(errno: -status) }
    }
}

extension GPIOOptions {
    fileprivate var flags: UInt32 {
        var flags: UInt32 = isActiveLow ? FLYBALL_GPIO_ACTIVE_LOW : 0
        switch direction {
        case .input: break
        case .output: flags |= FLYBALL_GPIO_OUTPUT
        case .rising: flags |= FLYBALL_GPIO_RISING
        case .edges: flags |= FLYBALL_GPIO_RISING | FLYBALL_GPIO_FALLING
        }
        switch bias {
        case .asIs: break
        case .disabled: flags |= FLYBALL_GPIO_BIAS_DISABLED
        case .pullUp: flags |= FLYBALL_GPIO_PULL_UP
        case .pullDown: flags |= FLYBALL_GPIO_PULL_DOWN
        }
        switch drive {
        case .pushPull: break
        case .openDrain: flags |= FLYBALL_GPIO_OPEN_DRAIN
        case .openSource: flags |= FLYBALL_GPIO_OPEN_SOURCE
        }
        return flags
    }
}
