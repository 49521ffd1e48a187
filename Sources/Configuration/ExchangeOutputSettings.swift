/// How a level is sent in a request. The number sent is the level times `scale`, plus `offset`.
package struct ExchangeOutputSettings: Equatable, Sendable {
    package var exchange: ExchangeSettings
    package var decimals: Int
    package var scale: Double
    package var offset: Double
}
