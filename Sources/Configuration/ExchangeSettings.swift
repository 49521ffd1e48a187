/// A request and what answers it.
package struct ExchangeSettings: Equatable, Sendable {
    package var request: MessagePattern
    package var response: MessagePattern
}
