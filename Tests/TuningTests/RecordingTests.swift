import FixedPoint
import Testing
import Tuning

@Suite("Recordings as CSV")
struct RecordingTests {
    @Test("columns are found by their names, in any order, with units and spaces")
    func readsNamedColumns() throws {
        let text = """
            # a step test
            Measurement (C), note, TIME, Command [%]\r
            20.5, a, 0, 10\r

            , b, 1.5, 40\r
            21, c, 2.25,\r
            """
        let recording = try Recording(csv: text)
        #expect(recording.times == [0, 1.5, 2.25])
        #expect(recording.commands == [10, 40, 40])
        #expect(recording.measurements[0] == 20.5)
        #expect(recording.measurements[1].isNaN)
        #expect(recording.measurements[2] == 21)
    }

    @Test("without names the order counts", arguments: [",", ";", "\t", " "])
    func readsByOrder(separator: String) throws {
        let text = [["0", "1", "2"], ["1", "1", "nan"], ["2", "3", "4e0"]]
            .map { $0.joined(separator: separator) }.joined(separator: "\n")
        let recording = try Recording(csv: text)
        #expect(recording.times == [0, 1, 2])
        #expect(recording.measurements[2] == 4)
    }

    @Test(
        "names with a unit, or input and output, are known as well",
        arguments: [
            "time_s,u_pct,temp_degc\n1,2,3", "output,timestamp,input\n3,1,2",
            "T;PV;output\n1;3;2", "T1_C\tnote\ttime\tHeater_pct\n3\tx\t1\t2",
        ])
    func readsOtherNames(text: String) throws {
        let recording = try Recording(csv: text)
        #expect(recording.times == [1])
        #expect(recording.commands == [2])
        #expect(recording.measurements == [3])
    }

    @Test("a time has no unit but seconds", arguments: ["t_m", "time_ms", "t_c"])
    func refusesOtherTimes(name: String) {
        #expect(throws: TuningFault.self) { try Recording(csv: name + ",u,y\n1,2,3") }
    }

    @Test("a comma is a decimal point where it separates nothing")
    func readsDecimalCommas() throws {
        let recording = try Recording(csv: "0,5;10;20,25\n1,5;40;-0,5\n")
        #expect(recording.times == [0.5, 1.5])
        #expect(recording.commands == [10, 40])
        #expect(recording.measurements == [20.25, -0.5])
    }

    @Test(
        "what cannot be read is refused with its line",
        arguments: [
            ("0,1,2\n1,1,x\n", 2, "\"x\" is no number"),
            ("0,1,2\n\n# note\n0,1,2\n", 4, "does not come after"),
            ("time,u,other\n0,1,2", 1, "no column for the measurement"),
            ("0,1,2\n,1,2", 2, "the time is missing"),
            ("0,,2", 1, "the first command is missing"),
            ("0,1,2\n1,inf,2", 2, "not finite"),
            ("", 1, "no row of numbers"),
            ("time,command,measurement\n", 2, "no row of numbers"),
        ])
    func refuses(text: String, line: Int, reason: String) {
        do {
            _ = try Recording(csv: text)
            Issue.record("was read: \(text)")
        } catch TuningFault.unreadable(let found, let said) {
            #expect(found == line)
            #expect(said.contains(reason), "\(said)")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("no text of random bytes traps the reader")
    func survivesNoise() {
        var random = SplitMix64(seed: 3)
        let letters = Array("0123456789.,;-+e\t \n\r#\"nax\u{e9}\u{1F600}")
        for _ in 0..<500 {
            let text = String((0..<80).map { _ in letters.randomElement(using: &random) ?? "0" })
            _ = try? Recording(csv: text)
        }
    }
}
