import CFakeGPIOD
import CGPIOD
import Glibc
import Testing

/// The same tests for both APIs of libgpiod: `scripts/check-gpiod2` runs them with the other one.
///
/// One after the other, since the library in the test's hands is one.
@Suite("libgpiod behind one header", .serialized)
struct ShimTests {
    init() { fake_gpiod_reset() }

    /// The number of the request, or why there is none.
    static func request(
        _ offsets: [UInt32], _ flags: UInt32, values: UInt64 = 0
    ) -> (number: Int32, status: Int32) {
        var number: Int32 = -1
        let status = unsafe flyball_gpio_request(
            "/dev/gpiochip0", offsets, UInt32(offsets.count), flags, values, "flyball", &number)
        return (number, status)
    }

    static var trace: [String] {
        unsafe String(cString: fake_gpiod_trace()).split(separator: "\n").map(String.init)
    }

    @Test("the API is one of the two")
    func api() {
        #expect([1, 2].contains(flyball_gpio_api()))
    }

    // MARK: Looking around

    /// A chip's name, label and lines, or why not.
    static func chip() -> (text: String, status: Int32) {
        var name = [CChar](repeating: 1, count: 64)
        var label = name
        var lines: UInt32 = 0
        let status = unsafe flyball_gpio_chip("/dev/gpiochip0", &name, &label, 64, &lines)
        return (status == 0 ? "\(text(name)) \(text(label)) \(lines)" : "", status)
    }

    static func line(_ offset: UInt32, capacity: UInt32 = 64) -> (text: String, status: Int32) {
        var name = [CChar](repeating: 1, count: 64)
        var consumer = name
        var state: UInt32 = 0
        let status = unsafe flyball_gpio_line(
            "/dev/gpiochip0", offset, &name, &consumer, capacity, &state)
        return (status == 0 ? "\(text(name)),\(text(consumer)),\(state)" : "", status)
    }

    static func text(_ characters: [CChar]) -> String {
        String(
            decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test("a chip has name, label and lines; a line its name, its user and its direction")
    func look() {
        #expect(Self.chip() == ("gpiochip0 fake 8", 0))
        #expect(Self.line(0) == (",,0", 0))
        #expect(Self.line(1) == ("PIN1,,0", 0))
        #expect(Self.line(3) == ("PIN3,someone,3", 0))
        #expect(Self.line(3, capacity: 4) == ("PIN,som,3", 0))
        #expect(Self.line(8).status == -EINVAL)
        #expect(fake_gpiod_leaks() == 0)
    }

    @Test("what cannot be opened or asked is said, and nothing is left open")
    func lookFails() {
        unsafe fake_gpiod_fail("open", EACCES)
        #expect(Self.chip().status == -EACCES)
        unsafe fake_gpiod_fail("open", ENOENT)
        #expect(Self.line(0).status == -ENOENT)
        unsafe fake_gpiod_fail("line", ENODEV)
        #expect(Self.line(0).status == -ENODEV)
        if flyball_gpio_api() == 2 {
            unsafe fake_gpiod_fail("info", ENODEV)
            #expect(Self.chip().status == -ENODEV)
        }
        #expect(fake_gpiod_leaks() == 0)
    }

    // MARK: Outputs and inputs

    @Test("outputs have their values from the request on, and several change in one call")
    func outputs() {
        let (number, status) = Self.request(
            [1, 3, 4],
            FLYBALL_GPIO_OUTPUT | FLYBALL_GPIO_ACTIVE_LOW | FLYBALL_GPIO_OPEN_DRAIN, values: 0b101)
        #expect(status == 0)
        #expect(flyball_gpio_set(number, 0b010) == 0)
        flyball_gpio_release(number)
        #expect(
            Self.trace == [
                "open /dev/gpiochip0",
                "request 1,3,4 output active-low open-drain by flyball = 5", "set 2", "release",
            ])
        #expect(fake_gpiod_leaks() == 0)
    }

    @Test("inputs are read in one call")
    func inputs() {
        let (number, _) = Self.request([7, 0], 0)
        fake_gpiod_inputs(0b10)
        var values: UInt64 = 0
        #expect(unsafe flyball_gpio_get(number, &values) == 0)
        #expect(values == 0b10)
        flyball_gpio_release(number)
        #expect(
            Self.trace == [
                "open /dev/gpiochip0", "request 7,0 input by flyball = 0", "get", "release",
            ])
    }

