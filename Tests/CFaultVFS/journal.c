#include "journal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "CFaultVFS.h"

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static uint8_t *events;
static size_t used, room;
static uint32_t handles;
static char *unsynced_folder, *noted_folder;

static bool is_below(const char *path, const char *folder) {
    if (path == NULL || folder == NULL) return false;
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

bool tote_fault_is_noted(const char *path) { return is_below(path, noted_folder); }
bool tote_fault_is_unsynced(const char *path) { return is_below(path, unsynced_folder); }

void tote_fault_begin(const char *unsynced, const char *noted) {
    pthread_mutex_lock(&guard);
    used = 0;
    free(unsynced_folder);
    free(noted_folder);
    unsynced_folder = unsynced == NULL ? NULL : strdup(unsynced);
    noted_folder = noted == NULL ? NULL : strdup(noted);
    pthread_mutex_unlock(&guard);
}

uint32_t tote_fault_new_handle(void) {
    pthread_mutex_lock(&guard);
    uint32_t handle = ++handles;
    pthread_mutex_unlock(&guard);
    return handle;
}

static void append(const void *bytes, size_t length) {
    size_t padded = (length + 7) / 8 * 8;
    if (used + padded > room) {
        room = (used + padded) * 2;
        events = realloc(events, room);
        if (events == NULL) abort();
    }
    if (length > 0) memcpy(events + used, bytes, length);
    memset(events + used + length, 0, padded - length);
    used += padded;
}

void tote_fault_note(
    uint32_t kind, uint32_t handle, int64_t offset, const void *bytes, size_t length) {
    struct tote_fault_event event = {kind, handle, offset, (int64_t)length};
    pthread_mutex_lock(&guard);
    append(&event, sizeof event);
    append(bytes, length);
    pthread_mutex_unlock(&guard);
}

void tote_fault_note_name(uint32_t kind, uint32_t handle, int64_t offset, const char *name) {
    tote_fault_note(kind, handle, offset, name, strlen(name));
}

void tote_fault_mark(int64_t number) { tote_fault_note(TOTE_FAULT_MARK, 0, number, NULL, 0); }

uint8_t *tote_fault_copy_events(size_t *length) {
    pthread_mutex_lock(&guard);
    uint8_t *copy = malloc(used + 1);
    if (copy == NULL) abort();
    if (used > 0) memcpy(copy, events, used);
    *length = used;
    pthread_mutex_unlock(&guard);
    return copy;
}
