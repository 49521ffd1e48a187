import Control
import ControlSocket
import ModelFile

/// What the daemon keeps of an experiment for the client that asked for it.
struct ExperimentLog {
    let number: UInt32
    let client: UInt64
    /// Tick whose status was the last when the lease was renewed: once a tick is enough, more would
    /// fill the ring.
    var renewedTick: UInt64?
    /// Its client has asked for the end.
    var isWithdrawn = false
    private var samples: [ExperimentProgress.Sample] = []
    private var startNanoseconds: UInt64?
    private var end: ExperimentEnd?
    /// The loop has had it, and has it no more.
    private var isOver = false
    private var hasBegun = false

    init(number: UInt32, client: UInt64) {
        self.number = number
        self.client = client
    }

    /// Takes a tick of its loop.
    mutating func take(_ record: TickRecord) {
        guard record.experiment.rawKind != 0, record.experiment.number == number else {
            if hasBegun { isOver = true }
            return
        }
        hasBegun = true
        end = ExperimentEnd(rawValue: record.experimentEnd)
        guard end == nil else { return }
        let start = startNanoseconds ?? record.timeNanoseconds
        startNanoseconds = start
        // The control thread ends it before: this only bounds what is kept.
        guard samples.count < OrderCheck.experimentTickLimit else { return }
        samples.append(
            ExperimentProgress.Sample(
                tick: record.tick,
                seconds: Double(record.timeNanoseconds &- start) * 1e-9,
                output: record.output.doubleValue, measurement: record.estimate.doubleValue))
    }

    /// Samples of later ticks, oldest first.
    func progress(after tick: UInt64?) -> ExperimentProgress {
        var first = 0
        if let tick {
            // Ticks rise: the first later one by halving.
            var (low, high) = (0, samples.count)
            while low < high {
                let middle = (low + high) / 2
                if samples[middle].tick > tick { high = middle } else { low = middle + 1 }
            }
            first = low
        }
        let part = samples[first...].prefix(ExperimentProgress.sampleLimit)
        let isActing = end == nil && !isOver && !isWithdrawn
        let why = end.map { "\($0)" } ?? (isActing ? nil : "aborted")
        return ExperimentProgress(
            isActing: isActing, end: why, samples: Array(part),
            hasMore: part.endIndex < samples.endIndex)
    }
}
