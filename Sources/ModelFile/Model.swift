package import Control
package import GatedMemory

/// A learned law as a value: all integers that its controller runs on, and what is said about it.
package struct Model: Equatable, Sendable {
    package var shape: LSTMShape
    package var format: CellFormat
    /// Gate by gate (input, forget, output, candidate), unit by unit; inputs, then hidden.
    package var rows: [QuantisedRow]
    package var outputRows: [QuantisedRow]
    package var features: [Feature]
    /// What multiplies each feature's gain once the process is known; empty for a model that is made
    /// for its process.
    package var scales: [FeatureScale] = []
    package var law: LearnedLawParameters
    package var description: ModelDescription

    package init(
        shape: LSTMShape, format: CellFormat, rows: [QuantisedRow], outputRows: [QuantisedRow],
        features: [Feature], law: LearnedLawParameters, description: ModelDescription
    ) {
        self.shape = shape
        self.format = format
        self.rows = rows
        self.outputRows = outputRows
        self.features = features
        self.law = law
        self.description = description
    }

    /// SHA-256 of the model's file, or of the file that it would be written to.
    package var hash: String { ModelWriter.hash(of: self) }
}

/// What a model file says beside its integers.
package struct ModelDescription: Equatable, Sendable {
    /// How the weights came to be: "constructed from PID gains", "trained ...".
    package var origin: String
    /// The plants that the law was made for, in words.
    package var family: String
    /// Sample time in seconds that the law was made for.
    package var periodSeconds: Double
    /// Scores and margins as JSON text; "{}" while there are none.
    package var certificate: String

    package init(
        origin: String, family: String, periodSeconds: Double, certificate: String = "{}"
    ) {
        self.origin = origin
        self.family = family
        self.periodSeconds = periodSeconds
        self.certificate = certificate
    }
}
