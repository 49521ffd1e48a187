/// The latest value from one thread to one other: a later value replaces an earlier one unread.
///
/// Wait-free for both ends and never torn, by a triple buffer: the writer and the reader own a slot
/// each, and exchange it for the third. Take the two ends out and give each to its thread:
/// `mailbox.writer`, `mailbox.reader`. Two directions are two mailboxes.
@frozen public struct Mailbox<Value: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    public var writer: MailboxWriter<Value>
    public var reader: MailboxReader<Value>

    /// A mailbox whose reader sees `initial`, not as a fresh value, until something is written.
    public init(initial: Value) {
        let storage = MailboxStorage(initial: initial)
        writer = MailboxWriter(storage: storage)
        reader = MailboxReader(storage: storage)
    }
}
