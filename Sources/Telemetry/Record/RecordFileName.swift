/// The name of a record file: `NAME-yyyymmddThhmmssZ-RUN4-0001.mcap`.
///
/// The date is the start of the run in UTC, so that the files of a run sort together and in order.
package struct RecordFileName: Equatable, Sendable, CustomStringConvertible {
    /// Everything before the sequence number.
    private var stem: String
    package var sequence: Int

    private static let suffix = ".mcap"

    package init(run: RunDescription, sequence: Int) {
        let seconds = run.startUnixNanoseconds / 1_000_000_000
        let run4 = run.runIdentifier.prefix(4)
        self.stem = "\(run.name)-\(Self.stamp(unixSeconds: seconds))-\(run4)"
        self.sequence = sequence
    }

    /// Takes a file name apart, without its directory; nil when it is not the name of a record.
    package init?(_ name: String) {
        guard name.hasSuffix(Self.suffix) else { return nil }
        let base = name.dropLast(Self.suffix.count)
        guard let dash = base.lastIndex(of: "-") else { return nil }
        let digits = base[base.index(after: dash)...]
        guard digits.utf8.count >= 4, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let sequence = Int(digits), sequence >= 1, sequence < 100_000_000
        else { return nil }
        self.stem = String(base[..<dash])
        self.sequence = sequence
    }

    /// The file that follows this one in its run.
    package var next: RecordFileName {
        var following = self
        following.sequence += 1
        return following
    }

    package var description: String {
        let digits = String(sequence)
        let padding = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
        return "\(stem)-\(padding)\(digits)\(Self.suffix)"
    }

    /// `yyyymmddThhmmssZ` of a Unix time, by the calendar rules themselves: days are counted in
    /// eras of 400 years that begin on a first of March, so that the leap day comes last.
    package static func stamp(unixSeconds: UInt64) -> String {
        let secondOfDay = Int(unixSeconds % 86_400)
        let days = Int(unixSeconds / 86_400) + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        let date = padded(year, 4) + padded(month, 2) + padded(day, 2)
        let hour = padded(secondOfDay / 3_600, 2)
        return date + "T" + hour + padded(secondOfDay / 60 % 60, 2) + padded(secondOfDay % 60, 2)
            + "Z"
    }

    private static func padded(_ value: Int, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
