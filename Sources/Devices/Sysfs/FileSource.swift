/// A quantity that the kernel shows in files.
package protocol FileSource: Sendable {
    /// Finds the files; throws when they are not there.
    mutating func open(_ calls: some FileCalls) throws(BoardFault)

    /// Reads them; throws when they are gone.
    mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement
}

extension FileSource {
    /// A file's text; `nil` when the sensor behind it does not answer.
    func read(_ path: String, _ calls: some FileCalls) throws(BoardFault) -> String? {
        do throws(CallFault) {
            return try calls.read(path)
        } catch {
            guard !error.isAbsence else { throw BoardFault(path, error) }
            return nil
        }
    }

    func measurement(_ text: String?, thousandths: Bool = false) -> FileMeasurement {
        guard let text else { return .silent }
        guard let number = SysfsText.number(text) else { return .malformed }
        return .value(thousandths ? number / 1_000 : number)
    }
}
