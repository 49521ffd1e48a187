import ControlSocket
import Testing

@Suite("Requests of the control socket")
struct ControlCodingTests {
    private func reason(_ text: String) -> String? {
        do {
            _ = try ControlCoding.request(Array(text.utf8))
            return nil
        } catch {
            guard case .malformed(let reason) = error else { return "\(error)" }
            return reason
        }
    }

    @Test("a request comes back as it was written, on one line")
    func roundTrip() throws {
        var request = ControlRequest(.experiment, loop: "heater")
        request.experiment = ExperimentRequest(
            kind: "relay", amplitude: -10, settleSeconds: 60, limitSeconds: 900, hysteresis: 0.5,
            cycles: 4, low: 20, high: 80, ratePerSecond: 1)
        let line = try ControlCoding.line(request)
        #expect(!line.contains(10))
        #expect(try ControlCoding.request(line) == request)
        #expect(
            try ControlCoding.request(Array(#"{"request":"set","loop":"a","setpoint":4e1}"#.utf8))
                .setpoint == 40)
    }

    @Test("what is wrong with a request is said in one sentence")
    func wrong() {
        #expect(reason("") != nil && reason("garbage") != nil && reason("[]") != nil)
        #expect(reason("null") != nil && reason("7") != nil && reason("\u{0}") != nil)
        #expect(reason("{}") == "the key \"request\" is missing")
        #expect(reason(#"{"request":"fly"}"#)?.contains("request") == true)
        #expect(reason(#"{"request":"set","setpoint":"hot"}"#)?.hasPrefix("setpoint: ") == true)
        #expect(reason(#"{"request":"set","setpoint":1e999}"#) != nil)
        #expect(reason(#"{"request":"set","number":-1}"#) != nil)
        #expect(
            reason(#"{"request":"set","setpiont":40}"#)?.contains("unknown key \"setpiont\"")
                == true)
        let inner = #"{"request":"experiment","experiment":{"kind":"step","amplitud":1}}"#
        #expect(reason(inner)?.contains("unknown key \"amplitud\"") == true)
    }

    @Test("nesting without end is refused, not recursed into")
    func nested() {
        let text = String(repeating: "[", count: 8_000)
        #expect(reason(text) != nil)
        #expect(reason(#"{"request":"# + String(repeating: #"{"a":"#, count: 1_500)) != nil)
    }
}