    @Test(
        "every option reaches the library",
        arguments: [
            (FLYBALL_GPIO_BIAS_DISABLED, " input no-bias"),
            (FLYBALL_GPIO_PULL_UP, " input pull-up"),
            (FLYBALL_GPIO_PULL_DOWN, " input pull-down"), (FLYBALL_GPIO_RISING, " rising"),
            (FLYBALL_GPIO_FALLING, " falling"),
            (FLYBALL_GPIO_RISING | FLYBALL_GPIO_FALLING, " rising falling"),
            (FLYBALL_GPIO_OUTPUT | FLYBALL_GPIO_OPEN_SOURCE, " output open-source"),
            (FLYBALL_GPIO_OUTPUT | FLYBALL_GPIO_PULL_UP, " output pull-up"),
        ] as [(UInt32, String)])
    func options(flags: UInt32, words: String) {
        let (number, _) = Self.request([2], flags)
        #expect(Self.trace.last == "request 2\(words) by flyball = 0")
        flyball_gpio_release(number)
    }

    @Test(
        "a request that fails leaves nothing open and nothing taken",
        arguments: ["open", "request", "memory", "settings"])
    func requestFails(call: String) {
        // API 1 has neither settings nor memory of its own.
        let isThere = flyball_gpio_api() == 2 || call == "open" || call == "request"
        guard isThere else { return }
        for _ in 0..<(2 * FLYBALL_GPIO_REQUESTS) {
            unsafe fake_gpiod_fail(call, EBUSY)
            #expect(Self.request([1], FLYBALL_GPIO_OUTPUT).status == -EBUSY)
        }
        #expect(fake_gpiod_leaks() == 0)
    }

    @Test("a line that the chip has not, no lines, and too many")
    func lines() {
        #expect(Self.request([9], 0).status == -EINVAL)
        #expect(Self.request([], 0).status == -EINVAL)
        #expect(Self.request([UInt32](repeating: 1, count: 65), 0).status == -EINVAL)
        #expect(fake_gpiod_leaks() == 0)
    }

    @Test("as many requests as are allowed, and no more")
    func tooMany() {
        let numbers = (0..<FLYBALL_GPIO_REQUESTS).map { _ in Self.request([1], 0).number }
        #expect(Set(numbers).count == Int(FLYBALL_GPIO_REQUESTS))
        #expect(Self.request([1], 0).status == -ENOSPC)
        for number in numbers { flyball_gpio_release(number) }
        #expect(fake_gpiod_leaks() == 0)
    }

    @Test("calls that fail say why, and a library that gives no reason is broken")
    func fails() {
        let (number, _) = Self.request([1], FLYBALL_GPIO_OUTPUT)
        var values: UInt64 = 7
        unsafe fake_gpiod_fail("set", EPERM)
        #expect(flyball_gpio_set(number, 1) == -EPERM)
        unsafe fake_gpiod_fail("get", 0)
        #expect(unsafe flyball_gpio_get(number, &values) == -EIO)
        #expect(values == 7)
        flyball_gpio_release(number)
    }

    @Test("a number that stands for no request", arguments: [-1, 63, 64, Int32.max])
    func noRequest(number: Int32) {
        var values: UInt64 = 0
        #expect(flyball_gpio_set(number, 1) == -EBADF)
        #expect(unsafe flyball_gpio_get(number, &values) == -EBADF)
        #expect(Self.edges(number).status == -EBADF)
        flyball_gpio_release(number)
        flyball_gpio_arm(number, 1)
        flyball_gpio_say()
        #expect(Self.trace.isEmpty)
    }

    // MARK: Edges

    struct Edges: Equatable {
        var status: Int32
        var isOverflow = false
        var edges: [String] = []
    }

