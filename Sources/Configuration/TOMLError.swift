/// Why a text is not TOML, and where.
package struct TOMLError: Error, Equatable, Sendable {
    package var message: String
    package var position: Position
}
