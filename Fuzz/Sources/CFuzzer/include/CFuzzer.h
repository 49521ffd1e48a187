#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library (llvm.org/docs/LibFuzzer.html): runs its loop with the arguments of a command
/// line and returns its exit code. Ends the process itself on a finding.
int flyball_fuzz(int count, char **arguments, int (*body)(const uint8_t *bytes, size_t count));
