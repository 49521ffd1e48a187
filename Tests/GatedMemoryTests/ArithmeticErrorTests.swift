import CellReference
import Testing

/// Integers against double precision on the same weights, in units of 1.0; one step of Q15 is 3.05e-5.
///
/// The span of a hidden value is 2.0. Rounding once to Q15 alone costs 1.53e-5 at most and 8.8e-6 rms,
/// which is 4.4e-6 of the span: below that no Q15 result can be.
@Suite("The error of 10,000 steps")
struct ArithmeticErrorTests {
    static let span = 2.0
    /// One step of Q15.
    static let maximum = 3.05e-5
    static let rootMeanSquare = 6e-6
    /// What cells hold, before `h` is rounded: measured 1.9e-7 and 2.7e-8, and doubled.
    static let memoryMaximum = 4e-7
    static let memoryRootMeanSquare = 6e-8
    /// Of `h` fed back: measured 3.22e-5 and 9.2e-6.
    static let freeMaximum = 3.5e-5

    static func networks() throws -> [GoldenCase] {
        try Golden.cases().filter { $0.kind != "extreme" }
    }

    @Test(
        "of h stays below its limits, of what the cells hold far below", arguments: try networks())
    func errors(golden: GoldenCase) throws {
        let error = try ArithmeticError(of: golden, steps: stepsOfThisBuild(golden))
        // As a fraction of the span.
        #expect(error.free.maximum / Self.span <= Self.maximum)
        #expect(error.free.rootMeanSquare / Self.span <= Self.rootMeanSquare)
        // In units of 1.0.
        #expect(error.free.maximum <= Self.freeMaximum)
        #expect(error.forced.maximum <= Self.maximum)
        #expect(error.memory.maximum <= Self.memoryMaximum)
        #expect(error.memory.rootMeanSquare <= Self.memoryRootMeanSquare)
    }

    @Test("of h, when its own recurrence is left out, is that of one rounding to Q15")
    func oneRounding() throws {
        let half = 0x1p-16
        for golden in try Self.networks() where golden.name.hasSuffix("h8") {
            let error = try ArithmeticError(of: golden, steps: stepsOfThisBuild(golden))
            #expect(error.forced.maximum <= half + Self.memoryMaximum)
        }
    }
}
