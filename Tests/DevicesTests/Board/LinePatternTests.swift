import Testing

import Devices

@Suite("Texts with fields")
struct LinePatternTests {
    static let both = LinePattern([
        .text("T1="), .field("t1"), .text(" T2="), .field("t2"), .text(" C"),
    ])

    private static func numbers(_ text: String, _ pattern: LinePattern = both) -> [String: Double]?
    {
        pattern.numbers(in: Array(text.utf8))
    }

    @Test("give the numbers of an answer that fits")
    func fits() {
        #expect(Self.numbers("T1=20.5 T2=-3 C") == ["t1": 20.5, "t2": -3])
        #expect(Self.numbers("T1=  2e1 T2= +.5  C") == ["t1": 20, "t2": 0.5])
        let anything = LinePattern([.anything, .text(","), .field("a")])
        #expect(Self.numbers("x y,7", anything) == ["a": 7])
        #expect(Self.numbers(",7", anything) == ["a": 7])
        #expect(Self.numbers("OK", LinePattern([.text("OK")])) == [:])
        #expect(Self.numbers("12", LinePattern([.field("a")])) == ["a": 12])
    }

    @Test(
        "refuse every other",
        arguments: [
            "", "T1=20.5", "T1=20.5 T2=-3", "T1=20.5 T2=-3 C ", " T1=20.5 T2=-3 C", "T1= T2=1 C",
            "T1=nan T2=1 C", "T1=inf T2=1 C", "T1=0x10 T2=1 C", "T1=1e999 T2=1 C", "T1=1 2 T2=1 C",
            "T1=1,5 T2=1 C", "T1=- T2=1 C", "T1=1 T2=1 F", "t1=1 T2=1 C",
        ])
    func refused(text: String) {
        #expect(Self.numbers(text) == nil)
    }

    @Test("take a number in place of their field")
    func request() {
        let pattern = LinePattern([.text("Q1 "), .field("q1"), .text("!")])
        #expect(pattern.text("0.50") == Array("Q1 0.50!".utf8))
    }
}