    static func edges(_ number: Int32, capacity: UInt32 = 256) -> Edges {
        let empty = flyball_gpio_edge(time_ns: 0, line: 0, is_rising: 0)
        var kept = [flyball_gpio_edge](repeating: empty, count: 256)
        var count: UInt32 = 0
        var isOverflow = false
        let status = unsafe flyball_gpio_edges(number, &kept, capacity, &count, &isOverflow)
        guard status == 0 else { return Edges(status: status) }
        let texts = kept.prefix(Int(count)).map {
            "\($0.time_ns) \($0.line) \($0.is_rising == 0 ? "falls" : "rises")"
        }
        return Edges(status: 0, isOverflow: isOverflow, edges: texts)
    }

    @Test("edges come with the kernel's times, in their order, by the line's place in the request")
    func edges() {
        let (number, _) = Self.request([5, 2], FLYBALL_GPIO_RISING | FLYBALL_GPIO_FALLING)
        #expect(Self.edges(number) == Edges(status: 0))
        fake_gpiod_edge(0, 5_000_000_001, true, false)
        fake_gpiod_edge(1, 5_000_000_002, true, false)
        fake_gpiod_edge(0, 5_000_000_003, false, false)
        #expect(
            Self.edges(number).edges == [
                "5000000001 0 rises", "5000000002 1 rises", "5000000003 0 falls",
            ])
        #expect(Self.edges(number) == Edges(status: 0))
        #expect(!Self.trace.contains("waits"))
        flyball_gpio_release(number)
    }

    /// More edges than API 1 keeps for a line; with API 2 the fake loses one of them.
    @Test("lost edges are seen")
    func overflow() {
        let (number, _) = Self.request([5], FLYBALL_GPIO_RISING)
        for time in 1...17 as ClosedRange<UInt64> { fake_gpiod_edge(0, time, true, time == 9) }
        let first = Self.edges(number)
        #expect(first.isOverflow)
        #expect(first.edges.count == 16)
        fake_gpiod_edge(0, 18, true, false)
        let second = Self.edges(number)
        #expect(!second.isOverflow)
        #expect(second.edges == ["18 0 rises"])
        flyball_gpio_release(number)
    }

    @Test("a wait or a read that fails says why", arguments: ["wait", "edges"])
    func edgesFail(call: String) {
        let (number, _) = Self.request([5], FLYBALL_GPIO_RISING)
        fake_gpiod_edge(0, 1, true, false)
        unsafe fake_gpiod_fail(call, ENODEV)
        #expect(Self.edges(number) == Edges(status: -ENODEV))
        flyball_gpio_release(number)
    }

    @Test("API 1 needs room for the buffers of all lines")
    func capacity() {
        let (number, _) = Self.request([5, 6], FLYBALL_GPIO_RISING)
        #expect(Self.edges(number, capacity: 32).status == 0)
        if flyball_gpio_api() == 1 { #expect(Self.edges(number, capacity: 31).status == -EINVAL) }
        flyball_gpio_release(number)
    }

    // MARK: Last words

    @Test("armed outputs are set by the last words, and not after their release")
    func lastWords() {
        let (first, _) = Self.request([1, 2], FLYBALL_GPIO_OUTPUT, values: 0b01)
        let (second, _) = Self.request([3], FLYBALL_GPIO_OUTPUT)
        let (unarmed, _) = Self.request([4], FLYBALL_GPIO_OUTPUT)
        flyball_gpio_arm(first, 0b10)
        flyball_gpio_arm(second, 0b1)
        flyball_gpio_say()
        #expect(Self.trace.suffix(2) == ["set 2", "set 1"])
        flyball_gpio_release(first)
        flyball_gpio_say()
        #expect(Self.trace.suffix(2) == ["release", "set 1"])
        flyball_gpio_release(second)
        // Its place, taken again, is not armed.
        let (again, _) = Self.request([1], FLYBALL_GPIO_OUTPUT)
        flyball_gpio_say()
        #expect(Self.trace.last?.hasPrefix("request") == true)
        flyball_gpio_release(again)
        flyball_gpio_release(unarmed)
    }
}
