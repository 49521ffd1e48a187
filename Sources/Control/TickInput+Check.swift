extension TickInput {
    /// Fills in what the second sensor of a loop says; called on the tick.
    @inlinable
    public mutating func readCheck<S: Sensor & ~Copyable>(of sensor: inout S) {
        do throws(SensorFault) {
            check = try sensor.read()
            checkFault = nil
        } catch {
            checkFault = error
        }
    }

    /// Fills in what the sensor of a feed-forward says; called on the tick.
    @inlinable
    public mutating func readFeed<S: Sensor & ~Copyable>(of sensor: inout S) {
        do throws(SensorFault) {
            feed = try sensor.read()
            feedFault = nil
        } catch {
            feedFault = error
        }
    }
}
