package import Control
package import FixedPoint

/// The output of a loop that commands the setpoint of another one: that one hears of it by the links of
/// the cascade.
package struct SetpointPort: Actuator {
    package init() {}

    package mutating func drive(_ output: Q16_16) throws(ActuatorFault) {}
}
