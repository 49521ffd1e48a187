import Testing
import Tuning

@Suite("Systems of equations and states at rest")
struct StateSpaceTests {
    private func matrix(_ rows: [[Double]]) -> Matrix {
        var result = Matrix(rows: rows.count, columns: rows[0].count)
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() { result[row, column] = value }
        }
        return result
    }

    @Test("a solution put back gives the right side")
    func solves() throws {
        // The first pivot is zero: without exchange of rows there is no solution.
        let system = matrix([[0, 2, 1], [1, -2, -3], [-1, 1, 2]])
        let solution = try #require(system.solved([-8, 0, 3]))
        #expect(solution == [-4, -5, 2])
        // Ill-conditioned to 5e5: single numbers are lost, the right side is not.
        var steep = Matrix(rows: 5, columns: 5)
        for row in 0..<5 {
            for column in 0..<5 { steep[row, column] = 1 / Double(1 + row + column) }
        }
        let right = [1.0, -2, 3, 0.5, 0]
        let found = steep.times(try #require(steep.solved(right)))
        for (value, expected) in zip(found, right) { #expect(abs(value - expected) < 1e-9) }
    }

    @Test("a singular matrix has no solution, also when rounding hides it")
    func refusesSingular() {
        #expect(matrix([[1, 2], [2, 4]]).solved([1, 2]) == nil)
        #expect(matrix([[0, 0], [0, 0]]).solved([0, 0]) == nil)
        #expect(matrix([[0.1, 0.3], [0.3, 0.1 * 9.000_000_000_000_001]]).solved([1, 1]) == nil)
    }

    @Test("at rest nothing changes and the output is the wanted one")
    func rests() throws {
        let space = StateSpace(
            a: matrix([[-2, 0, 0], [1, -1, 0.5], [0, 0.2, -0.4]]), b: [1, 0, 0.3],
            c: [0, 1, 0.5])
        let (state, input) = try #require(space.rest(output: 0.7))
        for (rate, b) in zip(space.a.times(state), space.b) {
            #expect(abs(rate + b * input) < 1e-12)
        }
        let output = zip(space.c, state).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(output - 0.7) < 1e-12)
    }

    @Test("an integrator rests anywhere without an input")
    func restsIntegrator() throws {
        let space = StateSpace(a: matrix([[-2, 0], [1, 0]]), b: [2, 0], c: [0, 0.5])
        let (state, input) = try #require(space.rest(output: 0.3))
        #expect(input == 0)
        #expect(state == [0, 0.6])
        #expect(space.a.times(state) == [0, 0])
    }

    @Test("where no input holds an output there is no rest")
    func refusesRest() {
        // A zero at the origin: the output of every rest is 0.
        let space = StateSpace(a: matrix([[-1, 0], [1, -1]]), b: [1, 0], c: [1, -1])
        #expect(space.rest(output: 1) == nil)
        // A double integrator whose position is not seen.
        let blind = StateSpace(a: matrix([[0, 1], [0, 0]]), b: [0, 1], c: [0, 1])
        #expect(blind.rest(output: 1) == nil)
    }

    @Test("an integrator rests anywhere, whichever state it is")
    func restsAnyIntegrator() throws {
        let first = StateSpace(a: matrix([[0, 1], [0, -1]]), b: [0, 1], c: [1, 0])
        let turned = StateSpace(
            a: matrix([[-0.5, 0.5], [0.5, -0.5]]), b: [1, 0], c: [0.25, 0.25])
        for space in [first, turned] {
            let (state, input) = try #require(space.rest(output: 0.4))
            #expect(input == 0)
            #expect(space.a.times(state).allSatisfy { abs($0) < 1e-12 })
            let output = zip(space.c, state).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(output - 0.4) < 1e-9)
        }
    }
}
