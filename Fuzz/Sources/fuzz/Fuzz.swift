import CFuzzer
import FuzzTargets
import Glibc

/// `fuzz TARGET [LIBFUZZER-OPTION ...] [CORPUS ...]`: one target under libFuzzer; a file in the place
/// of the corpus is run once.
@main
enum Fuzz {
    static func main() {
        let names = FuzzTarget.allCases.map(\.rawValue)
        guard let target = CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init) else {
            print("usage: fuzz \(names.joined(separator: "|")) [libFuzzer option ...] [corpus ...]")
            exit(2)
        }
        // libFuzzer takes the first argument for the program's name.
        let arguments = unsafe CommandLine.unsafeArgv + 1
        let count = CommandLine.argc - 1
        switch target {
        case .configuration:
            unsafe exit(flyball_fuzz(count, arguments) { unsafe feed(.configuration, $0, $1) })
        case .model:
            unsafe exit(flyball_fuzz(count, arguments) { unsafe feed(.model, $0, $1) })
        case .record:
            unsafe exit(flyball_fuzz(count, arguments) { unsafe feed(.record, $0, $1) })
        }
    }
}

/// Hands a copy over, so that a read beyond the input is a read beyond an array.
private func feed(_ target: FuzzTarget, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    target.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
