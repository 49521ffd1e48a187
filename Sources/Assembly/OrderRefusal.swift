/// Why a request was refused, in one sentence for the one who asked.
struct OrderRefusal: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
