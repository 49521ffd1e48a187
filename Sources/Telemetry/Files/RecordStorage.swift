/// Where record files are made.
package protocol RecordStorage: Sendable {
    /// Makes a new, empty file; an existing one of that name is a fault, never overwritten.
    func create(name: String) throws(IOFault) -> any ByteSink

    /// Removes a file whose head could not be written, if it can.
    func remove(name: String)

    /// Returns when the names of the files made so far survive a loss of power, on a best-effort
    /// basis: some file systems refuse to synchronise a directory, and a file is good without it.
    func synchronizeNames()
}
