import Glibc

/// A complex number, for frequency responses.
package struct Complex: Equatable, Sendable {
    package var real: Double
    package var imaginary: Double

    package init(_ real: Double, _ imaginary: Double = 0) {
        self.real = real
        self.imaginary = imaginary
    }

    /// `magnitude * exp(j phase)`, the phase in radians.
    package init(magnitude: Double, phase: Double) {
        self.init(magnitude * cos(phase), magnitude * sin(phase))
    }

    package var magnitude: Double { hypot(real, imaginary) }

    /// In radians, -pi to pi.
    package var phase: Double { atan2(imaginary, real) }

    package static func + (left: Complex, right: Complex) -> Complex {
        Complex(left.real + right.real, left.imaginary + right.imaginary)
    }

    package static func - (left: Complex, right: Complex) -> Complex {
        Complex(left.real - right.real, left.imaginary - right.imaginary)
    }

    package static func * (left: Complex, right: Complex) -> Complex {
        Complex(
            left.real * right.real - left.imaginary * right.imaginary,
            left.real * right.imaginary + left.imaginary * right.real)
    }

    package static func * (left: Double, right: Complex) -> Complex {
        Complex(left * right.real, left * right.imaginary)
    }

    /// Divided by the larger part first, so that no square of it can overflow.
    package static func / (left: Complex, right: Complex) -> Complex {
        if abs(right.real) >= abs(right.imaginary) {
            let ratio = right.imaginary / right.real
            let scale = right.real + right.imaginary * ratio
            return Complex(
                (left.real + left.imaginary * ratio) / scale,
                (left.imaginary - left.real * ratio) / scale)
        }
        let ratio = right.real / right.imaginary
        let scale = right.real * ratio + right.imaginary
        return Complex(
            (left.real * ratio + left.imaginary) / scale,
            (left.imaginary * ratio - left.real) / scale)
    }
}
