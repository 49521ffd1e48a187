// The lines that the agent looks at and drives.
#pragma once

enum { HEATER, FAN, TACH, ESTOP, PWM, WIRES };
extern const char *const wire_names[WIRES];

// The number of a wire; -1 for none.
int wire_named(const char *name);

// Takes lines of a board, NAME=CHIP:OFFSET each, in place of those of the guest: HEATER and FAN are
// looked at, TACH and ESTOP are driven. 0, or -1 with a word on the standard error.
int wires_open(int count, char **words);

// The level of each wire: 0, 1, for PWM the part of the time on in per mille; -1 when it is not there.
void wires_look(int levels[WIRES]);

// Gives an input this level; in the guest, what an output falls to, too.
void wires_pull(int wire, int level);
