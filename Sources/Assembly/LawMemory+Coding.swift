package import Control
import FixedPoint
import GatedMemory

extension LawMemory {
    /// As files hold it: integers only, so that not a bit is lost.
    package struct Coded: Codable, Equatable, Sendable {
        struct PID: Codable, Equatable, Sendable {
            var integrator: Int64
            var derivative: Int64
            var filtered: Int64?
            var previous: Int64?
            var unclipped: Int64
        }

        struct Learned: Codable, Equatable, Sendable {
            /// Of `LSTMShape.unitLimit` units each.
            var cells: [Int32]
            var residues: [Int32]
            var hidden: [Int16]
            var integrator: Int32
            var integratorResidue: Int32
            var previousMeasurement: Int32?
            var previousSetpoint: Int32
            var weightedSetpoint: Int32?
            var applied: Int32
            var appliedBefore: Int32
            var unclipped: Int64
        }

        var pid: PID
        var learned: Learned?
    }

    package var coded: Coded {
        Coded(
            pid: Coded.PID(
                integrator: pid.integrator, derivative: pid.derivative, filtered: pid.filtered,
                previous: pid.previous, unclipped: pid.unclipped),
            learned: learned.map { Self.coded($0) })
    }

    private static func coded(_ memory: LearnedLawMemory) -> Coded.Learned {
        let (cells, hidden) = (memory.network.cells, memory.network.hidden)
        let units = 0..<LSTMShape.unitLimit
        return Coded.Learned(
            cells: units.map { cells[$0].value }, residues: units.map { cells[$0].residue },
            hidden: units.map { hidden[$0] }, integrator: memory.integrator.value,
            integratorResidue: memory.integrator.residue,
            previousMeasurement: memory.previousMeasurement?.bits,
            previousSetpoint: memory.previousSetpoint.bits,
            weightedSetpoint: memory.weightedSetpoint?.bits, applied: memory.applied.bits,
            appliedBefore: memory.appliedBefore.bits, unclipped: memory.unclipped)
    }

    /// `nil` when no law can have written it.
    package init?(_ coded: Coded) {
        let pid = PIDMemory(
            integrator: coded.pid.integrator, derivative: coded.pid.derivative,
            filtered: coded.pid.filtered, previous: coded.pid.previous,
            unclipped: coded.pid.unclipped)
        var learned: LearnedLawMemory?
        if let written = coded.learned {
            guard let memory = Self.learned(written) else { return nil }
            learned = memory
        }
        self.init(pid: pid, learned: learned)
        guard isSound else { return nil }
    }

    private static func learned(_ coded: Coded.Learned) -> LearnedLawMemory? {
        let units = LSTMShape.unitLimit
        guard coded.cells.count == units, coded.residues.count == units,
            coded.hidden.count == units
        else { return nil }
        var network = NetworkMemory()
        for unit in 0..<units {
            network.cells[unit] = MemoryCell(
                value: coded.cells[unit], residue: coded.residues[unit])
            network.hidden[unit] = coded.hidden[unit]
        }
        return LearnedLawMemory(
            network: network,
            integrator: MemoryCell(value: coded.integrator, residue: coded.integratorResidue),
            previousMeasurement: coded.previousMeasurement.map { Q3_28(bits: $0) },
            previousSetpoint: Q3_28(bits: coded.previousSetpoint),
            weightedSetpoint: coded.weightedSetpoint.map { Q3_28(bits: $0) },
            applied: Q3_28(bits: coded.applied), appliedBefore: Q3_28(bits: coded.appliedBefore),
            unclipped: coded.unclipped)
    }
}
