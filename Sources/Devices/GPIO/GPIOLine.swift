/// A line of a GPIO controller, as it is now.
package struct GPIOLine: Equatable, Sendable {
    /// Empty when it has none.
    package var name: String
    /// Who uses it; empty when nobody says so.
    package var consumer: String
    package var isUsed: Bool
    package var isOutput: Bool

    package init(name: String, consumer: String = "", isUsed: Bool = false, isOutput: Bool = false)
    {
        self.name = name
        self.consumer = consumer
        self.isUsed = isUsed
        self.isOutput = isOutput
    }
}
