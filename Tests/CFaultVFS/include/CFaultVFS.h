#ifndef TOTE_FAULT_VFS_H
#define TOTE_FAULT_VFS_H

#include <stddef.h>
#include <stdint.h>

// A disk whose power can fail (cart-sync.md SYNC-77). SQLite runs on a shim over its default VFS;
// what the program itself does to names goes through `rename`, `link`, `unlink` and `fsync` of
// this library. Below one folder nothing is really synced, and below another every change is
// noted in order, so that any state a power cut could leave there can be made afterwards.

enum tote_fault_kind {
    // A handle was given out for the file of this name; `offset` 1: it is new.
    TOTE_FAULT_OPEN = 1,
    TOTE_FAULT_WRITE = 2,
    TOTE_FAULT_TRUNCATE = 3,
    // Of a handle, or, where that is 0, of the file of this name.
    TOTE_FAULT_SYNC = 4,
    TOTE_FAULT_REMOVE = 5,
    // The name, a zero byte, the other name.
    TOTE_FAULT_RENAME = 6,
    TOTE_FAULT_LINK = 7,
    TOTE_FAULT_SYNC_FOLDER = 8,
    TOTE_FAULT_MARK = 9,
};

// Stands before `length` bytes; the next event begins at the next multiple of eight.
struct tote_fault_event {
    uint32_t kind;
    uint32_t handle;
    int64_t offset;
    int64_t length;
};

// Becomes SQLite's default VFS. Returns an SQLite result.
int tote_fault_register(void);

// Forgets what was noted. From now on changes below `noted` are noted, and below `unsynced`, which
// holds it, nothing waits for the disk. NULL for both ends that.
void tote_fault_begin(const char *unsynced, const char *noted);

// Notes a moment of the program.
void tote_fault_mark(int64_t number);

// A copy of the events since `begin`, to be freed by the caller; other threads may go on.
uint8_t *tote_fault_copy_events(size_t *length);

#endif
