/// One line of the table: what was measured, and its figures.
struct Finding: Encodable {
    let section: String
    let name: String
    let figures: [Figure]

    init(_ section: Section, _ name: String, _ figures: [Figure]) {
        self.section = section.rawValue
        self.name = name
        self.figures = figures
    }

    /// The parts of the table, in the order in which they are printed.
    enum Section: String {
        case golden = "equal to the independent implementation"
        case error = "error of h against double precision, 10,000 steps"
        case retention = "retention, relative to the exact power of f"
        case activations = "sigmoid and tanh against double precision"
        case settling = "average with 1-f = 1/4096, from -1 and from 1"
        case steps = "a step, against plain C in float32 on the same weights"
    }
}
