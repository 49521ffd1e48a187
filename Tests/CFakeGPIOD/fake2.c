#include "fake.h"

#ifndef GPIOD_LINE_BULK_MAX_LINES

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gpiod_chip { int unused; };
struct gpiod_chip_info { int unused; };
struct gpiod_line_info { unsigned int offset; };
struct gpiod_line_settings {
    enum gpiod_line_direction direction;
    enum gpiod_line_edge edge;
    enum gpiod_line_bias bias;
    enum gpiod_line_drive drive;
    bool is_active_low;
    enum gpiod_line_value value;
};
struct gpiod_line_config {
    unsigned int offsets[FAKE_LINES];
    struct gpiod_line_settings settings[FAKE_LINES];
    uint32_t count;
};
struct gpiod_request_config { char consumer[32]; size_t buffer; };
struct gpiod_line_request { unsigned int offsets[FAKE_LINES]; uint32_t count; };
struct gpiod_edge_event { fake_edge edge; unsigned long sequence; unsigned int offset; };
struct gpiod_edge_event_buffer { struct gpiod_edge_event events[FAKE_EDGES]; };

static void *make(const char *call, size_t size) {
    if (fake_fails(call)) return NULL;
    fake.live++;
    return calloc(1, size);
}

static void unmake(void *made) {
    fake.live--;
    free(made);
}

struct gpiod_chip *gpiod_chip_open(const char *path) {
    struct gpiod_chip *chip = make("open", sizeof *chip);
    if (chip) fake_say("open %s\n", path);
    return chip;
}
void gpiod_chip_close(struct gpiod_chip *chip) { unmake(chip); }

struct gpiod_chip_info *gpiod_chip_get_info(struct gpiod_chip *chip) {
    (void)chip;
    return make("info", sizeof(struct gpiod_chip_info));
}
const char *gpiod_chip_info_get_name(struct gpiod_chip_info *info) { (void)info; return "gpiochip0"; }
const char *gpiod_chip_info_get_label(struct gpiod_chip_info *info) { (void)info; return "fake"; }
size_t gpiod_chip_info_get_num_lines(struct gpiod_chip_info *info) { (void)info; return FAKE_LINES; }
void gpiod_chip_info_free(struct gpiod_chip_info *info) { unmake(info); }

struct gpiod_line_info *gpiod_chip_get_line_info(struct gpiod_chip *chip, unsigned int offset) {
    (void)chip;
    errno = EINVAL;
    struct gpiod_line_info *info =
        offset < FAKE_LINES ? make("line", sizeof(struct gpiod_line_info)) : NULL;
    if (info) info->offset = offset;
    return info;
}
const char *gpiod_line_info_get_name(struct gpiod_line_info *info) { return fake_name(info->offset); }
const char *gpiod_line_info_get_consumer(struct gpiod_line_info *info) {
    return info->offset == 3 ? "someone" : NULL;
}
bool gpiod_line_info_is_used(struct gpiod_line_info *info) { return info->offset == 3; }
enum gpiod_line_direction gpiod_line_info_get_direction(struct gpiod_line_info *info) {
    return info->offset == 3 ? GPIOD_LINE_DIRECTION_OUTPUT : GPIOD_LINE_DIRECTION_INPUT;
}
void gpiod_line_info_free(struct gpiod_line_info *info) { unmake(info); }

struct gpiod_line_settings *gpiod_line_settings_new(void) {
    return make("memory", sizeof(struct gpiod_line_settings));
}
void gpiod_line_settings_free(struct gpiod_line_settings *settings) { unmake(settings); }
int gpiod_line_settings_set_direction(struct gpiod_line_settings *settings,
                                      enum gpiod_line_direction direction) {
    settings->direction = direction;
    return fake_fails("settings") ? -1 : 0;
}
int gpiod_line_settings_set_edge_detection(struct gpiod_line_settings *settings,
                                           enum gpiod_line_edge edge) {
    settings->edge = edge;
    return 0;
}
int gpiod_line_settings_set_bias(struct gpiod_line_settings *settings, enum gpiod_line_bias bias) {
    settings->bias = bias;
    return 0;
}
int gpiod_line_settings_set_drive(struct gpiod_line_settings *settings,
                                  enum gpiod_line_drive drive) {
    settings->drive = drive;
    return 0;
}
void gpiod_line_settings_set_active_low(struct gpiod_line_settings *settings, bool is_low) {
    settings->is_active_low = is_low;
}
int gpiod_line_settings_set_output_value(struct gpiod_line_settings *settings,
                                         enum gpiod_line_value value) {
    settings->value = value;
    return 0;
}

struct gpiod_line_config *gpiod_line_config_new(void) {
    return make("memory", sizeof(struct gpiod_line_config));
}
void gpiod_line_config_free(struct gpiod_line_config *config) { unmake(config); }
int gpiod_line_config_add_line_settings(struct gpiod_line_config *config,
                                        const unsigned int *offsets, size_t count,
                                        struct gpiod_line_settings *settings) {
    for (size_t i = 0; i < count && config->count < FAKE_LINES; i++) {
        config->offsets[config->count] = offsets[i];
        config->settings[config->count++] = *settings;
    }
    return 0;
}

