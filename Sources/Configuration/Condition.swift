/// Another key whose value decides whether an option exists: the keys of a device depend on its
/// driver, those of an event on its kind.
package struct Condition: Equatable, Sendable {
    package let key: String
    package let values: [String]
}
