import ArgumentParser
import Assembly
import Configuration
import ControlSocket
import FoundationEssentials
import Glibc
import ModelFile
import Scoring

/// What the tool says and how it ends: results on standard output, everything else on standard
/// error.
enum Console {
    static func error(_ text: String) {
        write(error: text + "\n")
    }

    /// Text as it is on standard error; what is deaf gets no more of it.
    static func write(error text: String) {
        var left = Array(text.utf8)[...]
        while !left.isEmpty {
            let count = unsafe left.withUnsafeBytes {
                unsafe Glibc.write(2, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            left.removeFirst(count)
        }
    }

    /// The system's words for why a file or a directory could not be written.
    static func reason(_ error: any Error) -> String {
        guard let cause = (error as? CocoaError)?.underlying as? POSIXError else {
            return "\(error)"
        }
        return unsafe String(cString: strerror(cause.code.rawValue))
    }

    /// Says why and throws the exit status.
    static func fail(_ status: ExitStatus, _ text: String) -> ExitCode {
        error(text)
        return status.code
    }

    /// Loads a configuration or ends with the status that its fault stands for.
    static func settings(_ path: String) throws -> Settings {
        do throws(ConfigurationError) {
            return try Configuration.load(path: path)
        } catch {
            throw fail(status(of: error), error.description)
        }
    }

    /// Reads a plant's file or ends with the status that its fault stands for.
    static func plant(_ path: String) throws -> PlantCase {
        do throws(ConfigurationError) {
            return try PlantCase(path: path)
        } catch {
            throw fail(status(of: error), error.description)
        }
    }

    static func status(of error: ConfigurationError) -> ExitStatus {
        switch error.reason {
        case .missing: .missing
        case .notPermitted: .notPermitted
        case .unreadable, .invalid: .configuration
        }
    }

    /// Ends with the status of a configuration that cannot be assembled.
    static func fail(_ error: AssemblyError) -> ExitCode {
        switch error {
        case .configuration(let error): return fail(status(of: error), error.description)
        case .model(_, let fault):
            if case .unreadable = fault { return fail(.missing, error.description) }
            return fail(.damaged, error.description)
        case .state(_, let isMissing, _):
            return fail(isMissing ? .missing : .damaged, error.description)
        }
    }

    /// Before long work: ends as a write would at its end, when nothing can be written there.
    static func checkWritable(_ path: String) throws {
        var status = stat()
        let isDirectory = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        // With a dot at its end, since of a file in a directory's place it would say "permission denied".
        let access = unsafe access(path.parentPath.path(of: "."), W_OK | X_OK)
        let code = isDirectory ? EISDIR : (access == 0 ? 0 : errno)
        guard code != 0 else { return }
        throw fail(
            code == EACCES || code == EROFS ? .notPermitted : .missing,
            "\(path): cannot be written: \(unsafe String(cString: strerror(code)))")
    }

    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            let isRefused = (error as? CocoaError)?.code == .fileWriteNoPermission
            throw fail(
                isRefused ? .notPermitted : .missing,
                "\(path): cannot be written: \(reason(error))")
        }
    }

    /// What a daemon has obeyed.
    static func print(_ answer: ControlAnswer, _ text: String, json: Bool) throws {
        guard !json else { return try print(json: answer) }
        Swift.print("\(text), in force at tick \(answer.tick ?? 0)")
    }

    /// One object with sorted keys: the same values give the same bytes.
    static func print<Value: Encodable>(json value: Value) throws {
        let encoder = JSONEncoder()
        // JSON has no such numbers; a run that grew beyond all bounds still has its report.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
