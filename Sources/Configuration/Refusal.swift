/// Why a value is not what its option allows.
struct Refusal: Error {
    let found: String
    let allowed: String
    var suggestion: String?
}
