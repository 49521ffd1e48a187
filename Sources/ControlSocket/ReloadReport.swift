/// What a reload has changed.
package struct ReloadReport: Codable, Equatable, Sendable {
    /// Counted up by each reload since the start of the daemon, which is 0.
    package var revision: UInt32
    /// Keys that differ, and tables whose keys may all change.
    package var changedKeys: [String]
    /// Loops that have another learned law.
    package var replacedLaws: Int

    package enum CodingKeys: String, CodingKey {
        case revision
        case changedKeys = "changed_keys"
        case replacedLaws = "replaced_laws"
    }

    package init(revision: UInt32, changedKeys: [String], replacedLaws: Int) {
        self.revision = revision
        self.changedKeys = changedKeys
        self.replacedLaws = replacedLaws
    }
}
