#include "requests.h"

#include <errno.h>
#include <string.h>

static request requests[FLYBALL_GPIO_REQUESTS];

int32_t flyball_gpio_api(void) { return FLYBALL_GPIO_API; }

int32_t flyball_gpio_failure(void) { return errno > 0 ? -errno : -EIO; }

void flyball_gpio_copy(char *to, const char *from, uint32_t capacity) {
    if (capacity == 0) return;
    size_t length = from ? strnlen(from, capacity - 1) : 0;
    if (length > 0) memcpy(to, from, length);
    to[length] = 0;
}

request *flyball_gpio_take(int32_t *number) {
    for (int32_t i = 0; i < FLYBALL_GPIO_REQUESTS; i++) {
        int expected = FREE;
        if (!atomic_compare_exchange_strong(&requests[i].state, &expected, TAKEN)) continue;
        *number = i;
        return &requests[i];
    }
    return NULL;
}

request *flyball_gpio_find(int32_t number) {
    if (number < 0 || number >= FLYBALL_GPIO_REQUESTS) return NULL;
    return atomic_load(&requests[number].state) == OPEN ? &requests[number] : NULL;
}

int32_t flyball_gpio_request(const char *path, const uint32_t *offsets, uint32_t count,
                             uint32_t flags, uint64_t values, const char *consumer,
                             int32_t *number) {
    if (count == 0 || count > FLYBALL_GPIO_LINES) return -EINVAL;
    int32_t taken = -1;
    request *made = flyball_gpio_take(&taken);
    if (!made) return -ENOSPC;
    made->count = count;
    atomic_store(&made->is_armed, false);
    int32_t status = flyball_gpio_open(made, path, offsets, flags, values, consumer);
    atomic_store(&made->state, status == 0 ? OPEN : FREE);
    if (status == 0) *number = taken;
    return status;
}

int32_t flyball_gpio_set(int32_t number, uint64_t values) {
    request *found = flyball_gpio_find(number);
    return found ? flyball_gpio_write(found, values) : -EBADF;
}

void flyball_gpio_release(int32_t number) {
    request *found = flyball_gpio_find(number);
    if (!found) return;
    atomic_store(&found->is_armed, false);
    atomic_store(&found->state, TAKEN);
    flyball_gpio_close(found);
    atomic_store(&found->state, FREE);
}

void flyball_gpio_arm(int32_t number, uint64_t values) {
    request *found = flyball_gpio_find(number);
    if (!found) return;
    atomic_store(&found->last_words, values);
    atomic_store(&found->is_armed, true);
}

void flyball_gpio_say(void) {
    for (int i = 0; i < FLYBALL_GPIO_REQUESTS; i++) {
        if (atomic_load(&requests[i].is_armed))
            (void)flyball_gpio_write(&requests[i], atomic_load(&requests[i].last_words));
    }
}
