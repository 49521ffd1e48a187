/// Where record files are made.
package protocol RecordStorage: Sendable {
    /// Makes a new, empty file; an existing one of that name is a fault, never overwritten.
    func create(name: String) throws(IOFault) -> any ByteSink

    /// Removes a file whose head could not be written, if it can.
    func remove(name: String)
}
