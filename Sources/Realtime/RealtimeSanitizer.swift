import CRealtime

/// The switches of RealtimeSanitizer; none of them does anything in a program without it.
public enum RealtimeSanitizer {
    /// Whether the program was linked with `-fsanitize=realtime`.
    public static var isPresent: Bool { flyball_rt_sanitizer_present() }
}

/// Runs the body as real-time code: under RealtimeSanitizer, an allocation or a blocking call in it
/// ends the program with the place where it happened. Nothing is thrown in real-time code.
@inlinable
public func realtimeScope<Result>(_ body: () -> Result) -> Result {
    RealtimeSanitizer.enter()
    defer { RealtimeSanitizer.exit() }
    return body()
}

/// Runs the body as a sanctioned exception inside a `realtimeScope`; say why where you use it.
@inlinable
public func realtimeException<Result>(_ body: () -> Result) -> Result {
    RealtimeSanitizer.disable()
    defer { RealtimeSanitizer.enable() }
    return body()
}

extension RealtimeSanitizer {
    @usableFromInline static func enter() { flyball_rt_sanitizer_enter() }
    @usableFromInline static func exit() { flyball_rt_sanitizer_exit() }
    @usableFromInline static func disable() { flyball_rt_sanitizer_disable() }
    @usableFromInline static func enable() { flyball_rt_sanitizer_enable() }
}
