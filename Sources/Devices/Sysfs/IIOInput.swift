/// A sensor behind a channel that an industrial I/O device captures.
package struct IIOInput {
    let sensor: InputChannel
    /// `voltage0`, `temp`.
    let channel: String

    package init(_ sensor: InputChannel, _ channel: String) {
        self.sensor = sensor
        self.channel = channel
    }
}
