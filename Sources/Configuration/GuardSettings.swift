/// The rules of a loop that look at more than one reading; nil is off.
package struct GuardSettings: Equatable, Sendable {
    package var stuck: StuckSettings?
    package var unresponsive: ResponseSettings?
    package var uncommanded: ResponseSettings?
    package var redundant: RedundantSettings?
}
