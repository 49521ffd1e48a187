import Devices
import Glibc
import Testing

@Suite("Names of GPIO lines")
struct GPIOAddressTests {
    @Test(
        "a name, or a chip and an offset",
        arguments: [
            ("GPIO17", .named("GPIO17")), ("gpiochip4:17", .at(chip: "gpiochip4", offset: 17)),
            ("PIN:3", .named("PIN:3")), ("", nil), ("gpiochip0:", nil), ("gpiochip0:-1", nil),
            ("gpiochip0:65536", nil), ("gpiochip/../x:1", nil),
        ] as [(String, GPIOAddress?)])
    func parse(text: String, address: GPIOAddress?) {
        #expect(GPIOAddress(text) == address)
        if let address { #expect(address.text == text) }
    }

    static func open(_ lines: ScriptedLines, _ address: String) throws -> BoardFault? {
        let unit = GPIOOutputsTests.unit(
            lines, try GPIOOutputsTests.line(DrivenOutput(), address))
        return boardFault { () throws(BoardFault) in try unit.open(nowNanoseconds: 1) }
    }

    @Test("a name is looked for on every chip and must be on one")
    func names() throws {
        #expect(try Self.open(.board(), "FAR") == nil)
        #expect(try Self.open(.board(), "NEAR") == .notFound("NEAR"))
        #expect(try Self.open(.board(), "TWICE") == .ambiguous("TWICE"))
    }

    @Test(
        "what cannot be looked at is said",
        arguments: [ScriptedLines.Call.chips, .chip, .line])
    func fails(call: ScriptedLines.Call) throws {
        let lines = ScriptedLines.board()
        lines.fail(call, with: EACCES)
        let fault = try Self.open(lines, "FAR")
        #expect(fault == .call("FAR", errno: EACCES))
        #expect(fault?.isPermission == true)
    }
}
