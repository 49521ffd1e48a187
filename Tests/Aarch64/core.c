// Runs the core's controller with one network after the other, and prints every number that it decides.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

bool flyball_core_run(void *block, intptr_t bytes, uint64_t seed, intptr_t ticks, void (*emit)(int64_t));

enum { NETWORKS = 20, TICKS = 2000 };
static _Alignas(4096) unsigned char block[1 << 16];

static void print(int64_t number) { printf("%lld\n", (long long)number); }

int main(void) {
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        memset(block, 0, sizeof block);
        printf("network %llu\n", (unsigned long long)seed);
        if (!flyball_core_run(block, sizeof block, seed, TICKS, print)) return 1;
    }
    return 0;
}
