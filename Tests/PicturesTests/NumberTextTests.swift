import Pictures
import Testing

@Test(
    "a number with fixed decimals is rounded half away from zero",
    arguments: [
        (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (2.5, 0, "3"), (999.96, 1, "1000.0"),
        (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (0.05, 1, "0.1"), (1e16, 0, "10000000000000000"),
        (1e-7, 8, "0.00000010"), (12, 0, "12"), (.nan, 2, "nan"), (-.infinity, 2, "-inf"),
    ])
func fixedDecimals(value: Double, decimals: Int, expected: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == expected)
}

@Test(
    "a number with significant digits keeps every digit before the point",
    arguments: [
        (0, 4, "0"), (50, 4, "50.00"), (612.345, 4, "612.3"), (1234.5, 3, "1235"),
        (0.99995, 4, "1.000"), (0.0001234, 3, "0.000123"), (0.00001234, 3, "1.23e-5"),
        (12_345_678, 3, "1.23e7"), (-9.996, 3, "-10.0"),
    ])
func significantDigits(value: Double, digits: Int, expected: String) {
    #expect(NumberText.significant(value, digits: digits) == expected)
}

@Test(
    "a duration is printed in the unit that suits it",
    arguments: [
        (0, "0 s"), (3, "3 ns"), (999.6, "1.00 us"), (12_340, "12.3 us"), (999_700, "1.00 ms"),
        (45e6, "45.0 ms"), (1e9, "1.00 s"), (119e9, "119 s"), (121e9, "2.02 min"),
        (18e12, "5.00 h"),
    ])
func durations(nanoseconds: Double, expected: String) {
    #expect(NumberText.duration(nanoseconds: nanoseconds) == expected)
}

@Test("a duration in seconds is the same as in nanoseconds")
func durationInSeconds() {
    #expect(NumberText.duration(seconds: 0.0025) == "2.50 ms")
}
