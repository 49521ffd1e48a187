import Assembly
import Control
import ControlSocket
import FixedPoint
import ModelFile
import Testing

@Suite("What an operator asks of a running loop")
struct OperatorDeskTests {
    /// With a floor in the simulated slew and rate: the plant is the TCLab from 21 C.
    private func operated(_ changes: [(String, String)] = []) throws -> OperatedRun {
        let control = "[control]\nallow_inject = true\n[[device]]"
        let run = try OperatedRun(try Plain.settings([("[[device]]", control)] + changes))
        run.tick(20)
        return run
    }

    @Test("a setpoint is in force in the tick that the answer names, and replays")
    func setpoint() throws {
        let run = try operated()
        let answer = try run.ask(#"{"request":"set","loop":"heater","setpoint":35.5}"#)
        #expect(answer.ok && answer.tick == 20)
        #expect(run.ticks[19].target.doubleValue == 50 && run.ticks[20].target.doubleValue == 35.5)
        run.tick(10)
        #expect(run.ticks.last?.target.doubleValue == 35.5)
        #expect(try run.ask(#"{"request":"set","loop":"heater"}"#).ok)
        #expect(run.ticks.last?.target.doubleValue == 50)
        #expect(try run.replay() == nil)
    }

    @Test("a setpoint beyond sensor or limits is refused with the reason, and nothing changes")
    func refusedSetpoint() throws {
        let run = try operated()
        for (value, reason) in [
            ("81", "range of the sensor"), ("-20.5", "range of the sensor"), ("70", "limits"),
            ("-10", "limits"), ("1e300", "range of the sensor"),
        ] {
            let text = #"{"request":"set","loop":"heater","setpoint":\#(value)}"#
            #expect(try run.refusal(text)?.contains(reason) == true)
        }
        let kelvin = #"{"request":"set","loop":"heater","setpoint":40,"unit":"K"}"#
        #expect(try run.refusal(kelvin)?.contains("the setpoint is in C") == true)
        let celsius = #"{"request":"set","loop":"heater","setpoint":40,"unit":"°C"}"#
        #expect(try run.ask(celsius).ok)
        let other = #"{"request":"set","loop":"cooler","setpoint":40}"#
        #expect(try run.refusal(other)?.contains("allowed: heater") == true)
        #expect(run.ticks.dropLast().allSatisfy { $0.target.doubleValue == 50 })
    }

    @Test(
        "each mode asks for its law",
        arguments: [
            ("auto", SupervisorState.learned), ("pid", .fallback), ("learned", .learned),
            ("shadow", .fallback),
        ])
    func modes(name: String, state: SupervisorState) throws {
        let run = try operated()
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"pid"}"#).ok)
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"\#(name)"}"#).ok)
        let record = run.tick(5)
        #expect(record.requestedState == state.rawValue && record.state == state.rawValue)
        #expect(record.source == CommandSource.law.rawValue)
        #expect(try run.replay() == nil)
    }

    @Test("in shadow the learned law computes on while the PID acts")
    func shadow() throws {
        let run = try operated()
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"shadow"}"#).ok)
        let record = run.tick(10)
        #expect(record.state == SupervisorState.fallback.rawValue)
        #expect(record.learnedCommand.bits != 0)
        let status = try #require(try run.ask(ControlRequest(.status)).status?.loops.first)
        #expect(status.mode == "shadow" && status.learnedOutput != nil)
    }

    @Test("manual drives the stated command at its slew rate, safe goes to the safe level at once")
    func manual() throws {
        let run = try operated()
        let missing = try run.refusal(#"{"request":"mode","loop":"heater","mode":"manual"}"#)
        #expect(missing?.contains("the output is missing") == true)
        let beyond = #"{"request":"mode","loop":"heater","mode":"manual","output":151}"#
        #expect(try run.refusal(beyond)?.contains("allowed: -50.0 to 150.0 %") == true)
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"manual","output":30}"#).ok)
        let record = run.tick(20)
        #expect(abs(record.output.doubleValue - 30) < 0.001)
        #expect(record.source == CommandSource.manual.rawValue && record.isManual == 1)
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"safe"}"#).ok)
        #expect(run.ticks.last?.output.doubleValue == 10)
        #expect(run.ticks.last?.cause == SupervisorCause.requested.rawValue)
        #expect(try run.replay() == nil)
    }

    @Test("a loop without a learned law has no mode of it")
    func noLearned() throws {
        let run = try operated([
            ("law = \"learned\"", "law = \"pid\""), ("[loop.learned]\nmodel = \"from-pid\"\n", ""),
        ])
        for mode in ["learned", "shadow"] {
            let text = #"{"request":"mode","loop":"heater","mode":"\#(mode)"}"#
            #expect(try run.refusal(text)?.contains("no learned law") == true)
        }
        #expect(try run.refusal(#"{"request":"mode","loop":"heater","mode":"fast"}"#) != nil)
    }

    @Test("whatever is on a line, it is answered and the loop runs on")
    func garbage() throws {
        let run = try operated()
        for text in [
            "", "{", "null", "[1,2]", #"{"request":"set"}"#, #"{"request":7}"#, "\u{0}\u{1B}[2J",
            #"{"request":"set","loop":"heater","setpoint":1e999}"#,
            #"{"request":"progress","loop":"heater","number":1}"#,
            #"{"request":"abort","loop":"heater"}"#,
            #"{"request":"experiment","loop":"heater"}"#,
        ] {
            #expect(try run.refusal(text) != nil, "\(text)")
        }
        #expect(run.ticks.count == 20)
    }

    @Test("the status says what the loop does, in the words of the record")
    func status() throws {
        let run = try operated()
        let status = try #require(try run.ask(ControlRequest(.status)).status)
        #expect(status.name == "plain" && status.periodSeconds == 0.5 && status.processID == 7)
        #expect(status.allowsInject && status.loops.count == 1)
        let loop = status.loops[0]
        let last = try #require(run.ticks.last)
        #expect(loop.name == "heater" && loop.mode == "auto" && loop.state == "learned")
        #expect(loop.cause == "nominal" && loop.source == "law" && loop.tick == last.tick)
        #expect(loop.output == last.output.doubleValue && loop.unit == "C")
        #expect(loop.outputUnit == "%" && loop.setpoint == 50 && loop.target == 50)
    }

    @Test("an order without room for it is refused, not lost in silence")
    func noRoom() throws {
        let settings = try Plain.settings()
        var desk = OperatorDesk(
            settings, models: [nil], realPeriodSeconds: 0.5, processID: 1)
        let line = SocketLine(
            client: 3, peer: SocketPeer(user: 0, process: 1),
            bytes: Array(#"{"request":"set","loop":"heater","setpoint":40}"#.utf8))
        let reply = desk.take(line, now: 0) { _ in false }
        #expect(reply?.answer.error?.contains("no room") == true)
    }

    @Test("a control thread that does not take a request is reported after its time")
    func noTick() throws {
        let settings = try Plain.settings()
        var desk = OperatorDesk(
            settings, models: [nil], realPeriodSeconds: 0.5, processID: 1)
        let line = SocketLine(
            client: 3, peer: SocketPeer(user: 0, process: 1),
            bytes: Array(#"{"request":"set","loop":"heater","setpoint":40}"#.utf8))
        #expect(desk.take(line, now: 0) { _ in true } == nil)
        // Two periods and two seconds.
        #expect(desk.replies(now: 2_999_999_999).isEmpty)
        let replies = desk.replies(now: 3_000_000_000)
        #expect(replies.map(\.client) == [3] && replies[0].answer.ok == false)
    }
}
