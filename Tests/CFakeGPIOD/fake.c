#include "fake.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct fake fake;

void fake_gpiod_reset(void) { memset(&fake, 0, sizeof fake); }

const char *fake_gpiod_trace(void) { return fake.trace; }

void fake_gpiod_fail(const char *call, int error) {
    snprintf(fake.failing, sizeof fake.failing, "%s", call);
    fake.error = error;
}

void fake_gpiod_inputs(uint64_t values) { fake.inputs = values; }

void fake_gpiod_edge(uint32_t line, uint64_t time_ns, bool is_rising, bool is_lost) {
    if (fake.edge_count == FAKE_EDGES) return;
    fake.edges[fake.edge_count++] = (fake_edge){line, time_ns, is_rising, is_lost};
}

int fake_gpiod_leaks(void) { return fake.live; }

void fake_say(const char *format, ...) {
    size_t used = strlen(fake.trace);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fake.trace + used, sizeof fake.trace - used, format, arguments);
    va_end(arguments);
}

bool fake_fails(const char *call) {
    if (strcmp(fake.failing, call) != 0) return false;
    fake.failing[0] = 0;
    errno = fake.error;
    return true;
}

const char *fake_name(uint32_t offset) {
    static char name[16];
    if (offset % 2 == 0) return NULL;
    snprintf(name, sizeof name, "PIN%u", offset);
    return name;
}

void fake_say_request(const unsigned int *offsets, uint32_t count, const char *words,
                      uint64_t values) {
    fake_say("request");
    for (uint32_t i = 0; i < count; i++) fake_say("%s%u", i == 0 ? " " : ",", offsets[i]);
    fake_say("%s = %llu\n", words, (unsigned long long)values);
}