struct gpiod_request_config *gpiod_request_config_new(void) {
    return make("memory", sizeof(struct gpiod_request_config));
}
void gpiod_request_config_free(struct gpiod_request_config *config) { unmake(config); }
void gpiod_request_config_set_consumer(struct gpiod_request_config *config, const char *consumer) {
    snprintf(config->consumer, sizeof config->consumer, "%s", consumer);
}
void gpiod_request_config_set_event_buffer_size(struct gpiod_request_config *config, size_t size) {
    config->buffer = size;
}

static const char *direction(const struct gpiod_line_settings *settings) {
    if (settings->direction == GPIOD_LINE_DIRECTION_OUTPUT) return " output";
    switch (settings->edge) {
    case GPIOD_LINE_EDGE_RISING: return " rising";
    case GPIOD_LINE_EDGE_FALLING: return " falling";
    case GPIOD_LINE_EDGE_BOTH: return " rising falling";
    default: return " input";
    }
}

struct gpiod_line_request *gpiod_chip_request_lines(struct gpiod_chip *chip,
                                                    struct gpiod_request_config *config,
                                                    struct gpiod_line_config *lines) {
    (void)chip;
    // As the kernel: a line that the chip has not.
    errno = EINVAL;
    for (uint32_t i = 0; i < lines->count; i++)
        if (lines->offsets[i] >= FAKE_LINES) return NULL;
    struct gpiod_line_request *request = make("request", sizeof *request);
    if (!request) return NULL;
    const struct gpiod_line_settings *first = &lines->settings[0];
    char words[128];
    snprintf(words, sizeof words, "%s%s%s%s%s%s%s by %s", direction(first),
             first->is_active_low ? " active-low" : "",
             first->bias == GPIOD_LINE_BIAS_DISABLED ? " no-bias" : "",
             first->bias == GPIOD_LINE_BIAS_PULL_UP ? " pull-up" : "",
             first->bias == GPIOD_LINE_BIAS_PULL_DOWN ? " pull-down" : "",
             first->drive == GPIOD_LINE_DRIVE_OPEN_DRAIN ? " open-drain" : "",
             first->drive == GPIOD_LINE_DRIVE_OPEN_SOURCE ? " open-source" : "",
             config->consumer);
    uint64_t bits = 0;
    for (uint32_t i = 0; i < lines->count; i++)
        bits |= (uint64_t)(lines->settings[i].value == GPIOD_LINE_VALUE_ACTIVE) << i;
    memcpy(request->offsets, lines->offsets, sizeof request->offsets);
    request->count = lines->count;
    fake_say_request(lines->offsets, lines->count, words, bits);
    return request;
}

int gpiod_line_request_get_values(struct gpiod_line_request *request,
                                  enum gpiod_line_value *values) {
    if (fake_fails("get")) return -1;
    for (uint32_t i = 0; i < request->count; i++)
        values[i] = fake.inputs >> i & 1 ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
    fake_say("get\n");
    return 0;
}

int gpiod_line_request_set_values(struct gpiod_line_request *request,
                                  const enum gpiod_line_value *values) {
    if (fake_fails("set")) return -1;
    uint64_t bits = 0;
    for (uint32_t i = 0; i < request->count; i++)
        bits |= (uint64_t)(values[i] == GPIOD_LINE_VALUE_ACTIVE) << i;
    fake_say("set %llu\n", (unsigned long long)bits);
    return 0;
}

void gpiod_line_request_release(struct gpiod_line_request *request) {
    unmake(request);
    fake_say("release\n");
}

int gpiod_line_request_wait_edge_events(struct gpiod_line_request *request, int64_t timeout_ns) {
    (void)request;
    if (fake_fails("wait")) return -1;
    if (timeout_ns != 0) fake_say("waits\n");
    return fake.edge_count > 0;
}

struct gpiod_edge_event_buffer *gpiod_edge_event_buffer_new(size_t capacity) {
    (void)capacity;
    return make("memory", sizeof(struct gpiod_edge_event_buffer));
}
void gpiod_edge_event_buffer_free(struct gpiod_edge_event_buffer *buffer) { unmake(buffer); }

// As the kernel: an edge that is lost has its number all the same.
int gpiod_line_request_read_edge_events(struct gpiod_line_request *request,
                                        struct gpiod_edge_event_buffer *buffer, size_t capacity) {
    if (fake_fails("edges")) return -1;
    size_t read = 0;
    for (uint32_t i = 0; i < fake.edge_count && read < capacity; i++) {
        fake.sequence++;
        if (fake.edges[i].is_lost) continue;
        buffer->events[read++] = (struct gpiod_edge_event){
            fake.edges[i], fake.sequence, request->offsets[fake.edges[i].line]};
    }
    fake.edge_count = 0;
    return (int)read;
}

struct gpiod_edge_event *gpiod_edge_event_buffer_get_event(struct gpiod_edge_event_buffer *buffer,
                                                           unsigned long index) {
    return &buffer->events[index];
}
unsigned long gpiod_edge_event_get_global_seqno(struct gpiod_edge_event *event) {
    return event->sequence;
}
uint64_t gpiod_edge_event_get_timestamp_ns(struct gpiod_edge_event *event) {
    return event->edge.time_ns;
}
unsigned int gpiod_edge_event_get_line_offset(struct gpiod_edge_event *event) {
    return event->offset;
}
enum gpiod_edge_event_type gpiod_edge_event_get_event_type(struct gpiod_edge_event *event) {
    return event->edge.is_rising ? GPIOD_EDGE_EVENT_RISING_EDGE : GPIOD_EDGE_EVENT_FALLING_EDGE;
}

#endif
