#include "CFuzzer.h"

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*body)(const uint8_t *, size_t));

int flyball_fuzz(int count, char **arguments, int (*body)(const uint8_t *, size_t)) {
    return LLVMFuzzerRunDriver(&count, &arguments, body);
}
