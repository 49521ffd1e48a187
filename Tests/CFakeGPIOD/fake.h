#ifndef FLYBALL_FAKE_H
#define FLYBALL_FAKE_H

#include "CFakeGPIOD.h"

#include <gpiod.h>

// What the fakes of both APIs share.

#define FAKE_LINES 8
#define FAKE_EDGES 64

typedef struct fake_edge {
    uint32_t line;
    uint64_t time_ns;
    bool is_rising;
    bool is_lost;
} fake_edge;

extern struct fake {
    char trace[8192];
    char failing[16];
    int error;
    uint64_t inputs;
    fake_edge edges[FAKE_EDGES];
    uint32_t edge_count;
    int live;
    unsigned long sequence;
} fake;

void fake_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/// Whether this call is to fail, with errno set; once.
bool fake_fails(const char *call);
/// The name of a line: odd ones have one.
const char *fake_name(uint32_t offset);
/// One text for both APIs: "request 1,3 output active-low = 2".
void fake_say_request(const unsigned int *offsets, uint32_t count, const char *words,
                      uint64_t values);

#endif
